import { setTimeout as sleep } from 'node:timers/promises';
import type { JobResult, JobWithMetadata } from 'pg-boss';
import type { Database } from './database.ts';
import {
  type AttemptEnded,
  JobCancelled,
  JobDeadlinePassed,
  JobFailedForGood,
  type JobHandler,
  JobReleased,
  JobRetryLater,
  type QueueOptions,
  type WorkOptions,
} from './job.ts';
import { isWindingDown, sayEnded, setBackOff, setRetryIn } from './job-table.ts';

/** A job that this process is running. */
export interface Running {
  abort(reason: Error): void;
}

interface Surroundings<T> {
  readonly working: WorkOptions;
  readonly handler: JobHandler<T>;
  readonly running: Map<string, Running>;
  readonly database: Database;
  readonly options: QueueOptions;
}

/** What is kept of an error in the database: a bounded message, no stack, nothing of what the error carried along. */
function reasonOf(error: unknown): { name: string; message: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message: message.slice(0, 2000) };
}

/**
 * Waits for a superseded job of the same group to return: it is aborted, but a request that it has sent already may still take
 * effect, and the next one must read the world after that.
 */
async function predecessorEnded<T>(
  name: string,
  group: string,
  { database, options }: Surroundings<T>,
  signal: AbortSignal,
): Promise<void> {
  while (await isWindingDown(database, name, group, options.lostAfterSeconds ?? 15)) {
    await sleep(50, undefined, { signal });
  }
  signal.throwIfAborted();
}

/** Runs one attempt at a job and says how pg-boss shall settle it. Never rejects because of the handler. */
export async function runAttempt<T>(job: JobWithMetadata<T>, around: Surroundings<T>): Promise<JobResult> {
  const { working, handler, running, database, options } = around;
  const started = Date.now();
  const own = new AbortController();
  const deadline = setTimeout(
    () => own.abort(new JobDeadlinePassed(`the job took more than ${working.deadlineSeconds} s`)),
    working.deadlineSeconds * 1000,
  );
  // pg-boss aborts its signal when the row is no longer ours: cancelled or superseded by another process.
  const lost = () => own.abort(new JobCancelled('the job was cancelled or superseded'));
  job.signal.addEventListener('abort', lost, { once: true });
  running.set(job.id, { abort: (reason) => own.abort(reason) });

  const ended = (outcome: AttemptEnded['outcome']) =>
    options.onAttempt?.({
      name: job.name,
      outcome,
      seconds: (Date.now() - started) / 1000,
      waitedSeconds: Math.max(0, (job.startedOn.getTime() - job.startAfter.getTime()) / 1000),
    });
  const lastAttempt = job.retryCount >= job.retryLimit;
  try {
    if (job.groupId) await predecessorEnded(job.name, job.groupId, around, own.signal);
    await handler({ id: job.id, data: job.data, attempt: job.retryCount + 1, lastAttempt, signal: own.signal });
    ended('completed');
    return { id: job.id, status: 'completed' };
  } catch (error) {
    const { reason } = own.signal;
    const fields = { job: job.name, jobId: job.id, attempt: job.retryCount + 1, err: error };
    if (reason instanceof JobCancelled || reason instanceof JobReleased) {
      options.log.info({ ...fields, err: undefined, reason: reason.message }, 'job given up');
      ended(reason instanceof JobReleased ? 'released' : 'cancelled');
      return { id: job.id, status: 'failed', output: reasonOf(reason) };
    }
    if (error instanceof JobFailedForGood) {
      options.log.error(fields, 'job failed for good');
      ended('failed');
      return { id: job.id, status: 'deadletter', output: reasonOf(error) };
    }
    if (error instanceof JobRetryLater) await setRetryIn(database, job.id, error.seconds);
    else if (!job.retryBackoff) await setBackOff(database, job.id, options.retryDelaySeconds ?? 2);
    const again = error instanceof JobRetryLater || !lastAttempt;
    options.log[again ? 'warn' : 'error'](fields, again ? 'job failed and will be tried again' : 'job failed');
    ended(again ? 'retry' : 'failed');
    return { id: job.id, status: 'failed', output: reasonOf(error) };
  } finally {
    clearTimeout(deadline);
    job.signal.removeEventListener('abort', lost);
    running.delete(job.id);
    // Whether it was cancelled, another process may know alone. Unsaid, the next of the group waits a few seconds.
    if (job.groupId)
      await sayEnded(database, job.id).catch((error: unknown) =>
        options.log.warn({ err: error }, 'the end of a job could not be said'),
      );
  }
}
