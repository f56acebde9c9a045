import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from 'pg-boss';
import type { Database, Query } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { within } from './within.ts';

/** What a connection and a transaction of PGlite have in common. */
interface Runner {
  query<T>(sql: string, params?: unknown[]): Promise<{ rows: T[] }>;
}

function queryOn(runner: Runner): Query {
  return async <T>(sql: string, params?: readonly unknown[]) =>
    (await runner.query<T>(sql, params ? [...params] : undefined)).rows;
}

/**
 * Opens the embedded database in `dataDir/database`, after taking the lock on `dataDir`. What a resolved query wrote is in
 * the file system's hands: it survives SIGKILL. (It is not forced to the disk: for power cuts, use PostgreSQL.)
 *
 * @throws {FolderLockedError} when another process has it open
 */
export async function openPglite(dataDir: string): Promise<Database> {
  const lock = lockFolder(dataDir);
  try {
    const pglite = await PGlite.create(join(dataDir, 'database'));
    const query = queryOn(pglite);
    return {
      kind: 'pglite',
      query,
      transaction: (work) => pglite.transaction((tx) => work(queryOn(tx))),
      ping: async (timeoutMs = 1000) => {
        await within(timeoutMs, query('SELECT 1'), 'the embedded database did not answer');
      },
      close: async () => {
        if (!pglite.closed) await pglite.close();
        lock.release();
      },
      boss: { db: fromPglite(pglite), backend: 'pglite' },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
