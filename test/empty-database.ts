import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Where this run's empty database lies, for the test files, which run in processes of their own. */
const place = 'HINDSIGHT_EMPTY_DATABASE';

/**
 * Makes an empty cluster once a run: to make one takes seconds, to copy it none. Jest's `globalSetup`. The many processes that
 * the tests start compile the same sources: they share what is compiled.
 */
export default async function makeEmptyDatabase(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-empty-'));
  const database = await PGlite.create(join(folder, 'database'));
  await database.close();
  process.env[place] = folder;
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
}

/** Removes it when the run is over. */
export async function removeEmptyDatabase(): Promise<void> {
  const folder = process.env[place];
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

/** A new data folder with an empty database, as a first start would make it; tables are left to the start. */
export async function emptyDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-data-'));
  const empty = process.env[place];
  if (empty === undefined) throw new Error('jest.config.js names no globalSetup that makes the empty database');
  await cp(join(empty, 'database'), join(folder, 'database'), { recursive: true });
  return folder;
}
