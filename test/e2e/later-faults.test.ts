import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultAnswer } from '../../src/sandbox/faults.ts';
import type { Pull, Repository } from '../../src/sandbox/types.ts';
import { eventually } from './harness.ts';
import { checkOn, openings, runsAt, type Stage, settled, startStage } from './in-process.ts';

/*
 * What goes wrong at the calls that come after a first review: pushes, the merge queue, buttons, commands. Each call has a
 * pull request of its own, on which each answer goes wrong in turn.
 */

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ env: { CONCURRENCY: '8' } });
});
afterAll(() => stage.close());

const limited = {
  status: 403,
  headers: { 'retry-after': '1' },
  body: { message: 'You have exceeded a secondary rate limit.' },
};
const answers: readonly (readonly [string, FaultAnswer])[] = [
  ['a 500', { status: 500, body: { message: 'Server Error' } }],
  ['a secondary limit', limited],
  ['a 429', { ...limited, status: 429 }],
  ['a dropped connection', 'drop'],
  ['a lost answer', 'lost-answer'],
  ['a 422', { status: 422, body: { message: 'Unprocessable Entity' } }],
];

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: RegExp;
}

/** Runs `act` once for each wrong answer to a call of one pull request, and tells what was seen, a line each. */
async function suffer(
  name: string,
  call: (at: { repo: string; number: number; head: string }) => Call,
  act: (pull: Pull, n: number, struck: () => boolean) => Promise<readonly unknown[]>,
): Promise<string[]> {
  const named = name.replaceAll(' ', '-');
  // An installation of its own, with a budget of its own for what is created.
  const repo = await stage.sandbox.createRepository({ owner: named, name: named, files: { 'README.md': '# Here\n' } });
  stage.sandbox.collaborator(repo, 'maintainer', 'write');
  const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'poor(0);\n' } });
  await checkOn(pull);
  const seen: string[] = [];
  for (const [n, [answer, respond]] of answers.entries()) {
    const { path, ...rest } = call({ repo: repo.name, number: pull.number, head: pull.headSha });
    const fault = stage.sandbox.faults.add({ ...rest, path: new RegExp(path), times: 1, respond });
    const outcome = await act(pull, n + 1, () => fault.struck === 1);
    seen.push([answer, fault.struck, ...outcome].join(' '));
  }
  return seen;
}

const as = (...outcome: readonly unknown[]) => answers.map(([answer]) => [answer, 1, ...outcome].join(' '));
const withState = (pull: Pull) => openings(pull).filter(({ body }) => !body.includes('Fixed in')).length;

/** One finding goes, one comes: of all that was said, one comment stands. */
async function push(pull: Pull, n: number): Promise<readonly unknown[]> {
  await stage.sandbox.pushToPull(pull, { files: { 'a.ts': `poor(${n});\n` } });
  const run = await checkOn(pull);
  return [run.conclusion, runsAt(pull).length, openings(pull).length === n + 1, withState(pull)];
}

/** The base moves, and the pull request joins the queue anew. */
async function queue(pull: Pull, n: number): Promise<readonly unknown[]> {
  await stage.sandbox.push(pull.repository, { branch: 'main', files: { 'b.ts': `${n}\n` } });
  const group = await stage.sandbox.enqueue(pull);
  const run = await checkOn(pull, 1, group.headSha);
  return [run.title, runsAt(pull, group.headSha).length];
}

async function rerun(pull: Pull, n: number): Promise<readonly unknown[]> {
  const last = runsAt(pull).at(-1);
  if (!last) throw new Error('no run');
  await stage.sandbox.rerequestRun(last, 'maintainer');
  const run = await checkOn(pull, n + 1);
  return [run.conclusion, runsAt(pull).length === n + 1, openings(pull).length];
}

/** The command is answered once, whatever of it is done twice. */
async function explain(pull: Pull, n: number, struck: () => boolean): Promise<readonly unknown[]> {
  const [thread] = pull.threads;
  if (!thread) throw new Error('no thread');
  const said = await stage.sandbox.replyAs(thread, 'maintainer', '/hindsight explain');
  await eventually(() => struck() && thread.comments.length === 1 + 2 * n, { what: 'an answer' });
  // One that is refused for good never comes: then nothing is left to do.
  await eventually(async () => said.reactions.length > 0 || !(await stage.busy()), {
    what: 'a reaction',
  });
  return [said.reactions.map(({ content }) => content).join(), thread.comments.length === 1 + 2 * n];
}

type Case = readonly [name: string, ...(Parameters<typeof suffer> extends [string, ...infer R] ? R : never), string[]];

const cases: readonly Case[] = [
  [
    'the commits are read',
    ({ repo, number }) => ({ method: 'GET', path: `/${repo}/pulls/${number}$` }),
    push,
    as('success', 1, true, 1),
  ],
  [
    'comments are edited',
    () => ({ method: 'POST', path: '^/graphql', body: /mutation Edit/ }),
    push,
    as('success', 1, true, 1),
  ],
  [
    'the pull request is read',
    ({ repo }) => ({ method: 'POST', path: '^/graphql', body: new RegExp(`query Pull.*"${repo}"`, 's') }),
    push,
    as('success', 1, true, 1),
  ],
  [
    'a group is compared',
    ({ repo }) => ({ method: 'GET', path: `/${repo}/compare/` }),
    queue,
    as('As reviewed in #1', 1),
  ],
  [
    'a button is pressed',
    ({ head }) => ({ method: 'GET', path: `/commits/${head}/pulls` }),
    rerun,
    as('success', true, 1),
  ],
  [
    'it is asked who may write',
    ({ repo }) => ({ method: 'GET', path: `/${repo}/collaborators/maintainer/permission` }),
    explain,
    as('+1', true),
  ],
  [
    'a comment is read',
    ({ repo }) => ({ method: 'GET', path: `/${repo}/pulls/comments/\\d+$` }),
    explain,
    as('+1', true),
  ],
  ['the app asks who it is', () => ({ method: 'GET', path: '^/app$' }), explain, as('+1', true)],
  [
    'a command is answered',
    ({ repo, number }) => ({ method: 'POST', path: `/${repo}/pulls/${number}/comments/` }),
    explain,
    as('+1', true),
  ],
  [
    // A reaction that GitHub refuses is not tried for ever.
    'a reaction is given',
    ({ repo }) => ({ method: 'POST', path: `/${repo}/.*/reactions$` }),
    explain,
    [...as('+1', true).slice(0, -1), 'a 422 1  true'],
  ],
];

describe('anything that goes wrong after the first review, whatever is being done', () => {
  test('costs nothing: what is new is said once, what is fixed says so, each head has one check, each command one answer', async () => {
    const seen = await Promise.all(cases.map(([name, call, act]) => suffer(name, call, act)));
    expect(Object.fromEntries(cases.map(([name], n) => [name, seen[n]]))).toEqual(
      Object.fromEntries(cases.map(([name, , , expected]) => [name, expected])),
    );
  }, 480_000);
});

describe('a sweep', () => {
  /** A head that nobody told us of, and a sweep to find it. */
  async function unseen(repo: Repository): Promise<Pull> {
    stage.sandbox.deliveries.plan('vanish', { event: 'pull_request' });
    const pull = await stage.sandbox.openPull(repo, { branch: `s-${repo.nextNumber}`, files: { 'a.ts': 'fine();\n' } });
    pull.updatedAt -= 120_000;
    return pull;
  }

  test.each([
    ['the deliveries are not listed', { method: 'GET', path: /^\/app\/hook\/deliveries/ }],
    ['nor are they sent again', { method: 'POST', path: /^\/app\/hook\/deliveries/ }],
  ])('finds a head without a check all the same when %s', async (_, call) => {
    const repo = await stage.sandbox.createRepository({ name: `sweep-${call.method}`, files: { 'README.md': '\n' } });
    stage.sandbox.faults.add({ ...call, times: 100, respond: { status: 500 } });
    const pull = await unseen(repo);
    if (repo.installation) stage.sandbox.tellInstallation(repo.installation, 'unsuspend');
    expect((await checkOn(pull)).conclusion).toBe('success');
    stage.sandbox.faults.clear();
    await settled(stage);
  });

  test.each([
    ['the installations', { method: 'GET', path: /^\/app\/installations/ }],
    ['the repositories', { method: 'GET', path: /^\/installation\/repositories/ }],
    ['the open pull requests', { method: 'POST', path: /^\/graphql/, body: /query OpenPulls/ }],
  ])('that is not told %s leaves it to the next', async (name, call) => {
    const repo = await stage.sandbox.createRepository({
      name: `next-${name.replaceAll(' ', '-')}`,
      files: { 'README.md': '\n' },
    });
    const fault = stage.sandbox.faults.add({ ...call, times: 100, respond: { status: 500 } });
    const pull = await unseen(repo);
    if (!repo.installation) throw new Error('not installed');
    stage.sandbox.tellInstallation(repo.installation, 'unsuspend');
    await eventually(() => fault.struck > 0, { what: 'the sweep' });
    await settled(stage);
    expect(runsAt(pull)).toEqual([]);
    stage.sandbox.faults.clear();
    stage.sandbox.tellInstallation(repo.installation, 'unsuspend');
    expect((await checkOn(pull)).conclusion).toBe('success');
  });
});
