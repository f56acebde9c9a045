import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../review/types.ts';
import type { Omission } from '../code.ts';
import { enclosingFunction, isFunction, propertyName, simpleName, unwrap } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import { repaired } from './repair.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** States callbacks that never read the error they are told of. */
export function readUnheardCallbacks(source: Source, placeOf: PlaceOf): readonly Omission[] {
  const found: Omission[] = [];
  for (const fn of source.tree.functions) {
    const [first] = fn.params;
    if (first?.type !== 'Identifier' || !/^(?:err|error)$/.test(first.name) || !ignoresError(source, fn, first))
      continue;
    const repair = passedOn(source, fn, first.name);
    found.push({
      ...placeOf(fn),
      endLine: fn.loc.start.line,
      kind: 'callback-error',
      of: first.name,
      ...(asksForResult(source, fn) ? { asked: true } : {}),
      ...(repair ? { repair } : {}),
    });
  }
  return found;
}

/** The callback's first line with the error handed to the callback, or the promise, that its function answers to. */
function passedOn(source: Source, fn: FunctionNode, error: string): Fix | undefined {
  const outer = enclosingFunction(fn);
  const taker = outer?.params.find(
    (param) => param.type === 'Identifier' && /^(?:done|cb|callback|next|reject)$/.test(param.name),
  );
  const [first] = fn.body.type === 'BlockStatement' ? fn.body.body : [];
  const { line } = fn.loc.start;
  if (taker?.type !== 'Identifier' || !first || first.loc.start.line === line) return undefined;
  const indent = ' '.repeat(first.loc.start.column);
  const text = `\n${indent}if (${error}) return ${taker.name}(${error});`;
  return repaired(source.tree, fn, line, [{ at: fn.body.range[0] + 1, text }]);
}

/** `(err, row) => { if (!row) … }`: what failed counts as what is not there. */
function asksForResult(source: Source, fn: FunctionNode): boolean {
  const result = fn.params[1];
  if (result?.type !== 'Identifier') return false;
  const { tree } = source;
  return [
    ...within(tree, 'IfStatement', fn.body).map(({ test }) => test),
    ...within(tree, 'ConditionalExpression', fn.body).map(({ test }) => test),
    ...within(tree, 'LogicalExpression', fn.body).map(({ left }) => left),
  ].some((asked) => askedName(asked) === result.name);
}

/** The name that `x`, `!x`, `x && …` and `isEmpty(x)` ask for. */
function askedName(test: Node): string | undefined {
  let at = unwrap(test);
  if (at.type === 'LogicalExpression') at = unwrap(at.left);
  if (at.type === 'UnaryExpression' && at.operator === '!') at = unwrap(at.argument);
  if (at.type === 'CallExpression' && simpleName(at.callee) === 'isEmpty' && at.arguments[0])
    at = unwrap(at.arguments[0]);
  return at.type === 'Identifier' ? at.name : undefined;
}

/** `it('…', () => …)`, `before(() => …)`: what goes wrong in a test fails it. */
function isInTest(fn: FunctionNode): boolean {
  for (let at: Node | undefined = fn.parent; at; at = at.parent)
    if (
      at.type === 'CallExpression' &&
      at.callee.type === 'Identifier' &&
      /^(?:it|describe|before|after|beforeEach|afterEach|beforeAll|afterAll)$/.test(at.callee.name)
    )
      return true;
  return false;
}

/** `const onQuery = (err, query) => …; client.on('query', onQuery)`: some events come with an error, and others without. */
function isListener(source: Source, parent: Node): boolean {
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  return source.tree.named(parent.id.name).some(({ parent: call }) => {
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
    return /^(?:on|once|addListener)$/.test(propertyName(call.callee) ?? '');
  });
}

/** A callback that is told of the error and never reads it. Error middleware and handlers of errors are named for what they get. */
function ignoresError(source: Source, fn: TSESTree.FunctionLike, error: TSESTree.Identifier): boolean {
  if (!isFunction(fn) || fn.params.length > 3 || fn.body.type !== 'BlockStatement') return false;
  const { parent } = fn;
  if (isInTest(fn)) return false;
  if (parent.type === 'CallExpression') {
    const { callee } = parent;
    const method = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    if (
      /^(?:catch|fail|then|on|once|use|addListener|catchError|onError|mockImplementation)$/.test(method) ||
      parent.arguments.at(-1) !== fn
    )
      return false;
    // With results beside the error the callback goes on as if there were some.
    if (fn.body.body.length === 0) return false;
  } else if (parent.type === 'AssignmentExpression') {
    // A hook that does nothing until somebody sets it, and methods: neither is anybody's callback.
    if (fn.body.body.length === 0 || /\bprototype\./.test(source.tree.text.slice(...parent.left.range))) return false;
  } else if (parent.type !== 'VariableDeclarator') return false;
  if (isListener(source, parent)) return false;
  const binding = source.tree.bindingOf(error);
  return binding !== undefined && source.tree.referencesOf(binding).length === 0;
}
