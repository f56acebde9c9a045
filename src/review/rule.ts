import type { LessonNumber, Match, Severity } from './types.ts';

/**
 * What kind of file a path names. Rules see `production` files only, unless they say otherwise: tests, fixtures,
 * generated and vendored code are where a reviewer's comments are noise.
 */
export type FileKind =
  | 'production'
  | 'test'
  | 'script'
  | 'migration'
  | 'client'
  | 'docs'
  | 'config'
  | 'generated'
  | 'vendored';

/** An example of a rule: it is the test and the documentation. */
export interface Example {
  /** Path of the example file; decides its language. Default: the rule's first language. */
  readonly path?: string;
  /** Code. In a bad example, `>` in the first column marks exactly the lines that must be flagged. */
  readonly code: string;
  /** For rules about change: the file before. Absent = the whole file is new. In a bad example `>` marks removed lines that must be flagged. */
  readonly before?: string;
  /** Other files of the repository that the example needs, by path (package.json, a schema). */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * A rule is a value in one file. `F` is the shape of the facts it asks.
 */
export interface Rule<F> {
  /** Kebab-case, equal to its file's name, unique over all lessons, stable: policies and suppressions name it. */
  readonly id: string;
  readonly lesson: LessonNumber;
  readonly severity: Severity;
  /** What is wrong and what to do, one sentence. */
  readonly summary: string;
  /** Why it matters in production: two or three sentences that teach. */
  readonly why: string;
  /** What to do, in order. */
  readonly fix: string;
  /** File kinds in which the rule speaks. Default `['production']`. */
  readonly kinds?: readonly FileKind[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
  /** Yields matches. Asks facts only: no I/O, no syntax tree. */
  check(facts: F): Iterable<Match>;
}
