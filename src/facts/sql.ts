/** A migration's statements. Owned by the sql reader. */
export interface SqlFacts {
  readonly dialect: 'postgresql' | 'mysql' | 'sqlite' | 'unknown';
  readonly problems: readonly Problem[];
}
/** A mistake that a library-backed reader of a declarative language can state outright; the rule of that name teaches it. */
export interface Problem {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  readonly side?: 'before' | 'after';
  readonly because: string;
  readonly severity?: 'notice' | 'warning' | 'error';
  /** Keep it although no added line touches it: the change itself is the mistake. */
  readonly anywhere?: boolean;
}
