import type { Conclusion } from './verdict.ts';

/** What an earlier review of this pull request said at one place, read back from GitHub at the start. */
export interface EarlierComment {
  readonly fingerprint: string;
  readonly commentId: number;
  /** GraphQL ids, for minimising and resolving. */
  readonly nodeId: string;
  readonly threadId?: string;
  readonly body: string;
  readonly state: 'open' | 'fixed';
  /** A person (not the app) resolved the thread: that is final. */
  readonly resolvedByHuman: boolean;
  readonly humanReplied: boolean;
  readonly outdated: boolean;
}

/** What was said before, and what people decided about it. */
export interface Earlier {
  readonly comments: readonly EarlierComment[];
  /** Fingerprints that people dismissed: they are neither commented nor counted. */
  readonly dismissed: ReadonlySet<string>;
}

export interface PlannedComment {
  readonly fingerprint: string;
  readonly path: string;
  readonly line: number;
  /** Absent for a single line. */
  readonly startLine?: number;
  readonly side: 'LEFT' | 'RIGHT';
  readonly body: string;
}

export interface PlannedClosing {
  readonly commentId: number;
  readonly nodeId: string;
  readonly threadId?: string;
  readonly fingerprint: string;
  readonly body: string;
  /** Hide it (GraphQL minimizeComment): never when a person replied. */
  readonly minimise: boolean;
  readonly resolve: boolean;
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface CheckReport {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** Everything a review will write, decided before the first write. */
export interface ReviewPlan {
  readonly head: string;
  /** Absent when there is nothing new to comment. */
  readonly reviewBody?: string;
  readonly comments: readonly PlannedComment[];
  /** Comments whose findings came back after they had been marked fixed. */
  readonly reopen: readonly { readonly commentId: number; readonly nodeId: string; readonly body: string }[];
  readonly close: readonly PlannedClosing[];
  /** Findings that nobody has dismissed and no baseline knows. */
  readonly standing: number;
  readonly check: CheckReport;
}
