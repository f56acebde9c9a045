import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { fateOf } from '../fate.ts';
import { propertyName, simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

interface AwaitedCall {
  readonly line: number;
  /** What the name at its head was bound to there. */
  readonly binding?: Binding | undefined;
}

/** Calls that the file awaits, or takes apart with `then`, by the callee's text. */
export function awaitedCalls(source: Source): ReadonlyMap<string, AwaitedCall> {
  const calls = new Map<string, AwaitedCall>();
  const add = (node: Node) => {
    const call = node.type === 'ChainExpression' ? node.expression : node;
    if (call.type !== 'CallExpression') return;
    const { callee } = call;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return;
    // Some await every line they write, by habit.
    if (callee.type === 'MemberExpression' && loggers.test(simpleName(callee.object))) return;
    const text = source.tree.text.slice(...callee.range).replace(/\s+|\?(?=\.)/g, '');
    // A map answers at once, whoever waits for it.
    if (callee.type === 'MemberExpression' && /^new (?:Weak)?(?:Map|Set)$/.test(source.originOf(callee.object).text))
      return;
    const root = rootOf(callee);
    const binding = root && source.tree.bindingOf(root);
    if (!calls.has(text)) calls.set(text, { line: call.loc.start.line, binding });
  };
  for (const { argument } of source.tree.of('AwaitExpression')) add(argument);
  for (const call of source.tree.of('CallExpression')) {
    const { callee } = call;
    if (callee.type !== 'MemberExpression') continue;
    const name = propertyName(callee);
    // A chain nobody takes up says nothing of what begins it: a test runner's are of that form.
    if (name === 'catch' || (name === 'then' && fateOf(call) !== 'floating' && !isFloatingChain(call)))
      add(callee.object);
  }
  return calls;
}

const loggers = /(?:^|_)(?:log|logger|console)$|Logger$/i;
const answers = /^(?:res|response|reply|req|request|ctx|result|answer)$/;

/** The name by which two calls of the same text are told apart: a plain callee, and names that each function has of its own. */
export function rootOf(callee: Node): TSESTree.Identifier | undefined {
  if (callee.type === 'Identifier') return callee;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
  return answers.test(callee.object.name) ? callee.object : undefined;
}

/** `a.then(f).then(g);` as a statement. */
function isFloatingChain(call: Node): boolean {
  let at = call;
  while (at.parent?.type === 'MemberExpression' && at.parent.parent?.type === 'CallExpression') at = at.parent.parent;
  return at.parent?.type === 'ExpressionStatement';
}
