import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pull, Thread } from '../../src/sandbox/types.ts';
import { checkOn, openings, runsAt, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

async function pullBy(author: string, text = 'bad(1);\n'): Promise<{ pull: Pull; thread: Thread }> {
  const repo = await stage.sandbox.createRepository({
    name: `resolve-${++n}`,
    files: { 'README.md': '# Here\n', 'a.ts': `${Array.from({ length: 9 }, (_, i) => `line ${i}`).join('\n')}\n` },
  });
  for (const login of ['ann', 'bob']) stage.sandbox.collaborator(repo, login, 'write');
  stage.sandbox.collaborator(repo, 'reader', 'read');
  const pull = await stage.sandbox.openPull(repo, { branch: 'a', author, files: { 'b.ts': text } });
  await checkOn(pull);
  const [thread] = pull.threads;
  if (!thread) throw new Error('no thread');
  return { pull, thread };
}

describe('"Resolve conversation"', () => {
  test('by a maintainer passes the check at once, holds when the finding moves, until it is taken back', async () => {
    const { pull, thread } = await pullBy('ann');
    await stage.sandbox.resolveAs(thread, 'bob');
    const run = await checkOn(pull, 2);
    expect(run.conclusion).toBe('success');
    expect(run.summary).toContain('1 dismissed by people');
    await stage.sandbox.pushToPull(pull, { files: { 'b.ts': '//\n//\n//\n//\n//\n//\n//\nbad(1);\n' }, force: true });
    expect((await checkOn(pull)).conclusion).toBe('success');
    expect(openings(pull)).toHaveLength(1);
    await stage.sandbox.unresolveAs(thread, 'bob');
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
  });

  test('by several threads, one after the other, is one review', async () => {
    const { pull } = await pullBy('ann', 'bad(1);\nbad(2);\nbad(3);\n');
    for (const thread of pull.threads) await stage.sandbox.resolveAs(thread, 'bob');
    expect((await checkOn(pull, 2)).conclusion).toBe('success');
    await settled(stage);
    expect(runsAt(pull)).toHaveLength(2);
  });

  test.each(['ann', 'reader'])(
    'by the author or somebody who may only read (%s) silences the comment and no more',
    async (who) => {
      const { pull, thread } = await pullBy('ann');
      await stage.sandbox.resolveAs(thread, who);
      await stage.sandbox.deliveries.idle();
      await stage.sandbox.pushToPull(pull, { files: { 'b.ts': '//\n//\n//\n//\n//\n//\n//\nbad(1);\n' }, force: true });
      expect((await checkOn(pull)).conclusion).toBe('failure');
      await settled(stage);
      expect(openings(pull)).toHaveLength(1);
    },
  );
});
