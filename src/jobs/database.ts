import type { ConstructorOptions } from 'pg-boss';

/** Runs one statement and gives its rows. Parameters are `$1`, `$2`…; JSON goes in as a string. */
export type Query = <T = Record<string, unknown>>(sql: string, params?: readonly unknown[]) => Promise<T[]>;

/** One interface over the embedded database and a PostgreSQL server. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /** One statement, on its own. Eight-byte integers (`count(*)`) come back as numbers on both kinds. */
  readonly query: Query;
  /**
   * Runs `work` in a transaction: committed when it resolves, rolled back when it rejects. Inside it use only the `query`
   * it is given: the embedded database has one connection, so `database.query` would wait for this transaction for ever.
   */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Resolves when the database answers; rejects after `timeoutMs`. */
  ping(timeoutMs?: number): Promise<void>;
  /** Closes the connections and gives the data folder back. */
  close(): Promise<void>;
  /** How the job queue connects: it shares the embedded database, and keeps a pool of its own on a server. */
  readonly boss: ConstructorOptions;
}

export interface DatabaseOptions {
  /** `postgres://…`; absent = the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database. */
  readonly dataDir: string;
  /** Most connections to a PostgreSQL server. Default 10. */
  readonly maxConnections?: number;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onConnectionError?: (error: Error) => void;
}
