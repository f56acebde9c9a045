/**
 * The words of the program. Everything here is plain, readonly data: a snapshot can be sent to a worker thread, stored,
 * printed and compared.
 */

import type { Link } from './links.ts';

/** Worst last. `error` fails the check by default, `warning` is commented on, `notice` is shown in the check only. */
export const severities = ['notice', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/** The ten lessons in teaching order; the number is part of the public contract. */
export const lessonSlugs = [
  'scale',
  'logging',
  'query-limits',
  'validation',
  'async-work',
  'graceful-failure',
  'secrets',
  'monitoring',
  'n-plus-one',
  'api-contract',
] as const;
export type LessonSlug = (typeof lessonSlugs)[number];
export type LessonNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A run of a unified diff, as GitHub draws it: only lines inside a hunk can carry a review comment. Lines are 1-based. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

export type FileStatus = 'added' | 'modified' | 'removed' | 'renamed';

/** One changed file. `before` and `after` are whole texts; either is absent where the file does not exist on that side. */
export interface SourceFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  readonly before?: string;
  readonly after?: string;
  /** 1-based line numbers of `after` that the change adds, ascending. */
  readonly added: readonly number[];
  /** 1-based line numbers of `before` that the change removes, ascending. */
  readonly removed: readonly number[];
  readonly hunks: readonly Hunk[];
}

/** An unchanged file, read because a rule's question needs it (package.json, a schema, an imported helper). */
export interface ContextFile {
  readonly path: string;
  readonly text: string;
  /** The same file at the base, where it differs is not known: changed files are in `Snapshot.files`. */
  readonly blob?: string;
}

/** A changed file that was not analysed, and the reason in words for the check's summary. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
}

/** A line added in one commit and gone by the head: only the secrets scanner looks at these. */
export interface BurntLines {
  readonly commit: string;
  readonly path: string;
  readonly text: string;
}

/** Everything a review may know, read before anything is decided. */
export interface Snapshot {
  /** Commit of the head and merge base, or any names a local source gives them. */
  readonly head: string;
  readonly base: string;
  readonly files: readonly SourceFile[];
  readonly context: readonly ContextFile[];
  /** Paths of the repository at the head, when the source could list them: evidence that something does *not* exist. */
  readonly tree?: readonly string[];
  readonly unread: readonly Unread[];
  readonly burnt?: readonly BurntLines[];
}

/** What a rule yields. It names a place and words, never the text at that place: secrets do not travel. */
export interface Match {
  /** 1-based line of the head's text, or of the base's where `side` is `before`. */
  readonly line: number;
  readonly endLine?: number;
  /** `before`: the match is on a removed line (a dropped route, a removed field). */
  readonly side?: 'before' | 'after';
  /** Why here: the evidence, one sentence, already free of anything secret. May quote identifiers in backticks. */
  readonly because?: string;
  /** Pages that help with what stands here (where a token is revoked). */
  readonly links?: readonly Link[];
  /** Overrides the rule's severity where the evidence is stronger or weaker. */
  readonly severity?: Severity;
  /** Replacement of the lines `line`..`endLine`, offered only when it proves itself. */
  readonly fix?: Fix;
  /** Distinguishes matches whose code must not enter a fingerprint (a secret's keyed hash). */
  readonly key?: string;
  /**
   * The change is what matters, wherever the line stands: keep the match although no added line touches it
   * (a removed health route, a contract that lost a field).
   */
  readonly anywhere?: boolean;
}

export interface Fix {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

export interface Finding {
  readonly rule: string;
  readonly lesson: LessonNumber;
  readonly severity: Severity;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly side: 'before' | 'after';
  /** What is wrong and what to do, one sentence, from the rule. */
  readonly message: string;
  readonly because?: string;
  readonly links?: readonly Link[];
  readonly fix?: Fix;
  /** 16 hex characters, free of line numbers and of wording. */
  readonly fingerprint: string;
  /** Other places of the same rule folded into this one. */
  readonly also?: readonly { readonly path: string; readonly line: number }[];
}

/** A rule or a reader that failed on a file: the review goes on and says so. */
export interface Fault {
  readonly path: string;
  readonly what: string;
}

export interface Coverage {
  readonly files: number;
  readonly filesAnalysed: number;
  readonly addedLines: number;
  readonly addedLinesAnalysed: number;
  readonly unread: readonly Unread[];
}

/** An ignore comment found in the change, used or not: the check shows them. */
export interface Suppression {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
  readonly used: boolean;
  readonly addedHere: boolean;
}

export interface Review {
  readonly findings: readonly Finding[];
  readonly faults: readonly Fault[];
  readonly coverage: Coverage;
  readonly suppressions: readonly Suppression[];
  /** Sentences for the check's summary that are not findings ("3 non-breaking contract changes: …"). */
  readonly notes: readonly string[];
}
