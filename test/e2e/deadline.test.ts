import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { analyseWithTestRules, checkOn, openings, type Stage, startStage } from './in-process.ts';

let stage: Stage;
let behaviour: 'hang' | 'throw' = 'hang';

beforeAll(async () => {
  stage = await startStage({
    env: { REVIEW_DEADLINE_SECONDS: '10' },
    analyse: (snapshot, policy, signal) => {
      if (!snapshot.files.some(({ path }) => path === 'trap.ts'))
        return Promise.resolve(analyseWithTestRules(snapshot, policy));
      if (behaviour === 'throw') return Promise.reject(Object.assign(new Error('no such thing'), { status: 404 }));
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  });
});
afterAll(() => stage.close());

const open = async (name: string, files: Record<string, string> = { 'README.md': '\n' }) => {
  const repo = await stage.sandbox.createRepository({ name, files });
  return stage.sandbox.openPull(repo, { branch: 'a', files: { 'trap.ts': 'bad(1);\n' } });
};

describe('our own outage', () => {
  test('a review past its deadline ends neutral, with its reason and a request id', async () => {
    behaviour = 'hang';
    const run = await checkOn(await open('slow'));
    expect([run.conclusion, run.title]).toEqual(['neutral', 'The review took too long']);
    expect(run.summary).toMatch(/more than 10 s.*Request id: [0-9a-f-]{36}/);
  });

  test('a review that cannot succeed ends neutral at once', async () => {
    behaviour = 'throw';
    const pull = await open('broken');
    const run = await checkOn(pull);
    expect([run.conclusion, openings(pull).length]).toEqual(['neutral', 0]);
    expect(run.summary).toContain('Request id');
  });

  test('fails the check where the policy wants it so', async () => {
    behaviour = 'throw';
    const run = await checkOn(await open('strict', { '.github/hindsight.yml': 'on_error: failure\n' }));
    expect([run.conclusion, run.title]).toEqual(['failure', 'The review was not possible']);
  });
});
