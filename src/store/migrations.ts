/** What the store needs of a database. */
export interface StoreDatabase {
  query<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  transaction<T>(work: (query: StoreDatabase['query']) => Promise<T>): Promise<T>;
}

/** Each runs once, in order. Never change one that has been released: add another. */
const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE hindsight.deliveries (
       guid text PRIMARY KEY,
       received timestamptz NOT NULL DEFAULT now())`,
    'CREATE INDEX ON hindsight.deliveries (received)',
    `CREATE TABLE hindsight.checks (
       repository bigint NOT NULL,
       head text NOT NULL,
       subject text NOT NULL,
       run_id bigint,
       state text NOT NULL,
       conclusion text,
       task jsonb NOT NULL,
       started timestamptz NOT NULL DEFAULT now(),
       ended timestamptz,
       PRIMARY KEY (repository, head, subject))`,
    `CREATE INDEX ON hindsight.checks (started) WHERE state <> 'completed'`,
    'CREATE INDEX ON hindsight.checks (ended)',
    `CREATE TABLE hindsight.reviews (
       repository bigint NOT NULL,
       pull integer NOT NULL,
       head text NOT NULL,
       digest text NOT NULL,
       conclusion text NOT NULL,
       findings jsonb NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (repository, pull, head))`,
    'CREATE INDEX ON hindsight.reviews (at)',
    `CREATE TABLE hindsight.dismissals (
       repository bigint NOT NULL,
       fingerprint text NOT NULL,
       kind text NOT NULL,
       who text NOT NULL,
       why text NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (repository, fingerprint))`,
    `CREATE TABLE hindsight.feedback (
       repository bigint NOT NULL,
       fingerprint text NOT NULL,
       kind text NOT NULL,
       count integer NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (repository, fingerprint, kind))`,
    'CREATE INDEX ON hindsight.feedback (at)',
  ],
  [
    `CREATE TABLE hindsight.creations (
       installation bigint NOT NULL,
       at timestamptz NOT NULL)`,
    'CREATE INDEX ON hindsight.creations (installation, at)',
    'CREATE INDEX ON hindsight.creations (at)',
  ],
  [
    `CREATE TABLE hindsight.policies (
       installation bigint PRIMARY KEY,
       text text NOT NULL,
       at timestamptz NOT NULL DEFAULT now())`,
  ],
];

/** Brings the store's tables up to date. Safe to run in several processes at once. */
export async function migrate(database: StoreDatabase): Promise<void> {
  await database.transaction(async (query) => {
    // Two processes that start together would both find nothing and both create.
    await query("SELECT pg_advisory_xact_lock(hashtextextended('hindsight.migrations', 0))");
    await query('CREATE SCHEMA IF NOT EXISTS hindsight');
    await query('CREATE TABLE IF NOT EXISTS hindsight.version (version integer NOT NULL)');
    const [row] = await query<{ version: number }>('SELECT version FROM hindsight.version');
    if (!row) await query('INSERT INTO hindsight.version (version) VALUES (0)');
    const done = row?.version ?? 0;
    for (const statements of migrations.slice(done)) for (const statement of statements) await query(statement);
    if (migrations.length > done) await query('UPDATE hindsight.version SET version = $1', [migrations.length]);
  });
}
