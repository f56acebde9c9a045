import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/jobs/database.ts';
import { openDatabase } from '../../src/jobs/open-database.ts';
import { type AppProcess, startAppProcess } from '../../src/sandbox/app-process.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Pull, Repository } from '../../src/sandbox/types.ts';
import { startPostgres, type ThrowAwayPostgres } from '../postgres.ts';
import { eventually, runsOf } from './harness.ts';

const entry = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Reviews that each process does at the same time. */
const concurrency = 2;

interface Two {
  readonly postgres: ThrowAwayPostgres;
  readonly database: Database;
  readonly first: AppProcess;
  readonly second: AppProcess;
}

let sandbox: Sandbox;
let dir: string;
const postgres = await startPostgres();
let two: Two;

beforeAll(async () => {
  if (!postgres) return;
  sandbox = await startSandbox();
  dir = await mkdtemp(join(tmpdir(), 'hindsight-two-'));
  const databaseUrl = await postgres.createDatabase('two');
  const env = { DATA_DIR: dir, DATABASE_URL: databaseUrl, CONCURRENCY: String(concurrency) };
  const first = await startAppProcess(sandbox, { entry, cwd: dir, env });
  const second = await startAppProcess(sandbox, { entry, cwd: dir, env });
  two = { postgres, database: await openDatabase({ databaseUrl, dataDir: dir }), first, second };
  const addresses = [first, second].map(({ url }) => `${url}/api/github/webhooks`);
  sandbox.deliverTo(...addresses);
});

afterAll(async () => {
  if (!postgres) return;
  await Promise.all([two?.first.kill(), two?.second.kill()]);
  await two?.database.close();
  await sandbox?.close();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
});

const repository = (name: string) =>
  sandbox.createRepository({ owner: `org-${name}`, name, files: { 'README.md': '# Here\n' } });

/** What `hold` holds, let go at the latest when its test has ended. */
let release = () => {};
afterEach(() => release());

/** Holds the requests that answer to this until `release` is called. Gives how many have come. */
function hold(method: string, path: RegExp): () => number {
  const held = Promise.withResolvers<void>();
  const fault = sandbox.faults.add({ method, path, times: 1_000, respond: { until: held.promise } });
  release = held.resolve;
  return () => fault.struck;
}

const pullOf = (repo: Repository, n: number, text: string): Promise<Pull> =>
  sandbox.openPull(repo, { branch: `b${n}`, files: { [`src/f${n}.ts`]: text } });

const statesOf = (pull: Pull) => runsOf(pull).map(({ status }) => status);

const completed = (pulls: readonly Pull[]) =>
  eventually(() => pulls.every((pull) => statesOf(pull).includes('completed')), {
    what: () => `all checks: ${JSON.stringify(pulls.map(statesOf))}\n${two.second.output().slice(-3000)}`,
  });

/** Reviews that run, or could. */
const reviewsUnderWay = () =>
  two.database.query(
    `SELECT 1 FROM hindsight_jobs.job
     WHERE name = 'review' AND (state = 'active' OR (state < 'active' AND start_after <= now()))`,
  );

const onPostgres = postgres ? describe : describe.skip;

onPostgres('two processes on one PostgreSQL', () => {
  test('that get the same delivery at the same time review the head once', async () => {
    const repo = await repository('twice');
    hold('POST', /\/twice\/check-runs$/);
    sandbox.deliveries.plan('duplicate', { event: 'pull_request', times: 4 });
    const pulls = await Promise.all(Array.from({ length: 4 }, (_, n) => pullOf(repo, n, wrong(n))));
    await sandbox.deliveries.idle();
    expect(
      sandbox.deliveries.log.filter(({ event, status }) => event === 'pull_request' && status === 'OK'),
    ).toHaveLength(4);
    // Nothing has been reviewed yet: what is stored now is what eight deliveries made of four heads.
    expect(await reviewsUnderWay()).toHaveLength(4);
    release();
    await completed(pulls);
    await eventually(async () => (await reviewsUnderWay()).length === 0, { what: 'the reviews to end' });
    expect(pulls.map((pull) => [statesOf(pull), pull.reviews.length])).toEqual(pulls.map(() => [['completed'], 1]));
  });

  test('keep together to the budget of an installation for what is created, and lose nothing by it', async () => {
    const repo = await repository('busy');
    const left = 10;
    // Half an hour ago the installation has used up all of its hour but this.
    await two.database.query(
      `INSERT INTO hindsight.creations (installation, at)
       SELECT $1, now() - interval '30 minutes' FROM generate_series(1, $2::int)`,
      [repo.installation?.id, 450 - left],
    );
    const created = () =>
      sandbox.requests.all.filter(({ method, path }) => method === 'POST' && path.startsWith('/repos/org-busy/'));
    const held = hold('POST', /\/busy\/check-runs$/);
    const pulls = await Promise.all(Array.from({ length: 12 }, (_, n) => pullOf(repo, n, wrong(n))));
    // One process has hands for half of them: both have begun to create.
    await eventually(() => held() === 2 * concurrency, { what: 'both processes to create' });
    release();
    const waiting = await eventually(
      async () => {
        const rows = await two.database.query(
          `SELECT 1 FROM hindsight_jobs.job WHERE name = 'review' AND state = 'retry' AND start_after > now() + interval '20 minutes'`,
        );
        return (await reviewsUnderWay()).length === 0 ? rows.length : 0;
      },
      { what: () => `the budget to be used up, of which ${created().length} are` },
    );
    expect([created().length, waiting + pulls.filter((pull) => statesOf(pull)[0] === 'completed').length]).toEqual([
      left,
      12,
    ]);
    // Half an hour goes by.
    await two.database.query(`UPDATE hindsight.creations SET at = at - interval '31 minutes'`);
    await two.database.query(
      `UPDATE hindsight_jobs.job SET start_after = now() WHERE name = 'review' AND state = 'retry'`,
    );
    await completed(pulls);
    await eventually(async () => (await reviewsUnderWay()).length === 0, { what: 'the reviews to end' });
    expect(pulls.map((pull) => [statesOf(pull), pull.reviews.length])).toEqual(pulls.map(() => [['completed'], 1]));
  });

  test('share the work; when one is killed, every head still has one completed check', async () => {
    const repo = await repository('shared');
    // Both are at work when one dies.
    const held = hold('GET', /\/shared\/.*\/files/);
    const pulls = await Promise.all(Array.from({ length: 8 }, (_, n) => pullOf(repo, n, `export const f = ${n};\n`)));
    await eventually(() => held() === 2 * concurrency, { what: 'four reviews under way' });
    sandbox.deliverTo(`${two.second.url}/api/github/webhooks`);
    await two.first.kill();
    release();
    await completed(pulls);
    expect(pulls.map(statesOf)).toEqual(pulls.map(() => ['completed']));
    await eventually(() => two.second.output().includes('review published'), { what: 'the other to say so' });
  });
});

/** A file with one finding that is commented. */
function wrong(n: number): string {
  return `import pg from 'pg';\nexport async function load${n}(ids: string[]) {\n  const pool = new pg.Pool();\n  for (const id of ids) await pool.query('SELECT id FROM orders WHERE id = $1', [id]);\n}\n`;
}
