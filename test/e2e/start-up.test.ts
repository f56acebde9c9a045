import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readManifest } from '../../src/app-manifest.ts';
import type { Pull, Repository } from '../../src/sandbox/types.ts';
import { botComments, completedCheck, eventually, quiet, runsOf, type Scene, startScene } from './harness.ts';

const launcher = fileURLToPath(new URL('../../bin/hindsight.js', import.meta.url));
const { permissions, events } = readManifest();
const files = { 'migrations/1.sql': 'ALTER TABLE orders ADD COLUMN state text NOT NULL;\n' };

let scene: Scene;

// An App that was made by hand, and not as app.yml says.
beforeAll(async () => {
  const { merge_queues: _, ...granted } = permissions as Record<string, 'read' | 'write'>;
  scene = await startScene({
    sandbox: { permissions: granted, events: events.filter((event) => event !== 'merge_group') },
    env: { DRAIN_SECONDS: '1' },
  });
});
afterAll(() => scene.close());

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly what?: string;
}

/** What the process has logged, as the lines are. */
const log = (): Line[] =>
  scene.hindsight
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Line);

const complaints = () => log().flatMap(({ msg, what }) => (msg === 'the GitHub App needs attention' ? [what] : []));

/** Lines that call somebody, but for what is said of the App at start. */
const alarms = () => log().filter(({ level, msg }) => level !== 'info' && msg !== 'the GitHub App needs attention');

const lacks = [
  'The permission merge_queues: read is missing (it is not granted).',
  'The event merge_group is not subscribed.',
];

const repository = (owner: string) =>
  scene.sandbox.createRepository({ owner, name: owner, files: { 'README.md': '# Here\n' } });
const installed = ({ installation }: Repository) => {
  if (!installation) throw new Error('not installed');
  return installation;
};

/** A pull request whose review is under way and waits for GitHub. */
async function underReview(repo: Repository): Promise<{ pull: Pull; answer: () => void }> {
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  const path = new RegExp(`/${repo.name}/pulls/\\d+/files`);
  const held = scene.sandbox.faults.add({ method: 'GET', path, respond: { until: promise } });
  const pull = await scene.sandbox.openPull(repo, { branch: `b${repo.nextNumber}`, files });
  await eventually(() => held.struck > 0, { what: 'the review to begin' });
  return { pull, answer };
}

describe('an App that lacks something of app.yml', () => {
  test('is told so in the log when the server starts, a line each', async () => {
    await eventually(() => lacks.every((what) => complaints().includes(what)), { what: 'the log to say so' });
  });

  test('is told so by `hindsight doctor`, beside the running server, with what to do', async () => {
    const { code, output } = await doctor();
    expect(code).toBe(1);
    for (const what of lacks) expect(output).toContain(`✗ ${what}`);
    expect(output).toContain('in use by a running Hindsight');
    expect(output).toContain(`Change it under ${scene.sandbox.url}`);
  });
});

/** What the command prints, on either stream, and its exit code. */
function doctor(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const env = { ...scene.sandbox.environment, DATA_DIR: scene.dataDir, PATH: process.env.PATH };
    const child = execFile(process.execPath, [launcher, 'doctor'], { env, cwd: scene.dataDir }, (_, out, err) =>
      resolve({ code: child.exitCode, output: out + err }),
    );
  });
}

describe('the policy', () => {
  test('is served as a JSON Schema, for editors', async () => {
    const answer = await fetch(`${scene.hindsight.url}/hindsight.schema.json`);
    const accepts = new Ajv2020({ validateFormats: false }).compile((await answer.json()) as object);
    expect(answer.headers.get('content-type')).toContain('application/schema+json');
    expect(accepts({ fail_on: 'warning', enforced: ['fail_on'], paths: { exclude: ['vendor/**'] } })).toBe(true);
    expect(accepts({ fail_at: 'warning' })).toBe(false);
  });
});

describe('an installation', () => {
  test('that is suspended is quiet, during a review and afterwards; what waited for it or was opened meanwhile is reviewed when it is back', async () => {
    const repo = await repository('sleepy');
    const { pull, answer } = await underReview(repo);
    scene.sandbox.suspend(installed(repo));
    answer();
    await quiet(scene);
    // Another change: the same one, made in the same second, would be the same commit.
    const other = { 'migrations/2.sql': 'ALTER TABLE orders ADD COLUMN note text NOT NULL;\n' };
    const meanwhile = await scene.sandbox.openPull(repo, { branch: 'meanwhile', files: other });
    expect([botComments(scene, pull), runsOf(pull).map(({ status }) => status)]).toEqual([[], ['in_progress']]);
    expect([runsOf(meanwhile), alarms()]).toEqual([[], []]);
    for (const one of [pull, meanwhile]) one.updatedAt -= 120_000;
    scene.sandbox.unsuspend(installed(repo));
    expect((await completedCheck(scene, meanwhile)).conclusion).toBe('failure');
    expect((await completedCheck(scene, pull)).conclusion).toBe('failure');
    expect(runsOf(pull)).toHaveLength(1);
  });

  test('that is removed is quiet: during a review, afterwards, and at the next start', async () => {
    const repo = await repository('leaving');
    const { pull, answer } = await underReview(repo);
    scene.sandbox.uninstall(installed(repo));
    answer();
    await quiet(scene);
    expect([botComments(scene, pull), alarms()]).toEqual([[], []]);
  });

  test('that granted less than the App asks for is named at the next start, with what it lacks', async () => {
    const repo = await repository('cautious');
    const less = { ...installed(repo).permissions, checks: 'read' } as const;
    scene.sandbox.acceptPermissions(installed(repo), less);
    await quiet(scene);
    expect(await scene.hindsight.stop()).toBe(0);
    await scene.restart();
    await eventually(() => complaints().some((what) => what?.startsWith('cautious: The permission checks: write')), {
      what: 'the log to say so',
    });
    await quiet(scene);
    expect(complaints().filter((what) => what?.startsWith('leaving'))).toEqual([]);
    expect(alarms()).toEqual([]);
  });
});

describe('SIGTERM', () => {
  test('gives a review that is under way to the next start, which ends it, and the exit code is 0', async () => {
    const { pull, answer } = await underReview(await repository('patient'));
    expect(await scene.hindsight.stop()).toBe(0);
    answer();
    await scene.restart();
    expect((await completedCheck(scene, pull)).conclusion).toBe('failure');
    await quiet(scene);
    expect([runsOf(pull).length, pull.reviews.length]).toEqual([1, 1]);
  });
});
