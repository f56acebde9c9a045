import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AppProcess, startAppProcess } from '../../src/sandbox/app-process.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { startPostgres, type ThrowAwayPostgres } from '../postgres.ts';
import { eventually, runsOf } from './harness.ts';

let postgres: ThrowAwayPostgres | undefined;
let sandbox: Sandbox;
let dir: string;
const running: AppProcess[] = [];
const entry = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

beforeAll(async () => {
  postgres = await startPostgres();
  sandbox = await startSandbox();
  dir = await mkdtemp(join(tmpdir(), 'hindsight-two-'));
});

afterAll(async () => {
  await Promise.all(running.map((one) => one.kill()));
  await sandbox.close();
  await postgres?.stop();
  await rm(dir, { recursive: true, force: true });
});

describe('two processes on one PostgreSQL', () => {
  test('share the work; when one is killed, every head still has one completed check', async () => {
    if (!postgres) return;
    const databaseUrl = await postgres.createDatabase('two');
    const options = { entry, cwd: dir, env: { DATA_DIR: dir, DATABASE_URL: databaseUrl, CONCURRENCY: '2' } };
    const first = await startAppProcess(sandbox, options);
    running.push(first);
    const second = await startAppProcess(sandbox, options);
    running.push(second);
    const repo = await sandbox.createRepository({ name: 'shared', files: { 'README.md': '# Here\n' } });
    // Both are at work when one dies.
    const killed = Promise.withResolvers<void>();
    sandbox.faults.add({ method: 'GET', path: /\/files/, times: 100, respond: { until: killed.promise } });
    const pulls = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        sandbox.openPull(repo, { branch: `b${i}`, files: { [`f${i}.ts`]: `export const f = ${i};\n` } }),
      ),
    );
    await eventually(() => repo.runs.length >= 4, { what: 'four reviews under way' });
    await first.kill();
    killed.resolve();
    await eventually(() => pulls.every((pull) => runsOf(pull).some(({ status }) => status === 'completed')), {
      within: 80_000,
      what: () => `all checks: ${JSON.stringify(pulls.map((pull) => runsOf(pull).map(({ status }) => status)))}`,
    });
    expect(pulls.map((pull) => runsOf(pull).map(({ status }) => status))).toEqual(pulls.map(() => ['completed']));
    await eventually(() => second.output().includes('review published'), { what: 'the other to say so' });
  }, 140_000);
});
