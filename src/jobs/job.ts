/** One attempt at a job, as its handler sees it. */
export interface Job<T = unknown> {
  readonly id: string;
  readonly data: T;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** True when a failure now is the end: the handler should leave the world tidy. */
  readonly lastAttempt: boolean;
  /**
   * Aborted when the deadline has passed, when a newer job superseded this one, when it was cancelled, or when the
   * process is asked to stop and its grace is over. `signal.reason` is one of the errors below.
   */
  readonly signal: AbortSignal;
}

export type JobHandler<T> = (job: Job<T>) => Promise<void>;

/** Thrown by a handler: this job can never succeed. It ends at once, without another attempt, and its reason is kept. */
export class JobFailedForGood extends Error {
  override readonly name = 'JobFailedForGood';
}

/** Thrown by a handler: try again in so many seconds, not sooner. Does not use up an attempt (a rate limit is nobody's fault). */
export class JobRetryLater extends Error {
  override readonly name = 'JobRetryLater';
  readonly seconds: number;
  constructor(seconds: number, message: string) {
    super(message);
    this.seconds = Math.max(1, Math.ceil(seconds));
  }
}

/** Reason of the signal: the job's deadline has passed. */
export class JobDeadlinePassed extends Error {
  override readonly name = 'JobDeadlinePassed';
}

/** Reason of the signal: the job was cancelled, or a newer one superseded it. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
}

/** Reason of the signal: the process stops. The job goes back to the queue and is not counted as an attempt. */
export class JobReleased extends Error {
  override readonly name = 'JobReleased';
}

export interface SendOptions {
  /** While a job of this name and key waits or runs, another is not stored: `send` answers `'duplicate'`. */
  readonly key?: string;
  /** Jobs of one group run one at a time, over all processes. */
  readonly group?: string;
  /** The group whose other waiting and running jobs this one replaces. Implies `group`. */
  readonly supersedes?: string;
  readonly startAfterSeconds?: number;
  /** Higher first. Default 0. */
  readonly priority?: number;
}

export interface WorkOptions {
  /** Jobs of this name at the same time in this process. */
  readonly concurrency: number;
  /** After so many seconds the signal is aborted with `JobDeadlinePassed`. */
  readonly deadlineSeconds: number;
}

/** Told to the observer (metrics) when an attempt ends. */
export interface AttemptEnded {
  readonly name: string;
  readonly outcome: 'completed' | 'retry' | 'failed' | 'cancelled' | 'released';
  readonly seconds: number;
  /** Time from when the job could run to when it started. */
  readonly waitedSeconds: number;
}

export interface QueueCounts {
  /** Jobs by name and state (`created`, `retry`, `active`, `completed`, `cancelled`, `failed`). */
  readonly jobs: readonly { readonly name: string; readonly state: string; readonly count: number }[];
  /** Age in seconds of the oldest job that could run and does not, by name. */
  readonly oldest: readonly { readonly name: string; readonly seconds: number }[];
}

export interface Queue {
  /** Stores a job. Resolves only when it is stored. */
  send(name: string, data: object, options?: SendOptions): Promise<{ readonly id: string } | 'duplicate'>;
  /** Starts taking jobs of this name. */
  work<T>(name: string, options: WorkOptions, handler: JobHandler<T>): Promise<void>;
  /**
   * Sends an empty job of this name now and then every so many seconds, once over all processes; where `soonAfterSeconds` is
   * given, once more so long after now.
   */
  schedule(name: string, everySeconds: number, soonAfterSeconds?: number): Promise<void>;
  /** Cancels waiting and running jobs by their key, or by their group. Gives how many. */
  cancel(name: string, by: { readonly key: string } | { readonly group: string }): Promise<number>;
  counts(): Promise<QueueCounts>;
  /** False once it is stopping, or when the queue's own work on the database has been failing. */
  healthy(): boolean;
  /** Takes no more jobs, gives the running ones `drainSeconds`, then returns them to the queue. */
  stop(options: { readonly drainSeconds: number }): Promise<void>;
}

/** Where log lines go: pino's shape. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** How a queue is opened. */
export interface QueueOptions {
  readonly log: Log;
  /** Told when an attempt ends. */
  readonly onAttempt?: (attempt: AttemptEnded) => void;
  /** Attempts after the first. Default 6: with the back-off, about ten minutes. */
  readonly retryLimit?: number;
  /** Shortest back-off in seconds. Default 2. */
  readonly retryDelaySeconds?: number;
  /** How often each worker looks for jobs that are due without having been announced (retries). Default 2, at least 0.5. */
  readonly pollSeconds?: number;
  /** A running job not heard of for so long is taken by another process. Default 15, at least 10. */
  readonly lostAfterSeconds?: number;
}
