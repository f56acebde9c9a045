import { describe, expect, test } from '@jest/globals';
import { parseCommand, workOf } from '../../src/github/events.ts';

const sha = 'a'.repeat(40);
const at = { installation: { id: 7 }, repository: { id: 1, name: 'r', owner: { login: 'o' } } };
const pull = { number: 3, state: 'open', head: { sha }, base: { ref: 'main' } };
const person = { login: 'p', type: 'User' };

describe('a webhook', () => {
  test.each(['opened', 'reopened', 'synchronize'])(
    'pull_request.%s asks for the first review of its head',
    (action) => {
      const work = workOf('pull_request', 'guid', { action, ...at, pull_request: pull });
      expect(work).toEqual({
        name: 'review',
        task: {
          installation: 7,
          repository: 1,
          owner: 'o',
          repo: 'r',
          number: 3,
          head: sha,
          baseRef: 'main',
          round: 'push',
        },
      });
    },
  );

  test('of an edit concerns us only when the base changed', () => {
    const edit = (changes: object) =>
      workOf('pull_request', 'g', { action: 'edited', changes, ...at, pull_request: pull });
    expect(edit({ title: {} })).toBeUndefined();
    expect(edit({ base: { ref: {} } })).toMatchObject({ task: { round: 'edited-g' } });
  });

  test('of a closed pull request, of another event, or without an installation asks for nothing', () => {
    const closed = { ...pull, state: 'closed' };
    expect(workOf('pull_request', 'g', { action: 'opened', ...at, pull_request: closed })).toBeUndefined();
    expect(workOf('push', 'g', { ...at })).toBeUndefined();
    expect(workOf('pull_request', 'g', { action: 'opened', pull_request: pull })).toBeUndefined();
  });

  test('of a merge group reads the pull request from a branch name with slashes', () => {
    const merge_group = {
      head_sha: sha,
      head_ref: `refs/heads/gh-readonly-queue/release/2026/pr-12-${sha}`,
      base_sha: 'b'.repeat(40),
      base_ref: 'refs/heads/release/2026',
    };
    expect(workOf('merge_group', 'g', { action: 'checks_requested', ...at, merge_group })).toMatchObject({
      name: 'group',
      task: { number: 12, baseRef: 'release/2026' },
    });
    expect(workOf('merge_group', 'g', { action: 'destroyed', ...at, merge_group })?.name).toBe('cancel-group');
  });

  test('of a bot that writes a command is not obeyed', () => {
    const comment = { id: 5, body: '/hindsight recheck' };
    const said = (sender: typeof person) =>
      workOf('pull_request_review_comment', 'g', { action: 'created', ...at, pull_request: pull, comment, sender });
    expect(said({ login: 'x[bot]', type: 'Bot' })).toBeUndefined();
    expect(said(person)).toMatchObject({ name: 'command', task: { commentId: 5, who: 'p' } });
  });

  test('of a thread of ours that somebody else than the author resolves asks for a review, in a moment', () => {
    const comments = [{ body: `Do. <!-- hindsight:${'0'.repeat(16)} -->`, user: { type: 'Bot' } }];
    const threadOf = (sender: typeof person, more: object = {}) =>
      workOf('pull_request_review_thread', 'g', {
        action: 'resolved',
        ...at,
        pull_request: { ...pull, user: { login: 'author' } },
        thread: { comments },
        sender,
        ...more,
      });
    const work = { name: 'review', task: { number: 3, head: sha, round: 'resolved-g' }, startAfterSeconds: 5 };
    expect(threadOf(person)).toMatchObject(work);
    expect(threadOf(person, { action: 'unresolved' })).toMatchObject({ task: { round: 'unresolved-g' } });
    expect(threadOf({ ...person, login: 'author' })).toBeUndefined();
    expect(threadOf({ ...person, type: 'Bot' })).toBeUndefined();
    expect(threadOf(person, { thread: { comments: [{ ...comments[0], user: person }] } })).toBeUndefined();
    expect(threadOf(person, { thread: { comments: [{ body: 'Hm.', user: { type: 'Bot' } }] } })).toBeUndefined();
  });

  test('of our own new check run does not start another', () => {
    const check_run = { head_sha: sha, name: 'Hindsight' };
    expect(workOf('check_run', 'g', { action: 'created', ...at, check_run, sender: person })).toBeUndefined();
    expect(workOf('check_run', 'g', { action: 'completed', ...at, check_run, sender: person })).toBeUndefined();
  });
});

describe('a command', () => {
  test.each([
    ['/hindsight ignore because of #3', { verb: 'ignore', reason: 'because of #3' }],
    ['  /Hindsight false-positive\nmore text', { verb: 'false-positive', reason: '' }],
    ['/hindsight explain', { verb: 'explain', reason: '' }],
    ['/hindsight recheck please', { verb: 'recheck', reason: 'please' }],
    ['/hindsight dance', undefined],
    ['please /hindsight recheck', undefined],
    ['/hindsightrecheck', undefined],
  ])('%j reads as %j', (body, command) => {
    expect(parseCommand(body)).toEqual(command);
  });
});
