import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { MisusedPromise } from '../../code.ts';
import { functionsOf } from '../handlers/resolve.ts';
import { enclosingFunction, simpleName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import { awaited, repaired } from '../repair.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { quoted, within } from '../within.ts';
import { consumer, executor, listener, strategy } from './dropped-by-callers.ts';
import type { EvidenceOf } from './evidence.ts';
import { type Ask, functionOf } from './misuse.ts';
import { canReject, waitsUnguarded } from './rejects.ts';
import { promisedType } from './types.ts';
import { readVoidMembers } from './void-members.ts';
import { takesVoidFunction } from './void-types.ts';

const predicates = /^(?:filter|some|every|find|findIndex|findLast|findLastIndex)$/;
const timers = /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick)$/;

/** States where a promise, or an async function, is given to what does not wait for it. */
export function readMisusedPromises(
  source: Source,
  placeOf: PlaceOf,
  evidenceOf: EvidenceOf,
): readonly MisusedPromise[] {
  const found: MisusedPromise[] = [];
  const add = (at: Node, kind: MisusedPromise['kind'], of: Node, by: string) => {
    const { line } = at.loc.start;
    const edits = kind === 'condition' || kind === 'spread' ? awaited(of) : undefined;
    const repair = edits && repaired(source.tree, at, line, edits);
    found.push({
      ...placeOf(at),
      line,
      endLine: line,
      kind,
      by,
      of: quoted(source.tree, of),
      ...(repair ? { repair } : {}),
    });
  };
  const ask: Ask = { source, evidenceOf, add };
  for (const test of testsOf(source)) condition(ask, test);
  for (const call of source.tree.of('CallExpression')) callbacks(ask, call);
  for (const node of source.tree.of('NewExpression')) {
    executor(ask, node);
    strategy(ask, node);
  }
  for (const { argument } of source.tree.of('SpreadElement')) spread(ask, argument);
  readVoidMembers(source, (fn) => givesPromise(ask, fn), add);
  return found;
}

function testsOf(source: Source): readonly Node[] {
  const { tree } = source;
  return [
    ...(
      ['IfStatement', 'WhileStatement', 'DoWhileStatement', 'ConditionalExpression', 'ForStatement'] as const
    ).flatMap((type) => tree.of(type).flatMap(({ test }) => (test ? [test] : []))),
    ...tree.of('UnaryExpression').flatMap(({ operator, argument }) => (operator === '!' ? [argument] : [])),
  ];
}

function condition(ask: Ask, test: Node, depth = 0): void {
  if (depth > 20) return;
  if (test.type === 'LogicalExpression' && test.operator !== '??') {
    condition(ask, test.left, depth + 1);
    condition(ask, test.right, depth + 1);
    return;
  }
  if (test.type !== 'CallExpression' && test.type !== 'Identifier') return;
  const { promised, by } = ask.evidenceOf(test);
  // A name is also tested to see whether there is a promise at all.
  if (promised === 'promise' && (test.type === 'CallExpression' || !/\?|undefined|null/.test(by))) {
    if (test.type === 'CallExpression' && !isCertain(by)) return;
    if (test.type === 'Identifier' && (by !== 'its type is a promise' || isFilledLater(ask.source, test))) return;
    ask.add(test, 'condition', test, by);
  }
}

/** `let ready: Promise<void>;`: a test asks whether there is a promise yet, whatever its type says. */
function isFilledLater(source: Source, name: TSESTree.Identifier): boolean {
  const binding = source.tree.bindingOf(name);
  return binding !== undefined && binding.kind !== 'const' && binding.kind !== 'param';
}

/** That the same text is awaited elsewhere may mean another receiver: not enough to say a test is always true. */
function isCertain(by: string): boolean {
  return !by.startsWith('the same call');
}

function callbacks(ask: Ask, call: TSESTree.CallExpression): void {
  const { callee } = call;
  const { source } = ask;
  const name = simpleName(callee);
  const [first] = call.arguments;
  if (callee.type === 'MemberExpression' && first) {
    const fn = functionOf(source, first);
    if (fn && predicates.test(name) && givesPromise(ask, fn) && !isOwnMethod(source, callee)) {
      ask.add(call, 'predicate', callee, `\`${name}\` sees a promise, which is always true`);
      return;
    }
    if (
      fn &&
      name === 'forEach' &&
      givesPromise(ask, fn) &&
      (hasAwait(source, fn) || !fn.async) &&
      !isOwnMethod(source, callee)
    ) {
      ask.add(call, 'iteration', callee, '`forEach` neither waits for the promise nor catches it');
      return;
    }
    if (/^(?:on|once|addListener|prependListener)$/.test(name)) {
      listener(ask, call, callee);
      return;
    }
    if (name === 'consume') {
      consumer(ask, call, callee);
      return;
    }
  }
  if (timers.test(name) && first) {
    const fn = functionOf(source, first);
    if (fn?.async && canReject(source, fn) && waitsUnguarded(source, fn))
      ask.add(call, 'timer', callee, `nobody holds the promise that \`${name}\` runs`);
    return;
  }
  for (const [position, argument] of call.arguments.entries()) {
    const fn = functionOf(source, argument);
    if (fn && givesPromise(ask, fn) && takesVoidFunction(source.tree, callee, position))
      ask.add(argument, 'callback', callee, `\`${name}\` takes a function whose result it does not look at`);
  }
}

function spread(ask: Ask, argument: Node): void {
  if (argument.parent?.parent?.type !== 'ObjectExpression') return;
  const parts =
    argument.type === 'LogicalExpression'
      ? [argument.right]
      : argument.type === 'ConditionalExpression'
        ? [argument.consequent, argument.alternate]
        : [argument];
  for (const part of parts) {
    const { promised, by } = ask.evidenceOf(part);
    if (part.type === 'CallExpression' && promised === 'promise' && isCertain(by))
      ask.add(argument, 'spread', part, by);
  }
}

/** `repository.find(async …)` of a class of this file is no array's. */
function isOwnMethod(source: Source, callee: TSESTree.MemberExpression): boolean {
  return functionsOf(source, callee).length > 0;
}

function givesPromise(ask: Ask, fn: FunctionNode): boolean {
  if (fn.generator) return false;
  if (fn.async) return true;
  if (fn.returnType) return promisedType(ask.source.tree, fn.returnType.typeAnnotation) === 'promise';
  if (fn.body.type !== 'BlockStatement') return certain(ask, fn.body);
  return within(ask.source.tree, 'ReturnStatement', fn.body).some(
    (statement) => statement.argument && enclosingFunction(statement) === fn && certain(ask, statement.argument),
  );
}

function certain(ask: Ask, node: Node): boolean {
  const { promised, by } = ask.evidenceOf(node);
  return promised === 'promise' && isCertain(by);
}

function hasAwait(source: Source, fn: FunctionNode): boolean {
  return within(source.tree, 'AwaitExpression', fn.body).some((node) => enclosingFunction(node) === fn);
}
