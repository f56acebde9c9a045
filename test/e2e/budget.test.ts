import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from './harness.ts';
import { checkOn, openings, type Stage, settled, startStage } from './in-process.ts';

/** Requests of each kind of review, printed at the end: docs/api-requests.md holds the table. */
const table: { review: string; requests: number; kinds: string }[] = [];

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
  await settled(stage);
});
afterAll(async () => {
  console.info(table.map(({ review, requests, kinds }) => `${requests}\t${review}\n\t${kinds}`).join('\n'));
  await stage.close();
});

/** Counts what is asked of GitHub while `act` runs, without the sweep's own requests. */
async function count(review: string, act: () => Promise<unknown>): Promise<number> {
  await settled(stage);
  stage.sandbox.requests.clear();
  await act();
  await settled(stage);
  const asked = stage.sandbox.requests.all.filter(
    ({ kind, body }) =>
      !/ \/(?:app(?:$|\/hook|\/installations$)|installation\/repositories)/.test(kind) &&
      !body.includes('query OpenPulls'),
  );
  const kinds = new Map<string, number>();
  for (const { kind } of asked) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  table.push({
    review,
    requests: asked.length,
    kinds: [...kinds].map(([kind, times]) => `${times} ${kind}`).join(', '),
  });
  return asked.length;
}

/** An organisation of its own, so that its token is asked for, too. */
const repository = () =>
  stage.sandbox.createRepository({
    owner: `org-${++n}`,
    name: 'thrift',
    files: { 'README.md': '# Here\n', 'package.json': '{}\n' },
  });

const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`src/f${i}.ts`, i % 10 === 0 ? 'poor(1);\n' : 'fine();\n']),
  );

describe('a review', () => {
  test.each([
    [1, 8],
    [100, 8],
    [101, 11],
    [250, 14],
  ])('of %i files takes at most %i requests, the token among them', async (files, most) => {
    const repo = await repository();
    const requests = await count(`first review, ${files} files, findings`, async () => {
      await checkOn(await stage.sandbox.openPull(repo, { branch: 'a', files: many(files) }));
    });
    expect(requests).toBeGreaterThan(4);
    expect(requests).toBeLessThanOrEqual(most);
  });

  test('of a push of several commits, with comments to edit, takes at most eight', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\nbad(2);\n' } });
    await checkOn(pull);
    const requests = await count('later push, fixed and new findings', async () => {
      await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\npoor(3);\n' } });
      await checkOn(pull);
    });
    expect(openings(pull)).toHaveLength(3);
    expect(requests).toBeLessThanOrEqual(8);
  });

  test('of a clean pull request writes the check and nothing else', async () => {
    const repo = await repository();
    const requests = await count('clean pull request', async () => {
      await checkOn(await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'fine();\n' } }));
    });
    expect(requests).toBeLessThanOrEqual(6);
  });

  test('of a merge group that a review has seen reads one comparison', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'fine();\n' } });
    await checkOn(pull);
    const requests = await count('merge group, verdict carried over', async () => {
      const group = await stage.sandbox.enqueue(pull);
      await checkOn(pull, 1, group.headSha);
    });
    expect(requests).toBeLessThanOrEqual(3);
  });

  test('asked for by a command reads the comment and who wrote it', async () => {
    const repo = await repository();
    stage.sandbox.collaborator(repo, 'maintainer', 'write');
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    const [thread] = pull.threads;
    if (!thread) throw new Error('no thread');
    const requests = await count('/hindsight ignore, with its review', async () => {
      const said = await stage.sandbox.replyAs(thread, 'maintainer', '/hindsight ignore known');
      await eventually(() => said.reactions.length > 0, { what: 'a reaction' });
      await checkOn(pull, 2);
    });
    expect(requests).toBeLessThanOrEqual(10);
  });
});
