import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Repository } from '../../src/sandbox/types.ts';
import { eventually } from './harness.ts';
import { checkOn, openings, reviewsBy, runsAt, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const repository = () => stage.sandbox.createRepository({ name: `sweep-${++n}`, files: { 'README.md': '# Here\n' } });
const files = { 'a.ts': 'bad(1);\n' };

describe('what was lost', () => {
  test('while the app was down is delivered again after its start', async () => {
    const repo = await repository();
    await stage.stop();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files });
    await stage.sandbox.deliveries.idle();
    await stage.restart();
    const run = await checkOn(pull);
    await settled(stage);
    expect(run.conclusion).toBe('failure');
    expect([runsAt(pull).length, openings(pull).length, reviewsBy(pull).length]).toEqual([1, 1, 1]);
    expect(stage.sandbox.deliveries.log.some(({ redelivery }) => redelivery)).toBe(true);
  });

  test('because its work could not be stored is refused, and delivered again', async () => {
    const repo = await repository();
    const rename = (from: string, to: string) =>
      stage.database().query(`ALTER TABLE hindsight.${from} RENAME TO ${to}`);
    await rename('deliveries', 'away');
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files });
    await stage.sandbox.deliveries.idle();
    await rename('away', 'deliveries');
    const refused = stage.sandbox.deliveries.log.findLast(({ event }) => event === 'pull_request');
    expect([refused?.statusCode, runsAt(pull)]).toEqual([500, []]);
    await sweepNow(repo);
    expect((await checkOn(pull)).conclusion).toBe('failure');
  });

  test('without a trace is found by looking at the open pull requests', async () => {
    const repo = await repository();
    stage.sandbox.deliveries.plan('vanish', { event: 'pull_request' });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files });
    pull.updatedAt -= 120_000;
    await sweepNow(repo);
    expect((await checkOn(pull)).conclusion).toBe('failure');
  });
});

/** An event that starts a sweep. */
async function sweepNow({ installation }: Repository): Promise<void> {
  if (!installation) throw new Error('not installed');
  stage.sandbox.tellInstallation(installation, 'unsuspend');
  await settled(stage);
}

describe('a check that was left in progress', () => {
  /** Its job ended without a word: GitHub lost what the conclusion is written with, and said so for good. */
  async function leftBehind(name: string, hours: number) {
    const repo = await repository();
    const fault = stage.sandbox.faults.add({
      method: 'PATCH',
      path: new RegExp(`/${repo.name}/check-runs/`),
      times: 100,
      respond: { status: 404, body: { message: 'Not Found' } },
    });
    const pull = await stage.sandbox.openPull(repo, { branch: name, files });
    await eventually(() => fault.struck > 0, { what: 'the conclusion to be refused' });
    await settled(stage);
    expect(runsAt(pull).map(({ status }) => status)).toEqual(['in_progress']);
    await stage
      .database()
      .query('UPDATE hindsight.checks SET started = now() - make_interval(hours => $2) WHERE repository = $1', [
        repo.id,
        hours,
      ]);
    return { repo, pull };
  }

  test('is reviewed again by the next sweep', async () => {
    const { repo, pull } = await leftBehind('a', 1);
    stage.sandbox.faults.clear();
    await sweepNow(repo);
    expect((await checkOn(pull)).conclusion).toBe('failure');
    expect([runsAt(pull).length, openings(pull).length]).toEqual([1, 1]);
  });

  test('for hours is given up, neutral, and says how to ask again', async () => {
    const { repo, pull } = await leftBehind('a', 3);
    stage.sandbox.faults.clear();
    await sweepNow(repo);
    const run = await checkOn(pull);
    expect([run.conclusion, run.title, runsAt(pull).length]).toEqual(['neutral', 'The review never finished', 1]);
    expect(run.summary).toContain('Re-run');
    await stage.sandbox.rerequestRun(run, 'octo');
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
  });

  test('is not given up while GitHub does not answer: the sweep after that concludes it', async () => {
    const { repo, pull } = await leftBehind('a', 3);
    stage.sandbox.faults.clear();
    const down = stage.sandbox.faults.add({
      method: 'PATCH',
      path: new RegExp(`/${repo.name}/check-runs/`),
      times: 100,
      respond: { status: 502, body: 'Bad Gateway' },
    });
    await sweepNow(repo);
    expect(down.struck).toBeGreaterThan(0);
    expect(runsAt(pull).map(({ status }) => status)).toEqual(['in_progress']);
    stage.sandbox.faults.clear();
    await sweepNow(repo);
    expect((await checkOn(pull)).title).toBe('The review never finished');
  });
});

describe('deliveries', () => {
  test('out of order end with the last head reviewed', async () => {
    const repo = await repository();
    stage.sandbox.deliveries.plan('hold', { event: 'pull_request', times: 3 });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\nbad(2);\n' } });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'fine(1);\n' } });
    await stage.sandbox.deliveries.release('reversed');
    await eventually(() => runsAt(pull).at(-1)?.conclusion === 'success', { what: 'the last head to be reviewed' });
    await settled(stage);
    // On the way a review may have been replaced: it must not look like one that passed.
    expect(runsAt(pull).filter(({ conclusion }) => conclusion === 'neutral')).toEqual([]);
    expect(openings(pull)).toEqual([]);
    expect(repo.runs.every(({ status }) => status === 'completed')).toBe(true);
  });

  test('of an older head after the newer one was reviewed change nothing of what the newer one shows', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files });
    await checkOn(pull);
    stage.sandbox.deliveries.plan('hold', { event: 'pull_request', action: 'synchronize' });
    const older = await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\npoor(2);\n' } });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\npoor(3);\n' } });
    await checkOn(pull);
    await settled(stage);
    const said = openings(pull).map(({ body }) => body);
    await stage.sandbox.deliveries.release();
    await settled(stage);
    expect(runsAt(pull).map(({ conclusion }) => conclusion)).toEqual(['failure']);
    expect(runsAt(pull, older).map(({ conclusion }) => conclusion)).toEqual(['cancelled']);
    expect(openings(pull).map(({ body }) => body)).toEqual(said);
  });

  test('of the same GUID have their work done once', async () => {
    const repo = await repository();
    stage.sandbox.deliveries.plan('duplicate', { event: 'pull_request' });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files });
    await checkOn(pull);
    const opened = stage.sandbox.deliveries.log.filter(({ event }) => event === 'pull_request').at(-1);
    if (!opened) throw new Error('no delivery');
    await stage.sandbox.deliveries.redeliver(opened.id);
    await settled(stage);
    expect([runsAt(pull).length, reviewsBy(pull).length]).toEqual([1, 1]);
  });
});

describe('an installation on a whole organisation', () => {
  test('has its open pull requests reviewed one after the other, not all at once', async () => {
    const repo = await stage.sandbox.createRepository({ owner: 'big-org', name: 'mono', files: { 'README.md': '\n' } });
    stage.sandbox.deliveries.plan('vanish', { event: 'pull_request', times: 12 });
    for (let i = 0; i < 12; i++) {
      const pull = await stage.sandbox.openPull(repo, { branch: `b${i}`, files: { [`f${i}.ts`]: 'fine();\n' } });
      pull.updatedAt -= 120_000;
    }
    if (!repo.installation) throw new Error('not installed');
    stage.sandbox.tellInstallation(repo.installation, 'created');
    const starts = () =>
      stage.database().query<{ at: number }>(
        `SELECT extract(epoch FROM start_after)::float8 AS at FROM hindsight_jobs.job
           WHERE name = 'review' AND data->>'repo' = 'mono' ORDER BY start_after`,
      );
    await eventually(async () => (await starts()).length === 12, { what: 'the sweep to find them all' });
    const at = (await starts()).map((row) => row.at);
    // Three seconds lie between two of them, so that what happens meanwhile goes first.
    for (const [n, start] of at.entries()) if (n > 0) expect(start - (at[n - 1] ?? start)).toBeGreaterThan(2.9);
  });
});
