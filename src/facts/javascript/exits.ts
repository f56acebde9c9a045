import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Exit } from '../code.ts';
import { enclosingFunction, functionName, isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const endings =
  /(?:shutdown|shutDown|stop|close|exit|die|fatal|abort|quit|terminate|teardown|cleanup|kill|usage|main|bootstrap|cli|(?:load|read|parse|validate|check)\w{0,60}(?:env|config))/i;

/** States where the file ends the whole process, and whether that is what this place is for. */
export function readExits(source: Source, placeOf: PlaceOf): readonly Exit[] {
  const { tree } = source;
  if (tree.text.startsWith('#!')) return [];
  const bare = tree.of('ImportDeclaration').length === 0 && tree.named('require').length === 0;
  return tree.named('process').flatMap((id) => {
    const member = id.parent;
    if (member.type !== 'MemberExpression' || member.object !== id || tree.bindingOf(id)) return [];
    const call = member.parent;
    const name = propertyName(member);
    if (call.type !== 'CallExpression' || call.callee !== member || (name !== 'exit' && name !== 'abort')) return [];
    const place = placeOf(call);
    const meant =
      /(?:^|\/)(?:config|env|environment|settings)\.[cm]?[jt]s$/.test(tree.path) ||
      isMeant(call) ||
      (place.scope === 'module' ? !bare : place.scope === 'startup');
    return [{ ...place, meant }];
  });
}

/** Inside a listener of the process, or a function whose name says that it ends the program. */
function isMeant(call: Node): boolean {
  let named = false;
  for (let at: Node | undefined = call; at; at = at.parent) {
    if (!isFunction(at)) continue;
    // A file's own first lines, wrapped to wait in them.
    if (!enclosingFunction(at) && at.parent.type === 'CallExpression' && at.parent.callee === at) return true;
    const { parent } = at as TSESTree.FunctionExpression;
    if (parent.type === 'CallExpression' && isEnding(parent)) return true;
    // A function of one expression is named after what it does, whatever that is.
    if (at.body.type === 'BlockStatement' && endings.test(functionName(at))) named = true;
  }
  return named;
}

/** `process.on('SIGTERM', …)`, `start().catch(…)`, `server.close(() => …)`, a last `setTimeout` of a shutdown. */
function isEnding(call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return callee.type === 'Identifier' && callee.name === 'setTimeout';
  const name = propertyName(callee) ?? '';
  if (/^(?:catch|then|finally|close|end|action|quit|stop|disconnect)$/.test(name)) return true;
  return (
    /^(?:on|once)$/.test(name) &&
    /process|rl|readline/.test(callee.object.type === 'Identifier' ? callee.object.name : '')
  );
}
