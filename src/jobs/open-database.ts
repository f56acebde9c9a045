import type { Database, DatabaseOptions } from './database.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/**
 * Opens the database: PostgreSQL when a URL is given, else PGlite (PostgreSQL compiled to WebAssembly) in `dataDir`.
 *
 * @throws {FolderLockedError} when another process has the embedded database open
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.databaseUrl ? openPostgres(options.databaseUrl, options) : openPglite(options.dataDir);
}
