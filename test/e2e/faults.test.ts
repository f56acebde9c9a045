import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultAnswer } from '../../src/sandbox/faults.ts';
import { eventually } from './harness.ts';
import { checkOn, openings, reviewsBy, runsAt, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage({ env: { CONCURRENCY: '8' } });
});
afterEach(() => stage.sandbox.faults.clear());
afterAll(() => stage.close());

/** In an organisation of its own, with a budget of its own for what is created. */
const repository = () =>
  stage.sandbox.createRepository({ owner: `org-${++n}`, name: `fault-${n}`, files: { 'README.md': '# Here\n' } });
const twoFindings = { 'a.ts': 'bad(1);\npoor(2);\n' };

const calls: readonly [string, (repo: string) => { method: string; path: RegExp; body?: RegExp }][] = [
  ['the check is opened', (repo) => ({ method: 'POST', path: new RegExp(`/${repo}/check-runs$`) })],
  ['the files are listed', (repo) => ({ method: 'GET', path: new RegExp(`/${repo}/pulls/.*/files`) })],
  ['the pull request is read', (repo) => ({ method: 'POST', path: /^\/graphql/, body: new RegExp(`"${repo}"`) })],
  ['the review is posted', (repo) => ({ method: 'POST', path: new RegExp(`/${repo}/pulls/.*/reviews$`) })],
  ['the check is concluded', (repo) => ({ method: 'PATCH', path: new RegExp(`/${repo}/check-runs/`) })],
];
const limited = {
  status: 403,
  headers: { 'retry-after': '1' },
  body: { message: 'You have exceeded a secondary rate limit.' },
};
const usedUp = {
  status: 403,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000)) },
  body: { message: 'API rate limit exceeded for installation ID 1.' },
};
const answers: readonly [string, FaultAnswer][] = [
  ['a 500', { status: 500, body: { message: 'Server Error' } }],
  ['a secondary limit', limited],
  ['a 429', { ...limited, status: 429 }],
  ['an hour that is used up', usedUp],
  ['a dropped connection', 'drop'],
  ['a lost answer', 'lost-answer'],
  ['a 422', { status: 422, body: { message: 'Unprocessable Entity' } }],
];

describe('any answer that goes wrong, at any call', () => {
  test('costs nothing: one review, each finding once, one completed check', async () => {
    const cases = answers.flatMap(([answer, respond]) =>
      calls.map(([call, which]) => ({ name: `${answer} when ${call}`, respond, which })),
    );
    const outcomes = await Promise.all(
      cases.map(async ({ name, respond, which }) => {
        const repo = await repository();
        const fault = stage.sandbox.faults.add({ ...which(repo.name), times: 1, respond });
        const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: twoFindings });
        const run = await checkOn(pull);
        return { name, fault, run, pull };
      }),
    );
    await settled(stage);
    for (const { name, fault, run, pull } of outcomes) {
      const seen = [fault.struck, run.conclusion, runsAt(pull).length, openings(pull).length, reviewsBy(pull).length];
      expect([name, ...seen]).toEqual([name, 1, 'failure', 1, 2, 1]);
    }
    expect(outcomes).toHaveLength(35);
  });
});

describe('a refused line', () => {
  test('costs its own comment only: the others stand on their lines, it stands on its file', async () => {
    stage.sandbox.faults.add({
      method: 'POST',
      path: /\/reviews$/,
      body: /poor\(2\)/,
      times: 100,
      respond: { status: 422, body: { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] } },
    });
    const files = { 'a.ts': 'bad(1);\n', 'b.ts': 'poor(2);\n', 'c.ts': 'poor(3);\n' };
    const pull = await stage.sandbox.openPull(await repository(), { branch: 'a', files });
    // The word stands in the marker-less part of the body of every `poor` comment: only the one in b.ts is refused.
    const run = await checkOn(pull);
    await settled(stage);
    expect(run.conclusion).toBe('failure');
    expect(openings(pull)).toHaveLength(3);
    expect(runsAt(pull)).toHaveLength(1);
  });

  test('that no file takes either is in the check, which says so', async () => {
    for (const path of [/\/reviews$/, /\/pulls\/\d+\/comments$/]) {
      stage.sandbox.faults.add({ method: 'POST', path, times: 100, respond: { status: 422, body: { message: 'No' } } });
    }
    const pull = await stage.sandbox.openPull(await repository(), { branch: 'a', files: twoFindings });
    const run = await checkOn(pull);
    expect([run.conclusion, openings(pull).length, run.annotations.length]).toEqual(['failure', 0, 2]);
    expect(run.summary).toContain('2 of the comments');
  });
});

describe('a missing permission', () => {
  test('ends the check with its reason, neutral, and is not tried for ever', async () => {
    const body = { message: 'Resource not accessible by integration' };
    const fault = stage.sandbox.faults.add({
      method: 'POST',
      path: /\/reviews$/,
      times: 100,
      respond: { status: 403, body },
    });
    const pull = await stage.sandbox.openPull(await repository(), { branch: 'a', files: twoFindings });
    const run = await checkOn(pull);
    expect(run.conclusion).toBe('neutral');
    expect(run.summary).toContain('docs/permissions.md');
    expect(fault.struck).toBe(1);
  });
});

describe('more findings than annotations fit in a request', () => {
  test('are all annotated, and none twice when a request in between fails', async () => {
    stage.sandbox.faults.add({ method: 'PATCH', path: /\/check-runs\//, skip: 1, times: 1, respond: 'lost-answer' });
    const text = Array.from({ length: 49 }, (_, i) => `bad(${i});\npoor(${i});\nodd(${i});\n`).join('');
    const pull = await stage.sandbox.openPull(await repository(), { branch: 'a', files: { 'a.ts': text } });
    const run = await checkOn(pull);
    const places = run.annotations.map(({ start_line, title }) => `${start_line} ${title}`);
    expect(places).toHaveLength(147);
    expect(new Set(places).size).toBe(147);
    expect(openings(pull).length).toBeLessThanOrEqual(10);
  });
});

describe('a removed installation', () => {
  test('is dropped quietly', async () => {
    const repo = await stage.sandbox.createRepository({ owner: 'leaving', name: 'gone', files: { 'README.md': '\n' } });
    if (!repo.installation) throw new Error('not installed');
    stage.sandbox.suspend(repo.installation);
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: twoFindings });
    await settled(stage);
    expect(runsAt(pull)).toEqual([]);
  });

  test('in the middle of a review ends it, without another attempt', async () => {
    const repo = await stage.sandbox.createRepository({ owner: 'leaver', name: 'gone', files: { 'README.md': '\n' } });
    const { installation } = repo;
    if (!installation) throw new Error('not installed');
    const gone = Promise.withResolvers<void>();
    const slow = stage.sandbox.faults.add({ path: /\/gone\/pulls\/.*files/, respond: { until: gone.promise } });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: twoFindings });
    await eventually(() => slow.struck > 0, { what: 'the review to begin' });
    stage.sandbox.uninstall(installation);
    gone.resolve();
    await settled(stage);
    expect([openings(pull), runsAt(pull).length]).toEqual([[], 1]);
  });
});
