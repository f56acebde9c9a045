import { afterEach, describe, expect, test } from '@jest/globals';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { checkOn, openings, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage | undefined;
afterEach(() => stage?.close());

async function open(limits: SandboxOptions['limits'], before: Record<string, string>, after: Record<string, string>) {
  stage = await startStage({ sandbox: { ...(limits ? { limits } : {}) } });
  const repo = await stage.sandbox.createRepository({ name: 'large', files: { 'README.md': '\n', ...before } });
  const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: after });
  const run = await checkOn(pull, 1, undefined, 120_000);
  await settled(stage);
  return { pull, run, requests: stage.sandbox.requests.all };
}

describe('a large pull request', () => {
  test('of 3,001 files is reviewed as far as GitHub lists it, and the check says how far', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3001 }, (_, i) => [`f/${String(i).padStart(4, '0')}.ts`, i === 2999 ? 'bad(1);\n' : 'x\n']),
    );
    const { pull, run, requests } = await open({}, {}, files);
    expect(run.conclusion).toBe('failure');
    expect(run.summary).toContain('Analysed 3000 of 3001 files, 3000 of 3000 added lines.');
    expect(run.summary).toContain('1 more files');
    expect(run.summary).toContain('GitHub lists 3000 changed files and no more');
    expect(openings(pull).map(({ thread }) => thread.path)).toEqual(['f/2999.ts']);
    console.info(`API requests of a review of 3,001 files: ${requests.length}`);
    expect(requests.length).toBeLessThanOrEqual(8 + 3 * 30);
  }, 180_000);

  test('whose patches GitHub leaves out, its counts at zero, is reviewed whole; what no line takes is said on the file', async () => {
    const lines = (of: string, count: number) => Array.from({ length: count }, (_, i) => `${of} ${i}\n`).join('');
    const { pull, run } = await open(
      { patchLinesPerAnswer: 30, patchLinesPerFile: 25 },
      { 'a.ts': lines('old', 40), 'z.ts': 'one\n' },
      { 'a.ts': `${lines('new', 40)}bad(1);\n`, 'z.ts': 'one\npoor(2);\n' },
    );
    expect(run.conclusion).toBe('failure');
    expect(run.summary).toContain('Analysed 2 of 2 files, 42 of 42 added lines.');
    expect(run.annotations.map(({ path, start_line }) => `${path}:${start_line}`).sort()).toEqual([
      'a.ts:41',
      'z.ts:2',
    ]);
    expect(openings(pull).map(({ thread }) => [thread.path, thread.subject])).toEqual(
      expect.arrayContaining([['a.ts', 'file']]),
    );
  }, 60_000);
});
