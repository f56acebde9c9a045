import type { Scope } from '../code.ts';
import { findHandlers } from './handlers/find.ts';
import type { FoundHandler } from './handlers/found.ts';
import { findJobs, isStartup } from './jobs.ts';
import { enclosingFunction } from './nodes.ts';
import type { FunctionNode } from './parse.ts';
import { socketListeners } from './socket-listeners.ts';
import type { Source } from './source.ts';

/** When a function runs, and for which handler. */
export interface Running {
  readonly handlers: readonly FoundHandler[];
  /** Functions that answer what a client sends through a web socket: their first parameter is what it sent. */
  readonly listeners: ReadonlySet<FunctionNode>;
  /** Scope of the code of a function; of the module for undefined. */
  scopeOf(fn: FunctionNode | undefined): Scope;
  /** Index into `handlers` of the handler on whose behalf it runs. */
  handlerOf(fn: FunctionNode | undefined): number | undefined;
}

/** Helpers of helpers: past this the request's cost is somebody else's story. */
const maxHops = 4;

/** Works out when each function of the file runs: as a handler, for one, in a job, at start. */
export function runningOf(source: Source): Running {
  const handlers = findHandlers(source);
  const direct = new Map<FunctionNode, { scope: Scope; handler?: number }>();
  for (const fn of findJobs(source)) direct.set(fn, { scope: 'job' });
  for (const [index, { fn }] of handlers.entries())
    if (!direct.has(fn)) direct.set(fn, { scope: 'request', handler: index });
  const listeners = new Set(socketListeners(source));
  for (const fn of listeners) if (!direct.has(fn)) direct.set(fn, { scope: 'request' });

  const known = new Map<FunctionNode, { scope: Scope; handler?: number }>();
  const answer = (fn: FunctionNode, hops: number): { scope: Scope; handler?: number } => {
    const before = direct.get(fn) ?? known.get(fn);
    if (before) return before;
    known.set(fn, { scope: 'unknown' });
    const found = work(fn, hops);
    known.set(fn, found);
    return found;
  };
  const work = (fn: FunctionNode, hops: number): { scope: Scope; handler?: number } => {
    let best: { scope: Scope; handler?: number } | undefined;
    const callers = new Set(hops < maxHops ? source.calls.callsOf(fn).map(enclosingFunction) : []);
    for (const caller of callers) {
      const from = caller ? answer(caller, hops + 1) : { scope: 'startup' as const };
      if (from.scope === 'request') return from;
      if (best === undefined || best.scope === 'unknown') best = from;
    }
    if (best && best.scope !== 'unknown') return best;
    if (isStartup(fn)) return { scope: 'startup' };
    const outer = enclosingFunction(fn);
    // A function inside another runs for it: a callback, a closure. Nothing is known of one that a startup function registers.
    const around = outer ? answer(outer, hops) : undefined;
    return around && around.scope !== 'startup' ? around : (best ?? { scope: 'unknown' });
  };
  return {
    handlers,
    listeners,
    scopeOf: (fn) => (fn ? answer(fn, 0).scope : 'module'),
    handlerOf: (fn) => (fn ? answer(fn, 0).handler : undefined),
  };
}
