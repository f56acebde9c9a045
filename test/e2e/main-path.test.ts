import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openSamplePull } from '../../src/sandbox/sample.ts';
import type { Pull } from '../../src/sandbox/types.ts';
import { botComments, completedCheck, quiet, runsOf, type Scene, startScene } from './harness.ts';

let scene: Scene;

// One server and one sandbox for all of these, a repository a test: to start them is what takes the time.
beforeAll(async () => {
  scene = await startScene();
});

afterEach(() => scene.sandbox.faults.clear());

afterAll(() => scene.close());

let samples = 0;
/** In an organisation of its own: the app needs a token of its own. */
const openSample = () => openSamplePull(scene.sandbox, { owner: `acme-${++samples}` });

const botReviews = (pull: Pull) => pull.reviews.filter(({ author }) => author.type === 'Bot');

/** Requests of the reviews alone: what start-up and the sweep ask for is not theirs. */
function reviewRequests(): Record<string, number> {
  const counts = scene.sandbox.requests.counts();
  return Object.fromEntries(
    Object.entries(counts).filter(([kind]) => !/ \/app(?:$|\/hook|\/installations$)/.test(kind)),
  );
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

describe('a pull request that is opened', () => {
  test('gets one review on its lines and one completed check, in few requests', async () => {
    await quiet(scene);
    scene.sandbox.requests.clear();
    const pull = await openSample();
    const run = await completedCheck(scene, pull);
    await quiet(scene);
    expect(run).toMatchObject({ name: 'Hindsight', conclusion: 'failure' });
    expect(run.summary).toMatch(/Analysed \d of 7 files/);
    expect(runsOf(pull)).toHaveLength(1);
    expect(botReviews(pull)).toHaveLength(1);
    const places = botComments(scene, pull).map(({ thread }) => thread.path);
    expect(places).toContain('openapi.yaml');
    expect(
      scene.sandbox.deliveries.log.filter(({ event, statusCode }) => event === 'pull_request' && statusCode >= 300),
    ).toEqual([]);
    const counts = reviewRequests();
    console.info(
      `API requests of a review of ${(await scene.sandbox.world.filesOf(pull)).length} files: ${total(counts)}\n${JSON.stringify(counts, undefined, 2)}`,
    );
    expect(total(counts)).toBeLessThanOrEqual(8);
  });

  test('keeps the secret it found out of everything that is written', async () => {
    const pull = await openSample();
    const run = await completedCheck(scene, pull);
    await quiet(scene);
    const file = (await scene.sandbox.world.filesOf(pull)).find(({ path }) => path === 'src/services/payments.ts');
    const secret = /sk_live_\w+/.exec(file?.patch ?? '')?.[0] ?? 'the sample has lost its secret';
    expect(file?.patch).toContain(secret);
    const written = [
      ...botComments(scene, pull).map(({ body }) => body),
      ...botReviews(pull).map(({ body }) => body),
      JSON.stringify({ ...run, suite: undefined }),
      scene.hindsight.output(),
    ].join('\n');
    expect(written).not.toContain(secret.slice(8, 28));
  });

  test('with nothing wrong in it gets a green check and no comment', async () => {
    const repository = await scene.sandbox.createRepository({ name: 'calm', files: { 'README.md': '# Calm\n' } });
    const pull = await scene.sandbox.openPull(repository, {
      branch: 'words',
      files: { 'src/add.ts': 'export const add = (a: number, b: number): number => a + b;\n' },
    });
    const run = await completedCheck(scene, pull);
    await quiet(scene);
    expect([run.conclusion, botReviews(pull), botComments(scene, pull)]).toEqual(['success', [], []]);
  });

  test('with 250 files takes at most six requests more than with a hundred', async () => {
    const repository = await scene.sandbox.createRepository({
      owner: 'wide',
      name: 'wide',
      files: { 'package.json': '{}\n' },
    });
    await quiet(scene);
    scene.sandbox.requests.clear();
    const files = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`src/part-${index}.ts`, `export const part${index} = ${index};\n`]),
    );
    const pull = await scene.sandbox.openPull(repository, { branch: 'many', files });
    await completedCheck(scene, pull);
    await quiet(scene);
    const counts = reviewRequests();
    console.info(`API requests of a review of 250 files: ${total(counts)}\n${JSON.stringify(counts, undefined, 2)}`);
    expect(total(counts)).toBeLessThanOrEqual(8 + 6);
  });

  test("may come from a repository on this machine, by the page's form", async () => {
    const dir = await mkdtemp(join(tmpdir(), 'hindsight-mine-'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, '-c', 'user.name=me', '-c', 'user.email=me@localhost', ...args]);
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'start');
    await writeFile(join(dir, 'change.sql'), 'ALTER TABLE orders ADD COLUMN state text NOT NULL;\n');
    git('add', '.');
    git('commit', '-q', '-m', 'a column');
    const body = new URLSearchParams({ path: dir, base: 'main~1', head: 'main' });
    const page = await fetch(`${scene.sandbox.url}/review-local`, { method: 'POST', body });
    const [, name = ''] = /\/local\/([^/]+)\/pull\/1$/.exec(page.url) ?? [];
    const pull = scene.sandbox.world.pull(scene.sandbox.world.repository({ owner: 'local', repo: name }), 1);
    expect((await completedCheck(scene, pull)).summary).toContain('of 1 file');
    await rm(dir, { recursive: true });
  });

  test('delivered twice gets one review and one check', async () => {
    scene.sandbox.deliveries.plan('duplicate', { event: 'pull_request', action: 'opened' });
    const pull = await openSample();
    await completedCheck(scene, pull);
    await quiet(scene);
    expect([botReviews(pull).length, runsOf(pull).map(({ status }) => status)]).toEqual([1, ['completed']]);
  });

  test('is acknowledged before it is reviewed', async () => {
    await quiet(scene);
    // Whoever waited for GitHub before answering would wait longer than GitHub does.
    const answered = Promise.withResolvers<void>();
    scene.sandbox.faults.add({ path: /./, times: 100, respond: { until: answered.promise } });
    const pull = await openSample();
    await scene.sandbox.deliveries.idle();
    const delivery = scene.sandbox.deliveries.log.findLast(({ event }) => event === 'pull_request');
    expect(delivery).toMatchObject({ status: 'OK' });
    expect(runsOf(pull)).toEqual([]);
    answered.resolve();
    await completedCheck(scene, pull);
  });

  test('with a wrong signature is refused', async () => {
    const answer = await fetch(`${scene.hindsight.url}/api/github/webhooks`, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': '00000000-0000-0000-0000-000000000000',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});
