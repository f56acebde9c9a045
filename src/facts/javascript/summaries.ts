import type { DataCall, FunctionSummary, NetworkCall, Reach, SlowCall } from '../code.ts';
import { enclosingFunction } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** What the calls of a file reach, by the function they stand in. */
export interface Reached {
  readonly dataCalls: readonly DataCall[];
  readonly networkCalls: readonly NetworkCall[];
  readonly slowCalls: readonly SlowCall[];
}
export type SummaryOf = (fn: FunctionNode) => FunctionSummary;

/** Helpers of helpers: past this a reader would not follow either. */
const maxHops = 3;
/** By its name a function asks a cache first. */
const caching = /cached|memoi[sz]ed/i;
const reads = new Set(['read-one', 'read-many', 'count']);
const writes = new Set(['insert', 'update', 'delete']);

/** Gives the function that says what a call of each function of the file reaches, itself or through others of the file. */
export function summariesOf(source: Source, reached: Reached): SummaryOf {
  const own = ownSummaries(source, reached);
  const callees = calleesOf(source);
  const known = new Map<FunctionNode, FunctionSummary>();
  const summary = (fn: FunctionNode, hops: number): FunctionSummary => {
    const before = known.get(fn);
    if (before) return before;
    let found: FunctionSummary = own.get(fn) ?? {};
    known.set(fn, found);
    if (hops >= maxHops) return found;
    for (const [callee, name] of callees.get(fn) ?? [])
      if (!caching.test(name)) found = joined(found, summary(callee, hops + 1), name);
    known.set(fn, found);
    return found;
  };
  return (fn) => summary(fn, 0);
}

function joined(one: FunctionSummary, other: FunctionSummary, via: string): FunctionSummary {
  const through = (own: Reach | undefined, theirs: Reach | undefined): Reach | undefined =>
    own ?? (theirs && { ...theirs, via: theirs.via ? `${via} → ${theirs.via}` : via });
  const readsOf = through(one.reads, other.reads);
  const writesOf = through(one.writes, other.writes);
  const calls = through(one.callsOut, other.callsOut);
  const slow = through(one.slow, other.slow);
  return {
    ...(readsOf ? { reads: readsOf } : {}),
    ...(writesOf ? { writes: writesOf } : {}),
    ...(calls ? { callsOut: calls } : {}),
    ...(slow ? { slow } : {}),
  };
}

function ownSummaries(
  source: Source,
  { dataCalls, networkCalls, slowCalls }: Reached,
): ReadonlyMap<FunctionNode, FunctionSummary> {
  const found = new Map<FunctionNode, FunctionSummary>();
  const add = (index: number, key: 'reads' | 'writes' | 'callsOut' | 'slow', reach: Reach) => {
    const fn = source.tree.functions[index];
    if (fn) found.set(fn, { [key]: reach, ...found.get(fn) });
  };
  for (const call of dataCalls) {
    // A cache in memory answers in microseconds, and so does SQLite in the same process.
    if (call.memoised || call.client === 'sqlite' || isCached(source, source.tree.functions[call.fn])) continue;
    // What a store of the application gives without a promise is at hand.
    if (call.client === 'other' && call.fate !== 'awaited' && !source.tree.functions[call.fn]?.async) continue;
    const reach = {
      what: call.model && call.model !== call.verb ? `${call.model}.${call.verb}` : call.verb,
      line: call.line,
      alone: waitsOnce(source, source.tree.functions[call.fn]),
      ...(call.tableBy ? { anyTable: true } : {}),
    };
    const write =
      writes.has(call.does) || (call.does === 'raw' && /^\s*(?:insert|update|delete|merge)\b/i.test(call.sql ?? ''));
    if (write) add(call.fn, 'writes', reach);
    else if (reads.has(call.does) || call.does === 'raw') add(call.fn, 'reads', reach);
  }
  for (const call of networkCalls) add(call.fn, 'callsOut', { what: call.client, line: call.line });
  // What nobody waits for there, nobody waits for here.
  for (const { sync, fate, occupies, fn, call, line, what } of slowCalls)
    if (!sync && (occupies || fate === 'awaited' || fate === 'returned'))
      add(fn, 'slow', { what: call, line, work: what });
  return found;
}

function waitsOnce(source: Source, fn: FunctionNode | undefined): boolean {
  return fn !== undefined && within(source.tree, 'AwaitExpression', fn).length <= 1;
}

/** A function that asks a cache before it asks the database, or is given to one whole: `cache(async (id) => …)`. */
function isCached(source: Source, fn: FunctionNode | undefined): boolean {
  if (!fn) return false;
  const { parent } = fn;
  if (parent.type === 'CallExpression' && /^(?:unstable_)?cache|^memoi[sz]e/i.test(nameOf(parent.callee))) return true;
  const [from, to] = fn.body.range;
  return /\b\w{0,40}cache\w{0,40}\.(?:get|has|wrap|fetch|getOrSet|remember)\(/i.test(
    source.tree.text.slice(from, Math.min(to, from + 4_000)),
  );
}

/** Functions of the file that each function calls, with the name they are called by. */
function calleesOf(source: Source): ReadonlyMap<FunctionNode, ReadonlyMap<FunctionNode, string>> {
  const callees = new Map<FunctionNode, Map<FunctionNode, string>>();
  for (const { call, to } of source.calls.edges) {
    const caller = enclosingFunction(call);
    if (!caller || to === caller) continue;
    const of = callees.get(caller) ?? new Map<FunctionNode, string>();
    callees.set(caller, of);
    of.set(to, nameOf(call.callee));
  }
  return callees;
}

function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
}
