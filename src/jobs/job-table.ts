/**
 * What we ask pg-boss's table directly, because its API has no word for it. Columns are those of pg-boss 12
 * (dist/plans.js, "create table job"); the tests of this folder run over each of these statements.
 */
import type { PgBoss } from 'pg-boss';
import type { Database } from './database.ts';
import type { QueueCounts } from './job.ts';

/** The schema that holds the queue: a name of ours, so that another pg-boss in the same database is not disturbed. */
export const schema = 'hindsight_jobs';

/** Where jobs that ended without success are copied. */
export const deadLetters = 'dead-letter';

/**
 * Lets the database itself see to it that one job of a group runs at a time. `groupConcurrency` alone does not: two workers that
 * fetch at the same moment each see no running job and take one each. pg-boss reads the refusal (23505) as "nothing to do"
 * (dist/manager.js, `#fetch`), and the next look finds the job again.
 */
export async function allowOneOfAGroup(database: Database): Promise<void> {
  await database.query(
    `CREATE UNIQUE INDEX IF NOT EXISTS job_one_of_a_group ON ${schema}.job (name, group_id)
     WHERE state = 'active' AND group_id IS NOT NULL`,
  );
  await database.query(
    `CREATE INDEX IF NOT EXISTS job_cancelled_of_a_group ON ${schema}.job (name, group_id)
     WHERE state = 'cancelled' AND group_id IS NOT NULL`,
  );
}

/**
 * Whether a job of the group was cancelled while it ran and has not said since that it ended: what it had sent on its way may
 * still arrive. After `withinSeconds` its process is taken for dead.
 */
export async function isWindingDown(
  database: Database,
  name: string,
  group: string,
  withinSeconds: number,
): Promise<boolean> {
  const rows = await database.query(
    `SELECT 1 FROM ${schema}.job WHERE name = $1 AND group_id = $2 AND state = 'cancelled' AND started_on IS NOT NULL
     AND output IS NULL AND completed_on > now() - make_interval(secs => $3) LIMIT 1`,
    [name, group, withinSeconds],
  );
  return rows.length > 0;
}

/** If the job was cancelled, it has ended: the next of its group need not wait for it. */
export async function sayEnded(database: Database, id: string): Promise<void> {
  await database.query(
    `UPDATE ${schema}.job SET output = '{"message":"cancelled, and ended"}' WHERE id = $1 AND state = 'cancelled'`,
    [id],
  );
}

/**
 * Takes up the jobs that a killed process left running. Only for a database that no other process can have open. Each loses
 * one attempt, so that a job which kills the process cannot do so for ever.
 */
export async function recoverActive(boss: PgBoss, database: Database): Promise<number> {
  const active = await database.query<{ id: string; name: string }>(
    `SELECT id, name FROM ${schema}.job WHERE state = 'active' LIMIT 10000`,
  );
  for (const { id, name } of active) await boss.fail(name, id, { message: 'the process was killed' });
  await database.query(`UPDATE ${schema}.job SET start_after = now() WHERE id = ANY($1::uuid[]) AND state = 'retry'`, [
    active.map(({ id }) => id),
  ]);
  return active.length;
}

/** Puts running jobs back into the queue, to be taken at once, without using up an attempt. */
export async function releaseActive(database: Database, ids: readonly string[]): Promise<void> {
  await database.query(
    `UPDATE ${schema}.job SET state = 'retry', start_after = now(), heartbeat_on = NULL, retry_limit = retry_limit + 1
     WHERE id = ANY($1::uuid[]) AND state = 'active'`,
    [[...ids]],
  );
}

/** The next failure of this job waits exactly so long, and does not use up an attempt. */
export async function setRetryIn(database: Database, id: string, seconds: number): Promise<void> {
  await database.query(
    `UPDATE ${schema}.job SET retry_delay = $2, retry_backoff = false, retry_limit = retry_limit + 1
     WHERE id = $1 AND state = 'active'`,
    [id, seconds],
  );
}

/** Back to exponential back-off, after `setRetryIn`. */
export async function setBackOff(database: Database, id: string, seconds: number): Promise<void> {
  await database.query(
    `UPDATE ${schema}.job SET retry_delay = $2, retry_backoff = true WHERE id = $1 AND state = 'active'`,
    [id, seconds],
  );
}

/** Jobs by name and state, and how long the oldest that could run has waited. */
export async function countJobs(database: Database): Promise<QueueCounts> {
  const jobs = await database.query<{ name: string; state: string; count: number }>(
    `SELECT name, state::text AS state, count(*) AS count FROM ${schema}.job GROUP BY name, state`,
  );
  const oldest = await database.query<{ name: string; seconds: number }>(
    `SELECT name, extract(epoch FROM now() - min(start_after))::float8 AS seconds
     FROM ${schema}.job WHERE state < 'active' AND start_after <= now() AND name <> $1 GROUP BY name`,
    [deadLetters],
  );
  return { jobs, oldest };
}
