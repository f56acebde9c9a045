import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data folder is in use, or cannot be written. The message says which and what to do. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  /** True when another process holds it, false when it cannot be written. */
  readonly held: boolean;
  constructor(message: string, held: boolean, cause: unknown) {
    super(message, { cause });
    this.held = held;
  }
}

export interface FolderLock {
  /** Gives the folder back. Also happens by itself when the process ends, however it ends. */
  release(): void;
}

/** Keeps the connections that hold a lock from the garbage collector, which would close them and give the lock away. */
const held = new Set<DatabaseSync>();

/**
 * Makes sure that one process at a time uses a folder. PGlite does not lock its folder, and two processes that open it lose
 * each other's writes. A lock file would survive SIGKILL and block the next start; SQLite's lock is the kernel's (fcntl on
 * POSIX, LockFileEx on Windows) and goes away with the process.
 *
 * @param folder created when absent
 * @throws {FolderLockedError} when another process holds the folder, or it cannot be written
 */
export function lockFolder(folder: string): FolderLock {
  let database: DatabaseSync;
  try {
    mkdirSync(folder, { recursive: true });
    database = new DatabaseSync(join(folder, 'lock.sqlite'));
  } catch (error) {
    throw new FolderLockedError(
      `The data folder ${folder} cannot be written. Make it writable for this user, or set DATA_DIR to another folder.`,
      false,
      error,
    );
  }
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new FolderLockedError(
      `Another Hindsight process uses the data folder ${folder}. Stop it, or set DATA_DIR to another folder. ` +
        'To run several processes on the same work, give all of them one PostgreSQL by DATABASE_URL.',
      true,
      error,
    );
  }
  held.add(database);
  return {
    release() {
      held.delete(database);
      if (database.isOpen) database.close();
    },
  };
}
