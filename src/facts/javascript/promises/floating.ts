import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, UnhandledPromise } from '../../code.ts';
import { enclosingFunction, isFunction, propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { awaited, type Edit, repaired } from '../repair.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { isWithin, quoted } from '../within.ts';
import type { EvidenceOf } from './evidence.ts';
import { isLastWord, isSettled, isStart, tellsCallback, wasHandled } from './foreseen.ts';
import { calledFunction, canReject, isHandled } from './rejects.ts';
import { returnedInTry } from './returned.ts';
import { timerResults } from './timers.ts';
import type { Ask, Unhandled } from './unhandled.ts';
import { orDataCall, unsentWrite } from './unsent.ts';

/** What has a `then` and rejects never: the steps of Medusa's workflows, and Electron that has started. */
const neverRejects =
  /^@medusajs\/\S*workflows-sdk\S*\.when\(\)|^@medusajs\/framework\/\S*\.when\(\)|^electron\.app\.whenReady\(\)/;

/** States the promises nobody waits for and nobody catches. */
export function readUnhandledPromises(
  source: Source,
  placeOf: PlaceOf,
  evidenceOf: EvidenceOf,
  dataCalls: readonly DataCall[] = [],
): readonly UnhandledPromise[] {
  const found: UnhandledPromise[] = [];
  const add = (at: Node, { node, kind, by }: Unhandled) => {
    const place = placeOf(at);
    const endLine = Math.min(place.endLine, place.line + 8);
    const edits = kind === 'floating' || kind === 'forgotten' ? awaitedOf(evidenceOf, node) : undefined;
    const repair = edits && repaired(source.tree, at, endLine, edits);
    found.push({ ...place, endLine, kind, by, of: quoted(source.tree, node), ...(repair ? { repair } : {}) });
  };
  const ask = { source, evidenceOf };
  const askData = { source, evidenceOf: orDataCall(evidenceOf, source, dataCalls) };
  for (const statement of source.tree.of('ExpressionStatement')) {
    const unhandled =
      floating(ask, statement.expression) ??
      voided(ask, statement.expression) ??
      unsentWrite(source, statement, dataCalls);
    if (unhandled) add(statement, unhandled);
  }
  for (const result of timerResults(source)) {
    const unhandled = floating(ask, result);
    if (unhandled) add(result, unhandled);
  }
  for (const declarator of source.tree.of('VariableDeclarator')) {
    const unhandled = forgotten(ask, declarator);
    if (unhandled) add(declarator, unhandled);
  }
  for (const statement of source.tree.of('ReturnStatement')) {
    const unhandled = returnedInTry(askData, statement);
    if (unhandled) add(statement, unhandled);
  }
  return found;
}

/** `f()` awaited; of a list of promises, all of them. */
function awaitedOf(evidenceOf: EvidenceOf, node: Node): readonly Edit[] | undefined {
  const edits = awaited(node);
  if (!edits || evidenceOf(node).promised !== 'promises') return edits;
  return [
    { at: node.range[0], text: 'await Promise.all(' },
    { at: node.range[1], text: ')' },
  ];
}

/** The part of a statement's expression that is a promise nobody handles. */
function floating(ask: Ask, node: Node): Unhandled | undefined {
  switch (node.type) {
    case 'ChainExpression':
      return floating(ask, node.expression);
    case 'LogicalExpression':
      return floating(ask, node.left) ?? floating(ask, node.right);
    case 'ConditionalExpression':
      return floating(ask, node.consequent) ?? floating(ask, node.alternate);
    case 'SequenceExpression':
      for (const expression of node.expressions) {
        const found = floating(ask, expression);
        if (found) return found;
      }
      return undefined;
    case 'AwaitExpression':
    case 'AssignmentExpression':
    case 'YieldExpression':
    case 'UpdateExpression':
    case 'UnaryExpression':
    case 'MemberExpression':
      return undefined;
    case 'CallExpression':
      return floatingCall(ask, node);
    case 'NewExpression':
      return constructed(ask, node);
    default: {
      const { promised, by } = ask.evidenceOf(node);
      return promised === 'no' || promised === 'unknown' ? undefined : { node, kind: 'floating', by };
    }
  }
}

function floatingCall(ask: Ask, node: TSESTree.CallExpression): Unhandled | undefined {
  const { callee } = node;
  const method = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  if (callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(method)) {
    if (isHandled(node) || wasHandled(ask.source, callee.object) || isLastWord(node)) return undefined;
    if (isSettled(ask.source, callee.object)) return undefined;
    const inner = floating(ask, callee.object);
    if (inner) return inner;
    return method === 'then' && isThenable(ask, node, callee.object)
      ? { node, kind: 'floating', by: '`then` takes what it gives, and no `catch` follows' }
      : undefined;
  }
  const { promised, by } = ask.evidenceOf(node);
  if (promised === 'no' || promised === 'unknown' || isSettled(ask.source, node)) return undefined;
  const fn = calledFunction(ask.source, node);
  if (promised === 'promise' && (isStart(ask.source, node) || tellsCallback(node))) return undefined;
  if (fn && promised === 'promise' && !canReject(ask.source, fn)) return undefined;
  // A program's first lines: a rejection there ends the start, with its reason.
  if (!fn && !enclosingFunction(node) && /library|the same call/.test(by)) return undefined;
  // What counts visitors commonly keeps its failures to itself.
  if (
    /the same call/.test(by) &&
    /telemetry|analytics|posthog|mixpanel|amplitude/i.test(quoted(ask.source.tree, callee))
  )
    return undefined;
  return { node, kind: 'floating', by };
}

/** `x.then(f)` where nothing says that `x` is no promise: a test runner's chain and a class with a `then` of its own are none. */
function isThenable(ask: Ask, node: TSESTree.CallExpression, object: Node): boolean {
  const [first] = node.arguments;
  if (!first) {
    // `a.then(f).then()`: the inner call was asked already.
    return object.type === 'CallExpression' && floatingCall(ask, object) !== undefined;
  }
  if (ask.evidenceOf(object).promised === 'no') return false;
  const { source } = ask;
  const origin = source.originOf(object);
  if (origin.from === 'local' && origin.text.startsWith('new ')) return false;
  if (neverRejects.test(origin.text)) return false;
  const root = rootName(object);
  return !/^(?:cy|\$|jQuery|browser|expect)$/.test(root);
}

function rootName(node: Node): string {
  let at = node;
  for (let steps = 0; steps < 30; steps++) {
    if (at.type === 'MemberExpression') at = at.object;
    else if (at.type === 'CallExpression') at = at.callee;
    else if (at.type === 'ChainExpression') at = at.expression;
    else break;
  }
  return at.type === 'Identifier' ? at.name : '';
}

/** A promise made here floats only if it can be rejected: a timer that resolves cannot. */
function constructed(ask: Ask, node: TSESTree.NewExpression): Unhandled | undefined {
  if (ask.evidenceOf(node).promised !== 'promise') return undefined;
  const [executor] = node.arguments;
  if (!isFunction(executor) || executor.async) return undefined;
  const reject = executor.params[1];
  const rejects =
    reject?.type === 'Identifier' &&
    ask.source.tree.named(reject.name).some((id) => id !== reject && isWithin(id, executor.body));
  return rejects ? { node, kind: 'floating', by: 'it is a `new Promise` that can be rejected' } : undefined;
}

/** `void answer(req, res, next)`: the author waives the promise, yet it alone answers the request. */
function voided(ask: Ask, node: Node): Unhandled | undefined {
  if (node.type !== 'UnaryExpression' || node.operator !== 'void' || node.argument.type !== 'CallExpression')
    return undefined;
  const call = node.argument;
  const passesAnswer = call.arguments.some(
    (one) => one.type === 'Identifier' && /^(?:res|response|reply|next)$/.test(one.name),
  );
  const fn = calledFunction(ask.source, call);
  if (!passesAnswer || !fn?.async || !canReject(ask.source, fn)) return undefined;
  return { node: call, kind: 'void', by: 'it alone answers the request, which hangs when it is rejected' };
}

/** `const pending = pool.query(…)` of which nobody reads the name. */
function forgotten(ask: Ask, declarator: TSESTree.VariableDeclarator): Unhandled | undefined {
  const { id, init } = declarator;
  if (id.type !== 'Identifier' || init?.type !== 'CallExpression' || !enclosingFunction(declarator)) return undefined;
  if (init.callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(propertyName(init.callee) ?? ''))
    return undefined;
  const binding = ask.source.tree.bindingOf(id);
  if (!binding || ask.source.tree.named(id.name).length > 1) return undefined;
  const { promised, by } = ask.evidenceOf(init);
  return promised === 'promise' ? { node: init, kind: 'forgotten', by } : undefined;
}
