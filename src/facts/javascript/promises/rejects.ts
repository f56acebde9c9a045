import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { functionsOf } from '../handlers/resolve.ts';
import { enclosingFunction, propertyName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';

/** Whether what a function gives can reject at all: its work may stand in a `try` whose `catch` throws nothing, or be a chain with a `catch`. */
export function canReject(source: Source, fn: FunctionNode): boolean {
  if (fn.body.type !== 'BlockStatement') return !isHandledChain(fn.body);
  return fn.body.body.some((statement) => !isGuarded(source, statement));
}

/** Whether the function waits for something outside of every `try` with a `catch` that throws nothing on. */
export function waitsUnguarded(source: Source, fn: FunctionNode): boolean {
  return within(source.tree, 'AwaitExpression', fn.body).some((node) => {
    if (enclosingFunction(node) !== fn || isHandledChain(node)) return false;
    for (let at: Node = node; at.parent && at !== fn.body; at = at.parent) {
      const parent: Node = at.parent;
      if (parent.type === 'TryStatement' && parent.block === at && parent.handler && isGuarded(source, parent))
        return false;
    }
    return true;
  });
}

function isGuarded(source: Source, statement: Node): boolean {
  if (statement.type === 'TryStatement' && statement.handler)
    return within(source.tree, 'ThrowStatement', statement.handler).length === 0;
  if (statement.type === 'FunctionDeclaration') return true;
  if (statement.type === 'ExpressionStatement' && isHandledChain(statement.expression)) return true;
  if (statement.type === 'ReturnStatement' && statement.argument && isHandledChain(statement.argument)) return true;
  if (statement.type === 'BlockStatement') return statement.body.every((one) => isGuarded(source, one));
  if (statement.type === 'IfStatement' && isPlain(statement.test))
    return isGuarded(source, statement.consequent) && (!statement.alternate || isGuarded(source, statement.alternate));
  for (const type of ['AwaitExpression', 'CallExpression', 'NewExpression', 'ThrowStatement'] as const)
    for (const node of within(source.tree, type, statement))
      if (enclosingFunction(node) === enclosingFunction(statement) && !isHarmless(source, node)) return false;
  return true;
}

/** `await send().catch(log)`: what the function waits for, or gives back, was handled. */
function isHandledChain(expression: Node): boolean {
  const node = expression.type === 'AwaitExpression' ? expression.argument : expression;
  return node.type === 'CallExpression' && isHandled(node);
}

/** Calls that do not throw: of the log, of timers, of a set or a map. */
function isHarmless(source: Source, node: Node): boolean {
  if (node.type !== 'CallExpression')
    return (
      node.type === 'NewExpression' &&
      /^new (?:Set|Map|Date|AbortController)\b/.test(source.tree.text.slice(node.range[0], node.range[0] + 30))
    );
  const callee = source.tree.text.slice(...node.callee.range);
  return /^(?:console\.\w+|debug|(?:this\.)?(?:logger|log)\.\w+|clearTimeout|clearInterval|Date\.now|Math\.\w+|Promise\.resolve|\w+\.(?:add|has|push|set))$/.test(
    callee,
  );
}

/** The async function that a call runs, when it is one of this file's. */
export function calledFunction(source: Source, call: Node): FunctionNode | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const [fn, ...more] = functionsOf(source, call.callee);
  return more.length === 0 ? fn : undefined;
}

/** A test that reads and compares, and calls nothing. */
function isPlain(test: Node): boolean {
  if (test.type === 'Identifier' || test.type === 'Literal' || test.type === 'ThisExpression') return true;
  if (test.type === 'MemberExpression') return isPlain(test.object);
  if (test.type === 'UnaryExpression') return isPlain(test.argument);
  return (
    (test.type === 'LogicalExpression' || test.type === 'BinaryExpression') && isPlain(test.left) && isPlain(test.right)
  );
}

/** `.catch(f)`, `.then(f, g)`, or a chain that has one of them: whatever follows only repeats what was handled. */
export function isHandled(node: TSESTree.CallExpression): boolean {
  for (let at: Node = node; at.type === 'CallExpression' && at.callee.type === 'MemberExpression'; ) {
    const name = propertyName(at.callee);
    const [first, second] = at.arguments;
    if (name === 'catch' && first) return true;
    if (name === 'then' && second && !isNothing(second)) return true;
    at = at.callee.object.type === 'ChainExpression' ? at.callee.object.expression : at.callee.object;
  }
  return false;
}

function isNothing(node: Node): boolean {
  return (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'Literal' && node.value === null);
}
