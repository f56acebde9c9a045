import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { NetworkCall, Retry } from '../code.ts';
import { functionsOf } from './handlers/resolve.ts';
import { enclosingFunction, functionName, isFunction, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import { readRetryOptions } from './retry-options.ts';
import { readPolls } from './retry-polls.ts';
import { asksSomebody, maxLength, pausing, recursion, type Stated } from './retry-recursion.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import type { SummaryOf } from './summaries.ts';
import { isWithin, quoted, within } from './within.ts';

type LoopNode = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

/** Words of a count or a clock that ends them. */
const counting =
  /attempt|retr(?:y|ies)|tries|count|max|limit|deadline|elapsed|Date\.now|remaining|left\b|timeout|[<>]|--|\+\+/i;

/** States repetitions of a failed call that go on for ever, or at once: in loops, by recursion, and as libraries are told. */
export function readRetries(
  source: Source,
  placeOf: PlaceOf,
  summaryOf: SummaryOf,
  networkCalls: readonly NetworkCall[],
): readonly Retry[] {
  const callsOut = (node: Node) => reachesOut(source, node, summaryOf, networkCalls);
  const found: Retry[] = [];
  for (const attempt of source.tree.of('TryStatement')) {
    const loop = attempt.handler ? loopAround(attempt) : undefined;
    const retry = loop && loopRetry(source, attempt, loop, callsOut);
    if (retry) found.push({ ...placeOf(attempt), endLine: attempt.loc.start.line, form: 'loop', ...retry });
  }
  for (const { loop, ...poll } of readPolls(source, networkCalls, (call, around) => changes(source, call, around)))
    if (!triesTwice(source, loop))
      found.push({ ...placeOf(loop), endLine: loop.loc.start.line, form: 'answer', ...poll });
  for (const { call, to } of source.calls.edges) {
    const retry = enclosingFunction(call) ? recursion(source, call, to) : undefined;
    if (retry) found.push({ ...placeOf(call), endLine: call.callee.loc.end.line, form: 'recursion', ...retry });
  }
  return [...found, ...readRetryOptions(source, placeOf)];
}

function loopRetry(
  source: Source,
  attempt: TSESTree.TryStatement,
  loop: LoopNode,
  callsOut: (node: Node) => string | undefined,
): Stated | undefined {
  const handler = attempt.handler?.body;
  if (!handler || !endsOnSuccess(source, attempt, loop) || handler.body.some(isExit)) return undefined;
  const text = source.tree.text.slice(...loop.range).slice(0, maxLength);
  if (pausing.test(text)) return undefined;
  const [awaited] = within(source.tree, 'AwaitExpression', attempt.block).filter(
    (one) => enclosingFunction(one) === enclosingFunction(attempt),
  );
  if (!awaited || changes(source, awaited, loop) || asksSomebody.test(source.tree.text.slice(...awaited.range)))
    return undefined;
  const limited = isLimited(source, attempt, loop);
  if (!limited) return { of: quoted(source.tree, awaited.argument, 40), limited, paced: false };
  // A second try at once is often right; a third is not.
  const reached = callsOut(attempt.block) ?? workOfRetry(source, awaited.argument);
  return reached === undefined || triesTwice(source, loop) ? undefined : { of: reached, limited, paced: false };
}

/** `retry(fn)`: a function of that name is given what it tries. */
function workOfRetry(source: Source, called: Node): string | undefined {
  if (called.type !== 'CallExpression' || called.callee.type !== 'Identifier') return undefined;
  const fn = enclosingFunction(called);
  const isGiven = source.tree.bindingOf(called.callee)?.kind === 'param';
  return isGiven && fn && /retr(?:y|ies)/i.test(functionName(fn)) ? quoted(source.tree, called, 40) : undefined;
}

/** Whether the next turn asks for something else: what is given to the call is set anew in the loop. */
function changes(source: Source, call: Node, loop: LoopNode): boolean {
  return within(source.tree, 'Identifier', call).some((id) => {
    const binding = source.tree.bindingOf(id);
    if (!binding) return false;
    if (isWithin(binding.at, loop.body)) return true;
    return source.tree
      .referencesOf(binding)
      .some(
        ({ parent, range }) =>
          loop.body.range[0] <= range[0] &&
          range[1] <= loop.body.range[1] &&
          (parent.type === 'UpdateExpression' ||
            (parent.type === 'AssignmentExpression' && parent.left.range[0] === range[0])),
      );
  });
}

/** The loop that a `try` is repeated by: not one over a list, whose turns try something else each. */
function loopAround(attempt: Node): LoopNode | undefined {
  for (let at = attempt.parent; at && !isFunction(at); at = at.parent) {
    if (at.type === 'ForOfStatement' || at.type === 'ForInStatement') return undefined;
    if (at.type === 'WhileStatement' || at.type === 'DoWhileStatement' || at.type === 'ForStatement') return at;
  }
  return undefined;
}

/** What succeeds leaves the loop: by `return`, `break`, or by what the loop's test asks for. */
function endsOnSuccess(source: Source, attempt: TSESTree.TryStatement, loop: LoopNode): boolean {
  const { tree } = source;
  const own = (node: Node) => enclosingFunction(node) === enclosingFunction(attempt);
  if (within(tree, 'ReturnStatement', attempt.block).some(own)) return true;
  if (within(tree, 'BreakStatement', attempt.block).some((one) => own(one) && loopAround(one) === loop)) return true;
  const { body } = loop;
  if (body.type === 'BlockStatement') {
    const next = body.body[body.body.indexOf(attempt) + 1];
    if (body.body.includes(attempt) && (next?.type === 'ReturnStatement' || next?.type === 'BreakStatement'))
      return true;
  }
  const asked = loop.test ? within(tree, 'Identifier', loop.test).map(({ name }) => name) : [];
  const test = loop.test?.type === 'Identifier' ? [loop.test.name] : asked;
  return within(tree, 'AssignmentExpression', attempt.block).some(
    ({ left, right }) => left.type === 'Identifier' && test.includes(left.name) && right.type === 'Literal',
  );
}

function isExit(statement: Node): boolean {
  return /^(?:ThrowStatement|ReturnStatement|BreakStatement)$/.test(statement.type);
}

/** A count or a clock ends it, in the loop's head or in an `if` that leaves it. */
function isLimited(source: Source, attempt: TSESTree.TryStatement, loop: LoopNode): boolean {
  const { tree } = source;
  const test = loop.test ? tree.text.slice(...loop.test.range) : '';
  if (loop.type === 'ForStatement' && loop.test && loop.update) return true;
  if (counting.test(test)) return true;
  // A flag that somebody else may turn: a shutdown ends it.
  if (test !== '' && !/^(?:true|1)$|^!?\w+$/.test(test)) return true;
  return within(tree, 'IfStatement', loop).some(
    (branch) =>
      !isWithin(branch, attempt.block) &&
      (within(tree, 'ThrowStatement', branch).length > 0 ||
        within(tree, 'ReturnStatement', branch).length > 0 ||
        within(tree, 'BreakStatement', branch).length > 0),
  );
}

function triesTwice(source: Source, loop: LoopNode): boolean {
  const test = loop.test ? source.tree.text.slice(...loop.test.range) : '';
  return /<\s*2\b|<=\s*[12]\b|>\s*0\b|\.length\b/.test(test);
}

/** What a block calls over the network, itself or one helper away. */
function reachesOut(
  source: Source,
  block: Node,
  summaryOf: SummaryOf,
  networkCalls: readonly NetworkCall[],
): string | undefined {
  const { start, end } = block.loc;
  const direct = networkCalls.find(({ line }) => line >= start.line && line <= end.line);
  if (direct) return direct.client;
  for (const call of within(source.tree, 'CallExpression', block)) {
    const { callee } = call;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') continue;
    const [fn] = functionsOf(source, callee);
    const out = fn && summaryOf(fn).callsOut;
    if (out) return `${simpleName(callee)} → ${out.what}`;
  }
  return undefined;
}
