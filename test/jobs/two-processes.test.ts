import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { JobCancelled } from '../../src/jobs/job.ts';
import { openDatabase } from '../../src/jobs/open-database.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { startPostgres } from '../postgres.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const jobs = pathToFileURL(fileURLToPath(new URL('../../src/jobs/', import.meta.url))).href;
const postgres = await startPostgres();
afterAll(async () => {
  await postgres?.stop();
});
const testOnPostgres = postgres ? test : test.skip;

testOnPostgres(
  'two processes share the work; of a killed one the other takes the job up, and does each other job once',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hindsight-two-'));
    const databaseUrl = (await postgres?.createDatabase('two')) ?? '';
    const script = join(folder, 'worker.ts');
    writeFileSync(
      script,
      `
      import { openDatabase } from '${jobs}open-database.ts';
      import { openQueue } from '${jobs}queue.ts';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const database = await openDatabase({ databaseUrl: process.argv[2], dataDir: '' });
      const queue = await openQueue(database, { log, lostAfterSeconds: 10, retryDelaySeconds: 1 });
      await queue.work('review', { concurrency: 2, deadlineSeconds: 600 }, async ({ data, signal }) => {
        await database.query('INSERT INTO done VALUES ($1, $2)', [process.argv[3], data.n]);
        if (data.hang && process.argv[3] === 'first') await new Promise(() => {});
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
      console.log('ready');
      `,
    );
    const database = await openDatabase({ databaseUrl, dataDir: '' });
    await database.query('CREATE TABLE done (who text, n int)');
    const queue = await openQueue(database, { log: silent, lostAfterSeconds: 10 });
    const first = await start(script, databaseUrl, 'first');
    await queue.send('review', { n: 0, hang: true }, { key: 'head-0' });
    await until(async () => (await doneBy(0)).length === 1);
    const second = await start(script, databaseUrl, 'second');
    // Who takes which is chance: jobs are sent until each has taken some, and there the sharing is seen.
    let sent = 0;
    await until(async () => {
      for (let n = 0; n < 20 && sent < 1000; n++) await queue.send('review', { n: ++sent }, { key: `head-${sent}` });
      return (await database.query('SELECT DISTINCT who FROM done WHERE n > 0')).length === 2;
    });
    await until(async () => (await database.query('SELECT 1 FROM done')).length === sent + 1);
    expect(await doneBy(0)).toEqual(['first']);

    // A job whose work is done but not yet marked done would rightly be done again: only the hanging one is under way.
    await until(async () => {
      const active = await database.query(
        `SELECT 1 FROM hindsight_jobs.job WHERE name = 'review' AND state IN ('created', 'retry', 'active')`,
      );
      return active.length === 1;
    });
    first.kill('SIGKILL');
    await until(async () => (await doneBy(0)).length === 2);
    expect(await doneBy(0)).toEqual(['first', 'second']);
    expect(await database.query('SELECT n FROM done GROUP BY n HAVING count(*) > 1')).toEqual([{ n: 0 }]);

    second.kill('SIGKILL');
    await queue.stop({ drainSeconds: 0 });
    await database.close();
    rmSync(folder, { recursive: true, force: true });

    async function doneBy(n: number): Promise<string[]> {
      const rows = await database.query<{ who: string }>('SELECT who FROM done WHERE n = $1 ORDER BY who', [n]);
      return rows.map(({ who }) => who);
    }
  },
  240_000,
);

testOnPostgres('a job superseded in one process is told so in the other, long before its deadline', async () => {
  const databaseUrl = await postgres?.createDatabase('superseding');
  const here = await openDatabase({ databaseUrl, dataDir: '' });
  const there = await openDatabase({ databaseUrl, dataDir: '' });
  const asking = await openQueue(here, { log: silent });
  const working = await openQueue(there, { log: silent });
  const started = Promise.withResolvers<void>();
  const reason = Promise.withResolvers<unknown>();
  const done: number[] = [];
  await working.work<{ n: number }>('review', { concurrency: 1, deadlineSeconds: 600 }, async ({ data, signal }) => {
    if (data.n === 2) {
      done.push(2);
      return;
    }
    started.resolve();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    reason.resolve(signal.reason);
    throw signal.reason;
  });
  await asking.send('review', { n: 1 }, { key: 'head-1', supersedes: 'pull' });
  await started.promise;
  await asking.send('review', { n: 2 }, { key: 'head-2', supersedes: 'pull' });
  expect(await reason.promise).toBeInstanceOf(JobCancelled);
  await until(async () => done.length === 1);
  await working.stop({ drainSeconds: 1 });
  await asking.stop({ drainSeconds: 1 });
  await there.close();
  await here.close();
});

async function start(script: string, url: string, name: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, url, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the process ended before it was ready')));
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  return child;
}

async function until(holds: () => Promise<boolean>, milliseconds = 60_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
