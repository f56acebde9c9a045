import type { StoreDatabase } from './migrations.ts';

/** Names a check: a commit of a repository, and what it is the check of (`pull/12/push`, `group`). */
export interface CheckKey {
  readonly repository: number;
  readonly head: string;
  readonly subject: string;
}

export interface StoredCheck extends CheckKey {
  /** Absent while GitHub has not told it: the run may exist all the same. */
  readonly runId: number | undefined;
  readonly state: 'opening' | 'open' | 'completed';
  /** The job's data, so that a check that was forgotten can be taken up again. */
  readonly task: object;
  readonly ageSeconds: number;
}

export interface CheckStore {
  find(key: CheckKey): Promise<StoredCheck | undefined>;
  /** Every check of a commit. */
  ofCommit(repository: number, head: string): Promise<StoredCheck[]>;
  /** Says that a run is about to be created: after a crash, GitHub must be asked whether it was. */
  opening(key: CheckKey, task: object): Promise<void>;
  opened(key: CheckKey, runId: number): Promise<void>;
  completed(key: CheckKey, conclusion: string): Promise<void>;
  /** Forgets a check that said nothing of its head: the head may still get one. */
  forget(key: CheckKey): Promise<void>;
  /** Checks that are open for longer than `seconds`, oldest first. */
  unfinished(seconds: number, limit: number): Promise<StoredCheck[]>;
}

interface Row {
  readonly repository: number;
  readonly head: string;
  readonly subject: string;
  readonly run_id: number | null;
  readonly state: StoredCheck['state'];
  readonly task: object;
  readonly age: number;
}

const columns =
  'repository::float8 AS repository, head, subject, run_id::float8 AS run_id, state, task, extract(epoch FROM now() - started)::float8 AS age';

/** Our check runs: the id is kept from the moment it exists. */
export function checkStore({ query }: StoreDatabase): CheckStore {
  const whose = 'repository = $1 AND head = $2 AND subject = $3';
  const named = ({ repository, head, subject }: CheckKey) => [repository, head, subject];
  return {
    async find(key) {
      const [row] = await query<Row>(`SELECT ${columns} FROM hindsight.checks WHERE ${whose}`, named(key));
      return row && checkOf(row);
    },
    async ofCommit(repository, head) {
      const rows = await query<Row>(
        `SELECT ${columns} FROM hindsight.checks WHERE repository = $1 AND head = $2 ORDER BY started LIMIT 100`,
        [repository, head],
      );
      return rows.map(checkOf);
    },
    async opening(key, task) {
      await query(
        `INSERT INTO hindsight.checks (repository, head, subject, state, task) VALUES ($1, $2, $3, 'opening', $4)
         ON CONFLICT (repository, head, subject) DO NOTHING`,
        [...named(key), JSON.stringify(task)],
      );
    },
    async opened(key, runId) {
      await query(`UPDATE hindsight.checks SET run_id = $4, state = 'open' WHERE ${whose} AND state <> 'completed'`, [
        ...named(key),
        runId,
      ]);
    },
    async completed(key, conclusion) {
      await query(`UPDATE hindsight.checks SET state = 'completed', conclusion = $4, ended = now() WHERE ${whose}`, [
        ...named(key),
        conclusion,
      ]);
    },
    async forget(key) {
      await query(`DELETE FROM hindsight.checks WHERE ${whose}`, named(key));
    },
    async unfinished(seconds, limit) {
      const rows = await query<Row>(
        `SELECT ${columns} FROM hindsight.checks
         WHERE state <> 'completed' AND started < now() - make_interval(secs => $1) ORDER BY started LIMIT $2`,
        [seconds, limit],
      );
      return rows.map(checkOf);
    },
  };
}

function checkOf({ run_id, age, ...row }: Row): StoredCheck {
  return { ...row, runId: run_id ?? undefined, ageSeconds: age };
}
