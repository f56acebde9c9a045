import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { functionsOf } from '../handlers/resolve.ts';
import { enclosingFunction, isFunction, propertyName, simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { canReject, isHandled } from './rejects.ts';

const starts = /^(?:main|bootstrap|start\w*|run\w*|init\w*|setup\w*|boot\w*|launch\w*|serve|cli|program)$/i;

/** `const done = work().catch(log); done.then(next)`: what was handled before cannot reject. */
export function wasHandled(source: Source, object: Node): boolean {
  const binding = object.type === 'Identifier' ? source.tree.bindingOf(object) : undefined;
  if (binding?.kind !== 'const' || binding.node.type !== 'VariableDeclarator') return false;
  const { init } = binding.node;
  return init?.type === 'CallExpression' && isHandled(init);
}

/** In a listener of `uncaughtException` or `unhandledRejection`: the process is ending, with whatever can still be said. */
export function isLastWord(node: Node): boolean {
  const listener = enclosingFunction(node)?.parent;
  const [event] = listener?.type === 'CallExpression' ? listener.arguments : [];
  return event?.type === 'Literal' && /^(?:uncaughtException|unhandledRejection)$/.test(String(event.value));
}

/** `Promise.allSettled(…)`, or `Promise.all(list.map(f))` where `f` catches what goes wrong: neither rejects. */
export function isSettled(source: Source, node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object } = node.callee;
  if (object.type !== 'Identifier' || object.name !== 'Promise') return false;
  const name = propertyName(node.callee);
  if (name === 'allSettled') return true;
  const [list] = node.arguments;
  if (name !== 'all' || list?.type !== 'CallExpression' || list.callee.type !== 'MemberExpression') return false;
  const [fn] = propertyName(list.callee) === 'map' && list.arguments[0] ? functionsOf(source, list.arguments[0]) : [];
  return fn !== undefined && !canReject(source, fn);
}

/** `work(order, (err) => …)`: an async function that tells its failures to a callback. */
export function tellsCallback(call: TSESTree.CallExpression): boolean {
  const last = call.arguments.at(-1);
  const [error] = isFunction(last) ? last.params : [];
  return error?.type === 'Identifier' && /^e(?:rr(?:or)?)?$/i.test(error.name);
}

/** A program's own start: a rejection ends the process with its reason, which is what a start should do. */
export function isStart(source: Source, node: TSESTree.CallExpression): boolean {
  if (!enclosingFunction(node) && isFunction(node.callee))
    return source.tree.of('ImportDeclaration').length > 0 || source.tree.named('require').length > 0;
  if (enclosingFunction(node)) return false;
  return starts.test(simpleName(node.callee)) || isOnlyWhenRun(source, node);
}

/** `if (require.main === module) serve()`, `if (!module.parent) serve()`. */
function isOnlyWhenRun(source: Source, node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent)
    if (
      at.type === 'IfStatement' &&
      /require\.main|module\.parent|import\.meta\.main/.test(source.tree.text.slice(...at.test.range))
    )
      return true;
  return false;
}
