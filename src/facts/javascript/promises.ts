import type { PromiseFact } from '../code.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { isFunction, propertyName, unwrap } from './tree.ts';

const makers = /^Promise\.(?:resolve|reject|all|allSettled|any|race|withResolvers)\(\)$/;
const iterators = /^(?:forEach|filter|some|every|find|findIndex|sort)$/;
const timers = /^(?:setTimeout|setInterval|setImmediate)$/;
/** Entry points that are started and left to end the process when they fail. */
const entry = /^(?:main|bootstrap|start|run|init|cli|serve)$/;

/** States promises nobody waits for, and async functions where a plain one is expected. */
export function readPromises(source: Source, placeOf: PlaceOf): readonly PromiseFact[] {
  const found: PromiseFact[] = [];
  for (const statement of source.tree.of('ExpressionStatement')) {
    for (const node of valuesOf(statement.expression)) {
      const what = floating(source, node);
      if (what) found.push({ ...placeOf(node), form: 'floating', what });
    }
  }
  for (const call of source.tree.of('CallExpression')) {
    const callee = unwrap(call.callee);
    const name =
      callee.type === 'MemberExpression'
        ? propertyName(callee)
        : callee.type === 'Identifier'
          ? callee.name
          : undefined;
    const taker = callee.type === 'MemberExpression' ? iterators : timers;
    if (name === undefined || !taker.test(name)) continue;
    const [first] = call.arguments;
    if (isFunction(first) && first.async && !isGuarded(first.body))
      found.push({
        ...placeOf(call),
        line: first.loc.start.line,
        endLine: first.loc.start.line,
        form: 'callback',
        what: name,
      });
  }
  for (const made of source.tree.of('NewExpression')) {
    const [executor] = made.arguments;
    if (made.callee.type === 'Identifier' && made.callee.name === 'Promise' && isFunction(executor) && executor.async) {
      found.push({ ...placeOf(made), endLine: made.loc.start.line, form: 'callback', what: 'new Promise' });
    }
  }
  for (const type of ['IfStatement', 'WhileStatement', 'ConditionalExpression', 'DoWhileStatement'] as const) {
    for (const node of source.tree.of(type)) {
      const test = node.test.type === 'UnaryExpression' ? node.test.argument : node.test;
      if (test.type !== 'AwaitExpression' && isPromise(source, test))
        found.push({
          ...placeOf(node),
          line: test.loc.start.line,
          endLine: test.loc.end.line,
          form: 'condition',
          what: 'condition',
        });
    }
  }
  return found;
}

/** The values an expression statement throws away: each side of `a && b()`, `c ? d() : e()`, `f(), g()`. */
function valuesOf(expression: Node): Node[] {
  const node = expression.type === 'ChainExpression' ? expression.expression : expression;
  if (node.type === 'LogicalExpression') return valuesOf(node.right);
  if (node.type === 'ConditionalExpression') return [...valuesOf(node.consequent), ...valuesOf(node.alternate)];
  if (node.type === 'SequenceExpression') return node.expressions.flatMap(valuesOf);
  return [node];
}

/** What makes the value a promise that nobody handles; undefined where it is handled or no promise as far as can be seen. */
function floating(source: Source, node: Node): string | undefined {
  if (node.type === 'NewExpression')
    return node.callee.type === 'Identifier' && node.callee.name === 'Promise' && !source.tree.bindingOf(node.callee)
      ? 'new Promise'
      : undefined;
  if (node.type !== 'CallExpression') return isBareName(node) && isPromise(source, node) ? 'promise' : undefined;
  const callee = unwrap(node.callee);
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee);
    if (name === 'catch')
      return node.arguments.length === 0 || isNothing(node.arguments[0]) ? 'catch without a handler' : undefined;
    if (name === 'then')
      return node.arguments.length < 2 || isNothing(node.arguments[1])
        ? hasCatch(callee.object)
          ? undefined
          : 'then'
        : undefined;
    if (name === 'finally') return floating(source, unwrap(callee.object)) ? 'finally' : undefined;
  }
  if (isFunction(callee)) return callee.async && !isGuarded(callee.body) ? 'async function' : undefined;
  const atTop = source.indexOf(undefined) === -1 && node.parent?.parent?.type === 'Program';
  if (atTop && callee.type === 'Identifier' && entry.test(callee.name)) return undefined;
  return isPromise(source, node) ? 'call' : undefined;
}

function isBareName(node: Node): boolean {
  return node.type === 'Identifier' || node.type === 'MemberExpression';
}

function isPromise(source: Source, node: Node): boolean {
  const inner = node.type === 'ChainExpression' ? node.expression : node;
  if (inner.type === 'AwaitExpression') return false;
  if (inner.type === 'CallExpression') {
    const callee = source.originOf(inner.callee);
    if (makers.test(`${callee.text}()`) && callee.from === 'global') return true;
    const declared = callee.declaration;
    return isFunction(declared) && declared.async && !declared.generator && !isGuarded(declared.body);
  }
  if (inner.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(inner);
  const init =
    binding?.kind === 'const' && binding.node.type === 'VariableDeclarator' && binding.node.id.type === 'Identifier'
      ? binding.node.init
      : undefined;
  if (!init || init.type === 'AwaitExpression') return false;
  return (
    (init.type === 'NewExpression' && init.callee.type === 'Identifier' && init.callee.name === 'Promise') ||
    (init.type === 'CallExpression' && isPromise(source, init))
  );
}

/** A function whose whole body is one try with a catch handles its own failures. */
function isGuarded(body: Node): boolean {
  if (body.type !== 'BlockStatement') return false;
  const [only] = body.body;
  if (body.body.length === 0) return true;
  return body.body.length === 1 && only?.type === 'TryStatement' && only.handler != null;
}

function hasCatch(node: Node): boolean {
  const call = unwrap(node);
  return (
    call.type === 'CallExpression' && call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'catch'
  );
}

function isNothing(node: Node | undefined): boolean {
  return (
    node === undefined ||
    (node.type === 'Literal' && node.value === null) ||
    (node.type === 'Identifier' && node.name === 'undefined')
  );
}
