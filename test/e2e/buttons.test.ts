import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pull } from '../../src/sandbox/types.ts';
import { eventually } from './harness.ts';
import { checkOn, openings, reviewsBy, runsAt, type Stage, settled, startStage } from './in-process.ts';

let stage: Stage;
let n = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

async function pullWith(text: string, fromFork = false): Promise<Pull> {
  const repo = await stage.sandbox.createRepository({ name: `button-${++n}`, files: { 'README.md': '# Here\n' } });
  stage.sandbox.collaborator(repo, 'maintainer', 'write');
  stage.sandbox.collaborator(repo, 'reader', 'read');
  const from = fromFork ? { from: stage.sandbox.fork(repo, `forker-${n}`) } : {};
  const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': text }, ...from });
  await checkOn(pull);
  return pull;
}

const firstThread = (pull: Pull) => {
  const [thread] = pull.threads;
  if (!thread) throw new Error('no thread');
  return thread;
};

const latest = (pull: Pull) => {
  const run = runsAt(pull).at(-1);
  if (!run) throw new Error('no run');
  return run;
};

describe('Re-run', () => {
  test('on the check makes a new run of the same name and comments nothing twice', async () => {
    const pull = await pullWith('bad(1);\n');
    await stage.sandbox.rerequestRun(latest(pull), 'maintainer');
    const run = await checkOn(pull, 2);
    await settled(stage);
    expect([run.name, run.conclusion, openings(pull).length, runsAt(pull).length]).toEqual([
      'Hindsight',
      'failure',
      1,
      2,
    ]);
  });

  test('on the suite of a fork, whose events name no pull request, finds it by its commit', async () => {
    const pull = await pullWith('bad(1);\n', true);
    await stage.sandbox.rerequestSuite(latest(pull).suite, 'maintainer');
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
  });

  test('on a commit that is no head any more says so, and the head keeps its check', async () => {
    const pull = await pullWith('bad(1);\n');
    const [old, sha] = [latest(pull), pull.headSha];
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': 'fine(1);\n' } });
    await checkOn(pull);
    await stage.sandbox.rerequestRun(old, 'maintainer');
    const run = await checkOn(pull, 2, sha);
    await settled(stage);
    expect([run.conclusion, run.title]).toEqual(['cancelled', 'Not the head of an open pull request']);
    expect(runsAt(pull).map(({ conclusion }) => conclusion)).toEqual(['success']);
  });

  test('by our own button does the same', async () => {
    const pull = await pullWith('bad(1);\n');
    await stage.sandbox.clickAction(latest(pull), 'recheck', 'maintainer');
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
  });
});

describe('Accept as known', () => {
  test('turns the check green at once, and the finding does not come back with the next push', async () => {
    const pull = await pullWith('bad(1);\n');
    await stage.sandbox.clickAction(latest(pull), 'accept', 'maintainer');
    expect((await checkOn(pull, 2)).conclusion).toBe('success');
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': '// moved\n//\n//\n//\n//\n//\nbad(1);\n' } });
    expect((await checkOn(pull)).conclusion).toBe('success');
    expect(openings(pull)).toHaveLength(1);
  });

  test('is offered where there is something to accept, and nowhere else', async () => {
    const offered = (pull: Pull, run = latest(pull)) => run.actions.map(({ identifier }) => identifier);
    const pull = await pullWith('odd(1);\n');
    expect(offered(pull)).toEqual(['recheck', 'accept']);
    await stage.sandbox.clickAction(latest(pull), 'accept', 'maintainer');
    expect(offered(pull, await checkOn(pull, 2))).toEqual(['recheck']);
    expect(offered(await pullWith('fine(1);\n'))).toEqual(['recheck']);
    const group = await stage.sandbox.enqueue(pull);
    expect(offered(pull, await checkOn(pull, 1, group.headSha))).toEqual(['recheck']);
  });
});

describe('/hindsight', () => {
  test('ignore with a reason dismisses the finding for good and turns the check green', async () => {
    const pull = await pullWith('bad(1);\n');
    const said = await stage.sandbox.replyAs(firstThread(pull), 'maintainer', '/hindsight ignore we know, see #7');
    expect((await checkOn(pull, 2)).conclusion).toBe('success');
    await eventually(() => said.reactions.some(({ content }) => content === '+1'), { what: 'a reaction' });
    await stage.sandbox.pushToPull(pull, { files: { 'a.ts': '//\n\nbad(1);\n' }, force: true });
    expect((await checkOn(pull)).conclusion).toBe('success');
    expect(reviewsBy(pull)).toHaveLength(1);
  });

  test('ignore without a reason is not understood', async () => {
    const pull = await pullWith('bad(1);\n');
    const said = await stage.sandbox.replyAs(firstThread(pull), 'maintainer', '/hindsight ignore');
    await eventually(() => said.reactions.some(({ content }) => content === 'confused'), { what: 'a reaction' });
    await settled(stage);
    expect(runsAt(pull)).toHaveLength(1);
  });

  test('false-positive by somebody who may only read changes nothing and says so', async () => {
    const pull = await pullWith('bad(1);\n');
    const said = await stage.sandbox.replyAs(firstThread(pull), 'reader', '/hindsight false-positive');
    await eventually(() => said.reactions.some(({ content }) => content === '-1'), { what: 'a reaction' });
    await settled(stage);
    expect(runsAt(pull).map(({ conclusion }) => conclusion)).toEqual(['failure']);
  });

  test('explain answers in the thread, once', async () => {
    const pull = await pullWith('bad(1);\n');
    const thread = firstThread(pull);
    await stage.sandbox.replyAs(thread, 'maintainer', '/hindsight explain');
    await eventually(() => thread.comments.length === 3, { what: 'an answer' });
    await settled(stage);
    expect(thread.comments).toHaveLength(3);
    expect(thread.comments[2]?.author.type).toBe('Bot');
  });

  test('recheck reviews the head again', async () => {
    const pull = await pullWith('bad(1);\n');
    await stage.sandbox.replyAs(firstThread(pull), 'maintainer', '/hindsight recheck');
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
  });

  test('as an ordinary comment works where the App may read issues', async () => {
    const { app } = stage.sandbox.world;
    const repo = await stage.sandbox.createRepository({
      owner: 'chatty',
      name: 'chatty',
      files: { 'README.md': '\n' },
    });
    if (!repo.installation) throw new Error('not installed');
    stage.sandbox.collaborator(repo, 'maintainer', 'write');
    stage.sandbox.acceptPermissions(repo.installation, { ...app.permissions, issues: 'read' });
    Object.assign(repo.installation, { events: [...app.events, 'issue_comment'] });
    const pull = await stage.sandbox.openPull(repo, { branch: 'a', files: { 'a.ts': 'bad(1);\n' } });
    await checkOn(pull);
    const said = await stage.sandbox.commentAs(pull, 'maintainer', '/hindsight recheck');
    expect((await checkOn(pull, 2)).conclusion).toBe('failure');
    await eventually(() => said.reactions.length > 0, { what: 'a reaction' });
  });

  test('on a thread that a person opened concerns no finding', async () => {
    const pull = await pullWith('fine(1);\n');
    const review = await stage.sandbox.reviewAs(pull, 'maintainer', {
      body: 'Hm',
      comments: [{ path: 'a.ts', line: 1, side: 'RIGHT', body: 'What? <!-- hindsight:0123456789abcdef -->' }],
    } as never);
    expect(review).toBeDefined();
    const said = await stage.sandbox.replyAs(firstThread(pull), 'maintainer', '/hindsight false-positive');
    await eventually(() => said.reactions.some(({ content }) => content === 'confused'), { what: 'a reaction' });
  });
});

describe('a changed base branch', () => {
  test('has the head reviewed again', async () => {
    const pull = await pullWith('bad(1);\n');
    await stage.sandbox.push(pull.repository, { branch: 'other', from: pull.headSha, files: { 'z.ts': '\n' } });
    await stage.sandbox.changeBase(pull, 'other');
    expect((await checkOn(pull, 2)).conclusion).toBe('success');
  });
});
