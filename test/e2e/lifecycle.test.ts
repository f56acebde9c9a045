import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Repository } from '../../src/sandbox/types.ts';
import { eventually } from './harness.ts';
import { checkOn, checksAt, openings, reviewsBy, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const repository = (files: Record<string, string> = { 'README.md': '# Here\n' }): Promise<Repository> =>
  stage.sandbox.createRepository({ name: `life-${++n}`, files });

describe('on each push', () => {
  test('a new finding is commented, a kept one is not repeated, a fixed one is edited and minimised', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\npoor(2);\n' } });
    const first = await checkOn(pull);
    expect(first.conclusion).toBe('failure');
    expect(openings(pull)).toHaveLength(2);

    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': '// shifted\n\npoor(2);\npoor(3);\n' } });
    const second = await checkOn(pull);
    await settled(stage);
    expect(second.conclusion).toBe('success');
    const [bad, poor, fresh] = openings(pull);
    expect(openings(pull)).toHaveLength(3);
    expect(bad?.body).toContain(`Fixed in ${pull.headSha.slice(0, 7)}`);
    expect(bad?.minimized?.toLowerCase()).toBe('resolved');
    expect(poor?.body).not.toContain('Fixed in');
    expect(fresh?.body).toContain('poor(');
    expect(reviewsBy(pull)).toHaveLength(2);
  });

  test('a fixed finding that comes back has its comment again, and no second one', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'good(1);\n' } });
    await checkOn(pull);
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('failure');
    await settled(stage);
    expect(openings(pull)).toHaveLength(1);
    expect(openings(pull)[0]?.body).not.toContain('Fixed in');
    expect(openings(pull)[0]?.minimized).toBeUndefined();
  });

  test('a finding whose comment GitHub shows on no line any more is said again where it stands', async () => {
    const body = (at: number) =>
      Array.from({ length: 40 }, (_, i) => (i === at ? 'bad(1);\n' : `line ${i}\n`)).join('');
    const repo = await repository({ 'a.ts': body(-1) });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': body(3) } });
    await checkOn(pull);
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': body(35) } });
    await checkOn(pull);
    await settled(stage);
    const [old, fresh] = openings(pull);
    expect(openings(pull)).toHaveLength(2);
    expect(old?.body).toContain('Moved.');
    expect([fresh?.thread.line, fresh?.minimized]).toEqual([36, undefined]);
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': body(-1) } });
    expect((await checkOn(pull)).conclusion).toBe('success');
    await settled(stage);
    expect(openings(pull)).toHaveLength(2);
    expect(openings(pull)[1]?.body).toContain('Fixed in');
  });

  test('a thread a person replied to stays visible when its finding is fixed', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    const [thread] = pull.threads;
    if (!thread) throw new Error('no thread');
    await stage.sandbox.replyAs(thread, 'octo', 'We talk about this.');
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'good(1);\n' } });
    await checkOn(pull);
    await settled(stage);
    expect(openings(pull)[0]?.body).toContain('Fixed in');
    expect(openings(pull)[0]?.minimized).toBeUndefined();
    expect(thread.comments).toHaveLength(2);
  });

  test('a thread a person resolved is not opened again by a force-push that moves its finding', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    const [thread] = pull.threads;
    if (!thread) throw new Error('no thread');
    await stage.sandbox.resolveAs(thread, 'octo');
    await stage.sandbox.pushToPull(pull, {
      files: { 'a.ts': '//\n//\n//\n//\n//\n//\n//\n//\nbad(1);\n' },
      force: true,
    } as never);
    await checkOn(pull);
    await settled(stage);
    expect(openings(pull)).toHaveLength(1);
  });
});

describe('a branch that is pushed away from a commit and back to it', () => {
  test('has that commit reviewed again, its comments as they were', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    const first = pull.headSha;
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'fine(1);\n' } });
    await checkOn(pull);
    await stage.sandbox.resetPull(pull, first);
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
    await settled(stage);
    expect(openings(pull)).toHaveLength(1);
    expect(openings(pull)[0]?.body).not.toContain('Fixed in');
  });
});

describe('a marker', () => {
  test('that a person copied into a comment is not taken for ours', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    const marker = /<!-- hindsight:[0-9a-f]{16} -->/.exec(openings(pull)[0]?.body ?? '')?.[0] ?? '';
    const other = await stage.sandbox.openPull(repo, { branch: 'b', files: { 'a.ts': 'bad(1);\nmore();\n' } });
    await stage.sandbox.commentAs(other, 'octo', marker);
    await checkOn(other);
    await settled(stage);
    expect(marker).not.toBe('');
    expect(openings(other)).toHaveLength(1);
  });
});

describe('three pushes within a second', () => {
  test('end with one completed check on the last head and no comment twice', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\nbad(2);\n' } });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'bad(1);\nbad(2);\nbad(3);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('failure');
    await settled(stage);
    const markers = openings(pull).map(({ body }) => /hindsight:[0-9a-f]{16}/.exec(body)?.[0]);
    expect(new Set(markers).size).toBe(markers.length);
    expect(markers).toHaveLength(3);
    expect(checksAt(pull)).toHaveLength(1);
    expect(repo.runs.every(({ status }) => status === 'completed')).toBe(true);
  });
});

describe('a review that is replaced while its conclusion is on its way', () => {
  test('leaves the check of its head as it was concluded', async () => {
    const repo = await repository();
    const replaced = Promise.withResolvers<void>();
    const concluding = stage.sandbox.faults.add({
      method: 'PATCH',
      path: new RegExp(`/${repo.name}/check-runs/`),
      respond: { until: replaced.promise, afterEffect: true },
    });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    const first = await checkOn(pull);
    await eventually(() => concluding.struck > 0, { what: 'the conclusion' });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'fine(1);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('success');
    replaced.resolve();
    await settled(stage);
    expect([first.conclusion, first.title]).toEqual(['failure', '1 error']);
    expect(openings(pull)).toHaveLength(1);
  });
});

describe('a check for every head', () => {
  test('of a draft, of a fork, of a bot, of a change with nothing to read, of an empty diff', async () => {
    const repo = await repository();
    const fork = stage.sandbox.fork(repo, `someone-${n}`);
    const draft = await stage.sandbox.openPull(repo, { branch: 'd', files: { 'a.ts': 'bad(1);\n' }, draft: true });
    const forked = await stage.sandbox.openPull(repo, { branch: 'f', from: fork, files: { 'a.ts': 'bad(1);\n' } });
    const picture = await stage.sandbox.openPull(repo, {
      branch: 'p',
      files: { 'x.bin': Buffer.from([0, 1, 2, 0, 255]) as never },
    });
    expect((await checkOn(draft)).conclusion).toBe('failure');
    expect((await checkOn(forked)).conclusion).toBe('failure');
    expect((await checkOn(picture)).conclusion).toBe('success');
    const bot = await stage.sandbox.openPull(repo, {
      branch: 'b',
      author: 'renovate[bot]',
      files: { 'a.ts': 'bad(1);\n' },
    });
    expect([bot.author.type, (await checkOn(bot)).conclusion]).toEqual(['Bot', 'failure']);
    await stage.sandbox.pushToPull(picture, { files: { 'x.bin': null } });
    expect(await stage.sandbox.world.filesOf(picture)).toEqual([]);
    const empty = await checkOn(picture);
    expect([empty.conclusion, empty.title]).toEqual(['success', 'Nothing found']);
  });
});

describe('thumbs on a comment', () => {
  test('are kept as feedback with the next push, and no longer count once they are taken back', async () => {
    const repo = await repository();
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\npoor(1);\n' } });
    await checkOn(pull);
    const [comment] = openings(pull);
    if (!comment) throw new Error('no comment');
    const fingerprint = /hindsight:([0-9a-f]{16})/.exec(comment.body)?.[1];
    const kept = () =>
      stage
        .database()
        .query('SELECT fingerprint, kind, count FROM hindsight.feedback WHERE repository = $1 ORDER BY kind', [
          repo.id,
        ]);
    stage.sandbox.reactAs(comment, 'ann', '+1');
    stage.sandbox.reactAs(comment, 'bob', '-1');
    stage.sandbox.reactAs(comment, 'cid', '-1');
    await stage.sandbox.pushToPull(pull, { files: { 'b.ts': 'fine();\n' } });
    await checkOn(pull);
    expect(await kept()).toEqual([
      { fingerprint, kind: 'down', count: 2 },
      { fingerprint, kind: 'up', count: 1 },
    ]);
    comment.reactions.splice(0, 2);
    await stage.sandbox.pushToPull(pull, { files: { 'b.ts': 'fine(2);\n' } });
    await checkOn(pull);
    expect(await kept()).toEqual([
      { fingerprint, kind: 'down', count: 1 },
      { fingerprint, kind: 'up', count: 0 },
    ]);
  });
});
