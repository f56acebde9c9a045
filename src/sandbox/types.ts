/**
 * The state of the sandbox: what GitHub keeps in its tables. Mutable on purpose, one process, one owner (`World`);
 * everything that is in git lives in git and is not repeated here.
 */

export type Level = 'read' | 'write';
export type Permissions = Readonly<Record<string, Level>>;

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
}

export interface Installation {
  readonly id: number;
  readonly account: User;
  permissions: Permissions;
  events: readonly string[];
  suspended: boolean;
  removed: boolean;
}

export interface Token {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  expiresAt: number;
  /** Names of the repositories it was narrowed to; absent = all of the installation. */
  readonly repositories?: readonly string[];
}

export interface Repository {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly defaultBranch: string;
  /** A bare repository. A fork shares its parent's, as on GitHub; `refs` keeps their branches apart. */
  readonly gitDir: string;
  readonly refs: string;
  readonly fork: boolean;
  readonly createdAt: number;
  installation: Installation | undefined;
  readonly collaborators: Map<string, 'admin' | 'write' | 'read'>;
  readonly pulls: Map<number, Pull>;
  nextNumber: number;
  readonly suites: CheckSuite[];
  readonly runs: CheckRun[];
}

export interface Pull {
  readonly id: number;
  readonly repository: Repository;
  readonly number: number;
  title: string;
  body: string;
  readonly author: User;
  draft: boolean;
  state: 'open' | 'closed';
  mergedAt: number | undefined;
  baseRef: string;
  readonly headRef: string;
  readonly headRepository: Repository;
  headSha: string;
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | undefined;
  readonly reviews: Review[];
  readonly threads: Thread[];
  readonly comments: IssueComment[];
}

export interface Review {
  readonly id: number;
  readonly pull: Pull;
  readonly author: User;
  body: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly commit: string;
  readonly submittedAt: number;
}

export type Side = 'LEFT' | 'RIGHT';

export interface Thread {
  readonly id: number;
  readonly pull: Pull;
  readonly path: string;
  readonly side: Side;
  readonly startSide: Side | undefined;
  readonly subject: 'line' | 'file';
  readonly originalCommit: string;
  readonly originalLine: number | undefined;
  readonly originalStartLine: number | undefined;
  readonly hunk: string;
  /** Where it stands in the diff of today; undefined = outdated (or a comment on the file). */
  line: number | undefined;
  startLine: number | undefined;
  commit: string;
  resolvedBy: User | undefined;
  readonly comments: ReviewComment[];
}

export interface ReviewComment {
  readonly id: number;
  readonly thread: Thread;
  readonly review: Review;
  readonly author: User;
  body: string;
  readonly createdAt: number;
  updatedAt: number;
  minimized: string | undefined;
  readonly reactions: Reaction[];
}

export interface IssueComment {
  readonly id: number;
  readonly pull: Pull;
  readonly author: User;
  body: string;
  readonly createdAt: number;
  updatedAt: number;
  minimized: string | undefined;
  readonly reactions: Reaction[];
}

export interface Reaction {
  readonly id: number;
  readonly user: User;
  readonly content: string;
  readonly createdAt: number;
}

export interface CheckSuite {
  readonly id: number;
  readonly repository: Repository;
  readonly headSha: string;
  readonly headBranch: string | undefined;
  readonly createdAt: number;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | undefined;
  startedAt: number;
  completedAt: number | undefined;
  detailsUrl: string | undefined;
  externalId: string;
  title: string | undefined;
  summary: string | undefined;
  text: string | undefined;
  readonly annotations: Annotation[];
  actions: readonly CheckAction[];
}
