import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FolderLockedError } from '../../src/jobs/folder-lock.ts';
import { openDatabase } from '../../src/jobs/open-database.ts';
import { openQueue } from '../../src/jobs/queue.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const jobs = pathToFileURL(fileURLToPath(new URL('../../src/jobs/', import.meta.url))).href;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-database-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a module in a process of its own until it prints "ready", and gives the process. */
async function runUntilReady(source: string) {
  const path = join(folder, 'process.ts');
  writeFileSync(path, source);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) if (String(chunk).includes('ready')) break;
  return child;
}

test('a second process is refused the folder, with words that help, and gets it when the first was killed', async () => {
  const data = join(folder, 'data');
  const holder = await runUntilReady(`
    import { lockFolder } from '${jobs}folder-lock.ts';
    lockFolder(process.argv[2] + '/data');
    console.log('ready');
    setInterval(() => {}, 1000);
  `);
  const refused = await openDatabase({ dataDir: data }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FolderLockedError);
  expect(String(refused)).toMatch(/Another Hindsight process .* DATA_DIR .* DATABASE_URL/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const database = await openDatabase({ dataDir: data });
  await database.close();
});

test('a folder that cannot be written is said to be that', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(openDatabase({ dataDir: file })).rejects.toThrow(/cannot be written/);
});

test('what was stored before SIGKILL is there afterwards, and the job that ran is taken up again at the next start', async () => {
  const child = await runUntilReady(`
    import { openDatabase } from '${jobs}open-database.ts';
    import { openQueue } from '${jobs}queue.ts';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const database = await openDatabase({ dataDir: process.argv[2] + '/data' });
    // Its heartbeat would be missed in an hour: who takes it up sooner knows that nobody else can run it.
    const queue = await openQueue(database, { log, lostAfterSeconds: 3600 });
    await queue.work('review', { concurrency: 1, deadlineSeconds: 600 }, async () => {
      await queue.send('later', { stored: true });
      console.log('ready');
      await new Promise(() => {});
    });
    await queue.send('review', { pull: 7 }, { key: 'head' });
  `);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const database = await openDatabase({ dataDir: join(folder, 'data') });
  const queue = await openQueue(database, { log: silent });
  const taken = Promise.withResolvers<unknown>();
  await queue.work('review', { concurrency: 1, deadlineSeconds: 600 }, async ({ data, attempt }) =>
    taken.resolve({ data, attempt }),
  );
  expect(await taken.promise).toEqual({ data: { pull: 7 }, attempt: 2 });
  expect((await queue.counts()).jobs).toContainEqual({ name: 'later', state: 'created', count: 1 });
  await queue.stop({ drainSeconds: 5 });
  await database.close();
});
