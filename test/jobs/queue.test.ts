import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/jobs/database.ts';
import {
  type AttemptEnded,
  type Job,
  JobCancelled,
  JobDeadlinePassed,
  JobFailedForGood,
  JobReleased,
  JobRetryLater,
  type Queue,
} from '../../src/jobs/job.ts';
import { openDatabase } from '../../src/jobs/open-database.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { startPostgres } from '../postgres.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const postgres = await startPostgres();
afterAll(async () => {
  await postgres?.stop();
});

const kinds = postgres ? (['pglite', 'postgres'] as const) : (['pglite'] as const);

describe.each(kinds)('the queue on %s', (kind) => {
  let database: Database;
  let queue: Queue;
  let folder: string;
  const attempts: AttemptEnded[] = [];
  let names = 0;
  /** A queue name no other test uses. */
  const fresh = () => `job-${++names}`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hindsight-jobs-'));
    const databaseUrl = kind === 'postgres' ? await postgres?.createDatabase('jobs') : undefined;
    database = await openDatabase({ databaseUrl, dataDir: folder });
    queue = await openQueue(database, {
      log: silent,
      retryLimit: 1,
      pollSeconds: 0.5,
      retryDelaySeconds: 1,
      onAttempt: (attempt) => attempts.push(attempt),
    });
  });
  afterAll(async () => {
    await queue.stop({ drainSeconds: 0 });
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const work = { concurrency: 2, deadlineSeconds: 60 };
  const stateOf = async (name: string) =>
    (await database.query<{ state: string }>('SELECT state::text FROM hindsight_jobs.job WHERE name = $1', [name])).map(
      (row) => row.state,
    );
  const outcomesOf = (name: string) => attempts.filter((one) => one.name === name).map(({ outcome }) => outcome);
  const deadLettersOf = (name: string) =>
    database.query<{ source_output: { name: string; message: string } }>(
      "SELECT source_output FROM hindsight_jobs.job WHERE name = 'dead-letter' AND source_name = $1",
      [name],
    );

  test('gives a job to its handler, with its data, and completes it', async () => {
    const name = fresh();
    const seen = deferred<Job<{ pull: number }>>();
    await queue.work<{ pull: number }>(name, work, async (job) => seen.resolve(job));
    await queue.send(name, { pull: 7 });
    const job = await seen.promise;
    expect(job).toMatchObject({ data: { pull: 7 }, attempt: 1, lastAttempt: false });
    await until(async () => (await stateOf(name))[0] === 'completed');
    expect(outcomesOf(name)).toEqual(['completed']);
  });

  test('stores one job for a key while it waits, and another once it is over', async () => {
    const name = fresh();
    expect(await queue.send(name, {}, { key: 'a' })).toHaveProperty('id');
    expect(await queue.send(name, {}, { key: 'a' })).toBe('duplicate');
    expect(await queue.send(name, {}, { key: 'b' })).toHaveProperty('id');
    await queue.work(name, work, async () => {});
    await until(async () => (await stateOf(name)).every((state) => state === 'completed'));
    expect(await queue.send(name, {}, { key: 'a' })).toHaveProperty('id');
  });

  test('keeps jobs without a key apart', async () => {
    const name = fresh();
    expect(await queue.send(name, {})).toHaveProperty('id');
    expect(await queue.send(name, {})).toHaveProperty('id');
  });

  test('lets a newer job replace the waiting and the running ones of its group', async () => {
    const name = fresh();
    const started = deferred<void>();
    const reason = deferred<unknown>();
    const done: number[] = [];
    await queue.work<{ n: number }>(name, work, async ({ data, signal }) => {
      if (data.n > 1) {
        done.push(data.n);
        return;
      }
      started.resolve();
      reason.resolve(await abortOf(signal));
      throw new Error('given up');
    });
    await queue.send(name, { n: 1 }, { key: 'head-1', supersedes: 'pull' });
    await started.promise;
    await queue.send(name, { n: 2 }, { key: 'head-2', supersedes: 'pull', startAfterSeconds: 60 });
    await queue.send(name, { n: 3 }, { key: 'head-3', supersedes: 'pull' });
    // The row is settled a moment after the handler has returned.
    await until(async () => (await stateOf(name)).every((state) => state === 'completed' || state === 'cancelled'));
    await until(async () => outcomesOf(name).length === 2);
    expect(await reason.promise).toBeInstanceOf(JobCancelled);
    expect(done).toEqual([3]);
    expect((await stateOf(name)).sort()).toEqual(['cancelled', 'cancelled', 'completed']);
    expect(outcomesOf(name).sort()).toEqual(['cancelled', 'completed']);
  });

  test('starts the newer job of a group when the one it replaces has returned', async () => {
    const name = fresh();
    const started = deferred<void>();
    const events: string[] = [];
    await queue.work<{ n: number }>(name, work, async ({ data, signal }) => {
      events.push(`start ${data.n}`);
      if (data.n === 1) {
        started.resolve();
        await abortOf(signal);
        await sleep(300);
      }
      events.push(`end ${data.n}`);
    });
    await queue.send(name, { n: 1 }, { key: 'head-1', supersedes: 'pull' });
    await started.promise;
    await queue.send(name, { n: 2 }, { key: 'head-2', supersedes: 'pull' });
    await until(async () => events.includes('end 2'));
    expect(events).toEqual(['start 1', 'end 1', 'start 2', 'end 2']);
  });

  test('of ten sends for one group at the same time exactly one survives', async () => {
    const name = fresh();
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => queue.send(name, { n }, { key: `head-${n}`, supersedes: 'pull' })),
    );
    expect((await stateOf(name)).filter((state) => state === 'created')).toHaveLength(1);
  });

  test('runs the jobs of one group one at a time', async () => {
    const name = fresh();
    let now = 0;
    let most = 0;
    let done = 0;
    await queue.work(name, { ...work, concurrency: 3 }, async () => {
      most = Math.max(most, ++now);
      await sleep(100);
      now--;
      done++;
    });
    for (let n = 0; n < 3; n++) await queue.send(name, { n }, { group: 'pull' });
    await until(async () => done === 3);
    expect(most).toBe(1);
  });

  test('leaves it to the database that no second job of a group can be taken', async () => {
    const name = fresh();
    for (let n = 0; n < 2; n++) await queue.send(name, { n }, { group: 'pull' });
    const takeAll = database.query("UPDATE hindsight_jobs.job SET state = 'active' WHERE name = $1", [name]);
    await expect(takeAll).rejects.toMatchObject({ code: '23505' });
    expect(await stateOf(name)).toEqual(['created', 'created']);
  });

  test('tries a failing job again, says which attempt is the last, and keeps the reason of the end', async () => {
    const name = fresh();
    const seen: [number, boolean][] = [];
    await queue.work(name, work, async ({ attempt, lastAttempt }) => {
      seen.push([attempt, lastAttempt]);
      throw new Error(`attempt ${attempt} failed`);
    });
    await queue.send(name, {});
    await until(async () => (await stateOf(name))[0] === 'failed');
    expect(seen).toEqual([
      [1, false],
      [2, true],
    ]);
    expect((await deadLettersOf(name))[0]?.source_output).toMatchObject({ message: 'attempt 2 failed' });
    expect(outcomesOf(name)).toEqual(['retry', 'failed']);
  });

  test('ends a job that can never succeed at once', async () => {
    const name = fresh();
    await queue.work(name, work, async () => {
      throw new JobFailedForGood('the repository is gone');
    });
    await queue.send(name, {});
    await until(async () => (await stateOf(name))[0] === 'failed');
    expect(outcomesOf(name)).toEqual(['failed']);
    expect((await deadLettersOf(name))[0]?.source_output).toMatchObject({
      name: 'JobFailedForGood',
      message: 'the repository is gone',
    });
  });

  test('waits as long as the handler asks, without using up attempts', async () => {
    const name = fresh();
    const seen: { at: number; lastAttempt: boolean }[] = [];
    await queue.work(name, work, async ({ lastAttempt }) => {
      seen.push({ at: Date.now(), lastAttempt });
      if (seen.length < 3) throw new JobRetryLater(1, 'rate limited');
    });
    await queue.send(name, {});
    await until(async () => (await stateOf(name))[0] === 'completed');
    expect(seen.map(({ lastAttempt }) => lastAttempt)).toEqual([false, false, false]);
    expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(900);
  });

  test('aborts the signal at the deadline', async () => {
    const name = fresh();
    const reason = deferred<unknown>();
    await queue.work(name, { concurrency: 1, deadlineSeconds: 1 }, async ({ signal }) => {
      reason.resolve(await abortOf(signal));
    });
    await queue.send(name, {});
    expect(await reason.promise).toBeInstanceOf(JobDeadlinePassed);
  });

  test('cancels by key and by group', async () => {
    const name = fresh();
    await queue.send(name, {}, { key: 'one', group: 'pull-1' });
    await queue.send(name, {}, { key: 'two', group: 'pull-2' });
    expect(await queue.cancel(name, { key: 'one' })).toBe(1);
    expect(await queue.cancel(name, { group: 'pull-2' })).toBe(1);
    expect(await stateOf(name)).toEqual(['cancelled', 'cancelled']);
  });

  test('takes the more urgent job first', async () => {
    const name = fresh();
    const order: string[] = [];
    await queue.send(name, { who: 'later' });
    await queue.send(name, { who: 'sooner' }, { priority: 5 });
    await queue.work<{ who: string }>(name, { concurrency: 1, deadlineSeconds: 60 }, async ({ data }) => {
      order.push(data.who);
    });
    await until(async () => order.length === 2);
    expect(order).toEqual(['sooner', 'later']);
  });

  test('sends a scheduled job at the start and then every period', async () => {
    const name = fresh();
    let runs = 0;
    await queue.work(name, work, async () => {
      runs++;
    });
    await queue.schedule(name, 1);
    await until(async () => runs >= 2);
  });

  test('sends a scheduled job once more soon after the start where that is asked for', async () => {
    const name = fresh();
    let runs = 0;
    await queue.work(name, work, async () => {
      runs++;
    });
    await queue.schedule(name, 3600, 1);
    await until(async () => runs === 2);
  });

  test('counts jobs by state and tells the age of the oldest that waits', async () => {
    const name = fresh();
    await queue.send(name, {});
    await queue.send(name, {}, { startAfterSeconds: 600 });
    const { jobs, oldest } = await queue.counts();
    expect(jobs).toContainEqual({ name, state: 'created', count: 2 });
    expect(oldest.find((one) => one.name === name)?.seconds).toBeGreaterThanOrEqual(0);
  });

  test('rolls a transaction back when its work rejects', async () => {
    await database.query('CREATE TABLE IF NOT EXISTS attempts (id bigint)');
    const failing = database.transaction(async (query) => {
      await query('INSERT INTO attempts VALUES ($1)', [1]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.query('SELECT count(*) AS count FROM attempts')).toEqual([{ count: 0 }]);
    await database.ping();
  });
});

describe.each(kinds)('stopping on %s', (kind) => {
  test('a job that outlives the grace is given back and taken up by the next process, its attempt not counted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hindsight-stop-'));
    const databaseUrl = kind === 'postgres' ? await postgres?.createDatabase('stopping') : undefined;
    const started = deferred<void>();
    const reason = deferred<unknown>();
    const first = await open();
    await first.queue.work('review', { concurrency: 1, deadlineSeconds: 60 }, async ({ signal }) => {
      started.resolve();
      reason.resolve(await abortOf(signal));
      throw new Error('given up');
    });
    await first.queue.send('review', { n: 1 }, { key: 'head' });
    await started.promise;
    await first.queue.stop({ drainSeconds: 0.1 });
    await first.database.close();
    expect(await reason.promise).toBeInstanceOf(JobReleased);
    expect(first.outcomes).toEqual(['released']);
    expect(first.queue.healthy()).toBe(false);

    const second = await open();
    const again = deferred<Job>();
    await second.queue.work('review', { concurrency: 1, deadlineSeconds: 60 }, async (job) => again.resolve(job));
    const job = await again.promise;
    expect(job).toMatchObject({ data: { n: 1 }, lastAttempt: false });
    await second.queue.stop({ drainSeconds: 5 });
    await second.database.close();
    rmSync(folder, { recursive: true, force: true });

    async function open() {
      const outcomes: string[] = [];
      const database = await openDatabase({ databaseUrl, dataDir: folder });
      const queue = await openQueue(database, {
        log: silent,
        retryLimit: 1,
        // Only the database's word that a job is there can wake a worker within the time of this test.
        pollSeconds: 600,
        onAttempt: ({ outcome }) => outcomes.push(outcome),
      });
      return { database, queue, outcomes };
    }
  });
});

function deferred<T>() {
  return Promise.withResolvers<T>();
}

/** Resolves to the reason when the signal is aborted. */
function abortOf(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(holds: () => Promise<boolean>, milliseconds = 60_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await sleep(50);
  }
}
