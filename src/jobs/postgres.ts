import pg from 'pg';
import type { Database, DatabaseOptions, Query } from './database.ts';
import { within } from './within.ts';

/** OID of int8, which node-postgres gives as a string because it may not fit a double; ours are counts and ids that do. */
const int8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function queryOn(runner: pg.Pool | pg.PoolClient): Query {
  return async <T>(sql: string, params?: readonly unknown[]) =>
    (await runner.query(sql, params ? [...params] : undefined)).rows as T[];
}

async function transaction<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks while checked out emits `error` on the client, which unheard would end the process; the
  // statement in flight rejects with the same error.
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(queryOn(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}

/**
 * Connects to a PostgreSQL server. Connections are made when needed, so this resolves even while the server is away;
 * `ping` tells.
 *
 * @param url `postgres://user:password@host:5432/database?sslmode=…`
 */
export async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const connection = {
    connectionString: url,
    application_name: 'hindsight',
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool({ ...connection, types, statement_timeout: 30_000 });
  pool.on('error', (error) => options.onConnectionError?.(error));
  const query = queryOn(pool);
  return {
    kind: 'postgres',
    query,
    transaction: (work) => transaction(pool, work),
    ping: async (timeoutMs = 1000) => {
      await within(timeoutMs, query('SELECT 1'), 'the database did not answer');
    },
    close: async () => {
      if (!pool.ended) await pool.end();
    },
    boss: connection,
  };
}
