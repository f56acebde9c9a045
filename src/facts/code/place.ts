export type Scope =
  /** Runs once, when the module is loaded. */
  | 'module'
  /** Runs while somebody waits for an answer: in a handler, or in a function of this file that a handler calls. */
  | 'request'
  /** Runs in a worker, a queue's consumer or on a schedule. */
  | 'job'
  /** Runs at start or stop: bootstrap, main, onModuleInit. */
  | 'startup'
  /** In a function of which nobody in sight says when it runs. */
  | 'unknown';

/** What happens to the promise (or value) of a call. */
export type Fate = 'awaited' | 'returned' | 'chained' | 'stored' | 'argument' | 'void' | 'floating';

/** Where a thing stands. Every fact about code extends it. */
export interface Place {
  readonly line: number;
  readonly endLine: number;
  readonly scope: Scope;
  /** Index into `CodeFacts.functions` of the innermost enclosing function; -1 at module level. */
  readonly fn: number;
  /** Index into `CodeFacts.handlers` of the handler that runs it, when `scope` is `request`. */
  readonly handler?: number;
  /** Index into `CodeFacts.loops` of the innermost enclosing loop that runs it more than once. */
  readonly loop?: number;
  /** Inside the block of a `try` that has a `catch`, within the same function. */
  readonly inTry: boolean;
  /** Inside a catch clause, or the callback of `.catch(…)`. */
  readonly inCatch: boolean;
  /** A comment directly above or on the line that gives a reason ("best effort", "intentionally sequential"). */
  readonly explained: boolean;
}
