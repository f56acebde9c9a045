import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from './harness.ts';
import { checkOn, runsAt, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const repository = (files: Record<string, string> = {}) =>
  stage.sandbox.createRepository({
    name: `queue-${++n}`,
    files: { 'a.ts': '1\n2\n3\n4\n5\n6\n7\n8\n9\n', 'b.ts': '\n', ...files },
  });

describe('the merge queue', () => {
  test.each(['merge', 'squash'] as const)(
    'gets a %s group checked, with the verdict of the review it equals',
    async (method) => {
      const repo = await repository();
      const pull = await stage.sandbox.openPull(repo, { branch: 'x', files: { 'c.ts': 'poor(1);\n' } });
      await checkOn(pull);
      await settled(stage);
      stage.sandbox.requests.clear();
      const group = await stage.sandbox.enqueue(pull, { method });
      const run = await checkOn(pull, 1, group.headSha);
      expect([run.conclusion, run.title]).toEqual(['success', `As reviewed in #${pull.number}`]);
      expect(stage.sandbox.requests.counts()).not.toHaveProperty('GraphQL query');
    },
  );

  test('analyses a chained group whose contents no review has seen, on a base branch with slashes', async () => {
    const repo = await repository();
    await stage.sandbox.push(repo, { branch: 'release/2026/q4', from: 'main', files: { 'b.ts': '// q4\n' } });
    const base = 'release/2026/q4';
    const first = await stage.sandbox.openPull(repo, {
      branch: 'x',
      base,
      files: { 'a.ts': '1\n2\n3\n4\n5\n6\n7\n8\nbad(9)\n' },
    });
    const second = await stage.sandbox.openPull(repo, {
      branch: 'y',
      base,
      files: { 'd.ts': 'fine();\n', 'e.ts': 'bad(1);\n' },
    });
    await Promise.all([checkOn(first), checkOn(second)]);
    const one = await stage.sandbox.enqueue(first);
    const two = await stage.sandbox.enqueue(second, { behind: one });
    expect((await checkOn(first, 1, one.headSha)).conclusion).toBe('failure');
    expect((await checkOn(second, 1, two.headSha)).conclusion).toBe('failure');
  });

  test('is told where a group holds more files than GitHub compares, and does not pass for what was not seen', async () => {
    const repo = await repository({ '.github/hindsight.yml': 'on_incomplete: neutral\n' });
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`many/${i}.ts`, `fine(${i});\n`]));
    const pull = await stage.sandbox.openPull(repo, { branch: 'x', files: many });
    expect((await checkOn(pull)).conclusion).toBe('success');
    const group = await stage.sandbox.enqueue(pull);
    const run = await checkOn(pull, 1, group.headSha);
    expect([run.conclusion, run.title]).toEqual(['neutral', 'Nothing found in what could be analysed']);
    expect(run.summary).toContain('Analysed 300 of 301 files');
    expect(run.summary).toContain('GitHub compares 300 files and no more');
  });

  test('gets its group checked again by the Re-run button', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'x', files: { 'c.ts': 'poor(1);\n' } });
    await checkOn(pull);
    const group = await stage.sandbox.enqueue(pull);
    const run = await checkOn(pull, 1, group.headSha);
    await stage.sandbox.rerequestRun(run, 'octo');
    expect((await checkOn(pull, 2, group.headSha)).conclusion).toBe('success');
  });

  test('gets a conclusion, and not a failure, when the group cannot be analysed', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'x', files: { 'c.ts': 'fine(1);\n' } });
    await checkOn(pull);
    stage.sandbox.faults.add({
      path: /\/compare\//,
      times: 100,
      respond: { status: 404, body: { message: 'Not Found' } },
    });
    const group = await stage.sandbox.enqueue(pull);
    const run = await checkOn(pull, 1, group.headSha);
    stage.sandbox.faults.clear();
    expect(run.conclusion).toBe('neutral');
    expect(run.summary).toContain('Request id');
  });

  test('cancels the work of a group that is destroyed, and leaves no check open', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'x', files: { 'c.ts': 'fine(1);\n' } });
    await checkOn(pull);
    const gone = Promise.withResolvers<void>();
    const slow = stage.sandbox.faults.add({ path: /\/compare\//, times: 1, respond: { until: gone.promise } });
    const group = await stage.sandbox.enqueue(pull);
    await eventually(() => slow.struck > 0, { what: 'the group to be read' });
    await stage.sandbox.leaveQueue(group, 'dequeued');
    await settled(stage);
    gone.resolve();
    stage.sandbox.faults.clear();
    const runs = runsAt(pull, group.headSha);
    expect(runs.map(({ status, conclusion }) => [status, conclusion])).toEqual([['completed', 'cancelled']]);
  });
});
