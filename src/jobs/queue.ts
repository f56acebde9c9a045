import type { JobWithMetadata } from 'pg-boss';
import { type Running, runAttempt } from './attempt.ts';
import { createJobQueue, createPulse, startBoss } from './boss.ts';
import type { Database } from './database.ts';
import type { JobHandler, Queue, QueueCounts, QueueOptions, SendOptions, WorkOptions } from './job.ts';
import { JobCancelled, JobReleased } from './job.ts';
import { allowOneOfAGroup, countJobs, recoverActive, releaseActive, schema } from './job-table.ts';

/** A running job says so this often; it also learns so that it was cancelled by another process. */
const heartbeatEverySeconds = 2;

/**
 * Opens the job queue on a database: pg-boss, woken by LISTEN/NOTIFY, with polling every two seconds beneath it.
 * On the embedded database the folder lock proves that no other process lives, so jobs that a killed process left running
 * are put back at once; on a server their heartbeat decides.
 */
export async function openQueue(database: Database, options: QueueOptions): Promise<Queue> {
  const { log } = options;
  const pulse = createPulse();
  const boss = await startBoss(database, log, pulse);
  if (database.kind === 'pglite') {
    const recovered = await recoverActive(boss, database);
    if (recovered > 0) log.warn({ jobs: recovered }, 'jobs of a process that was killed are taken up again');
  }

  await allowOneOfAGroup(database);

  const known = new Map<string, Promise<void>>();
  const running = new Map<string, Running>();
  const timers: NodeJS.Timeout[] = [];
  let stopping = false;

  function ensure(name: string): Promise<void> {
    let created = known.get(name);
    if (!created) {
      created = createJobQueue(boss, name, options);
      known.set(name, created);
      // Whoever asked hears of the failure; the next one may try again.
      created.catch(() => known.delete(name));
    }
    return created;
  }

  async function send(name: string, data: object, sending: SendOptions = {}) {
    await ensure(name);
    const group = sending.supersedes ?? sending.group;
    const insert = (db?: Parameters<typeof boss.send>[2]) =>
      boss.send(name, data, {
        // `exclusive` takes all jobs without a key for the same job.
        singletonKey: sending.key ?? crypto.randomUUID(),
        ...(group ? { group: { id: group } } : {}),
        ...(sending.startAfterSeconds ? { startAfter: sending.startAfterSeconds } : {}),
        ...(sending.priority ? { priority: sending.priority } : {}),
        ...db,
      });
    const id = sending.supersedes
      ? await database.transaction(async (query) => {
          // Two sends for one group at once would each miss the other's job.
          await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${name}:${group}`]);
          const stored = await insert({
            db: { executeSql: async (sql, values) => ({ rows: await query(sql, values) }) },
          });
          if (stored) await cancelWhere(query, 'name = $1 AND group_id = $2 AND id <> $3', [name, group, stored]);
          return stored;
        })
      : await insert();
    pulse.beat();
    return id ? { id } : ('duplicate' as const);
  }

  async function cancelWhere(query: Database['query'], where: string, params: unknown[]): Promise<number> {
    const rows = await query<{ id: string }>(
      `UPDATE ${schema}.job SET state = 'cancelled', completed_on = now() WHERE ${where} AND state < 'completed' RETURNING id`,
      params,
    );
    for (const { id } of rows) running.get(id)?.abort(new JobCancelled('the job was cancelled or superseded'));
    return rows.length;
  }

  async function work<T>(name: string, working: WorkOptions, handler: JobHandler<T>): Promise<void> {
    await ensure(name);
    // The signal is aborted at the deadline; a handler that has not returned half a minute later is given up.
    await boss.updateQueue(name, { expireInSeconds: working.deadlineSeconds + 30 });
    for (let n = 0; n < working.concurrency; n++) {
      let worker = '';
      worker = await boss.work(
        name,
        {
          includeMetadata: true,
          perJobResults: true,
          pollingIntervalSeconds: options.pollSeconds ?? 2,
          notifyPollingIntervalSeconds: options.pollSeconds ?? 2,
          heartbeatRefreshSeconds: heartbeatEverySeconds,
          groupConcurrency: 1,
        },
        async ([job]: JobWithMetadata<T>[]) => {
          if (!job) return [];
          const result = await runAttempt(job, { working, handler, running, database, options });
          pulse.beat();
          // Do not wait for the next poll when there may be more to do.
          if (!stopping) boss.notifyWorker(worker);
          return [result];
        },
      );
    }
  }

  async function schedule(name: string, everySeconds: number, soonAfterSeconds?: number): Promise<void> {
    const tick = (slot: object) =>
      boss.send(name, {}, { singletonKey: 'schedule', ...slot }).catch((error: Error) => {
        log.warn({ err: error, job: name }, 'a scheduled job could not be stored');
      });
    await ensure(name);
    await tick({});
    if (soonAfterSeconds !== undefined) timers.push(setTimeout(() => tick({}), soonAfterSeconds * 1000).unref());
    timers.push(setInterval(() => tick({ singletonSeconds: everySeconds }), everySeconds * 1000).unref());
  }

  async function stop({ drainSeconds }: { drainSeconds: number }): Promise<void> {
    if (stopping) return;
    stopping = true;
    for (const timer of timers) clearInterval(timer);
    const idle = Promise.allSettled([...known.keys()].map((name) => boss.offWork(name, { wait: true })));
    await Promise.race([idle, delay(drainSeconds * 1000)]);
    if (running.size > 0) {
      await releaseActive(database, [...running.keys()]).catch((error: unknown) => {
        log.error({ err: error }, 'running jobs could not be given back; their heartbeat will end');
      });
      for (const job of running.values()) job.abort(new JobReleased('the process stops'));
      await Promise.race([idle, delay(2000)]);
    }
    await boss.stop({ graceful: false, close: true });
  }

  return {
    send,
    work,
    schedule,
    stop,
    cancel: (name, by) =>
      'key' in by
        ? cancelWhere(database.query, 'name = $1 AND singleton_key = $2', [name, by.key])
        : cancelWhere(database.query, 'name = $1 AND group_id = $2', [name, by.group]),
    counts: (): Promise<QueueCounts> => countJobs(database),
    healthy: () => !stopping && pulse.healthy(),
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
