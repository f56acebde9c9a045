import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Octokit } from '@octokit/rest';
import { nodeId } from '../../src/sandbox/json/accounts.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Pull, Repository } from '../../src/sandbox/types.ts';
import { appClient, clientOf, refusal } from './client.ts';

const before = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n');
const after = before.replace('line 10\n', 'line ten\nline ten and a half\n').replace('line 30\n', '');

let sandbox: Sandbox;
let repository: Repository;
let pull: Pull;
let octokit: Octokit;
const at = { owner: 'acme', repo: 'shop' };

beforeAll(async () => {
  sandbox = await startSandbox();
  repository = await sandbox.createRepository({
    name: 'shop',
    files: { 'src/a.txt': before, 'old.txt': before, 'gone.txt': 'bye\n', 'bin.dat': Buffer.from([0, 1, 2]) },
  });
  pull = await sandbox.openPull(repository, {
    branch: 'feature/x',
    files: {
      'src/a.txt': after,
      'old.txt': null,
      'new.txt': before,
      'gone.txt': null,
      'bin.dat': Buffer.from([0, 3]),
      'empty.txt': '',
      link: { symlink: 'src/a.txt' },
      sub: { submodule: '1'.repeat(40) },
    },
  });
  octokit = clientOf(sandbox, repository);
});

afterAll(() => sandbox.close());

describe('an app', () => {
  test('proves itself by a signed token and hears its name and installations', async () => {
    const app = appClient(sandbox);
    expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({
      slug: 'hindsight',
      permissions: { checks: 'write' },
    });
    expect((await app.rest.apps.listInstallations()).data).toMatchObject([{ account: { login: 'acme' } }]);
  });

  test('is refused with another key, with no token, and with an expired one', async () => {
    const other = await startSandbox();
    const stranger = appClient({
      ...sandbox,
      environment: { ...sandbox.environment, PRIVATE_KEY: other.environment.PRIVATE_KEY },
    });
    expect(await refusal(stranger.rest.apps.getAuthenticated())).toMatchObject({ status: 401 });
    const client = clientOf(other, await other.createRepository({ name: 'shop', files: { a: 'a' } }));
    await client.rest.repos.get(at);
    const token = [...other.world.tokens.values()][0];
    if (token) token.expiresAt = 0;
    const answer = await fetch(`${other.url}/api/v3/repos/acme/shop`, {
      headers: { authorization: `token ${token?.token}` },
    });
    expect([answer.status, await answer.json()]).toMatchObject([401, { message: 'Bad credentials' }]);
    await other.close();
  });

  test('does not find repositories it is not installed on', async () => {
    const hidden = await sandbox.createRepository({ name: 'private', installed: false, files: { a: 'a' } });
    const query = `{ node(id: "${nodeId('R', hidden.id)}") { id } }`;
    await expect(octokit.graphql(query)).rejects.toThrow('Could not resolve to a node');
    expect(await refusal(octokit.rest.repos.get({ owner: 'acme', repo: 'private' }))).toMatchObject({ status: 404 });
  });

  test('is refused what its permissions do not cover', async () => {
    const poor = await startSandbox({ permissions: { contents: 'read', pull_requests: 'read' } });
    const client = clientOf(poor, await poor.createRepository({ name: 'shop', files: { a: 'a' } }));
    const sha = 'main';
    const call = client.rest.checks.create({ ...at, name: 'Hindsight', head_sha: sha });
    expect(await refusal(call)).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
    await poor.close();
  });
});

describe('the files of a pull request', () => {
  test('come with patches where there is text, and without where GitHub has none', async () => {
    const { data } = await octokit.rest.pulls.listFiles({ ...at, pull_number: pull.number });
    const seen = data.map((file) => [
      file.filename,
      file.status,
      file.additions,
      file.deletions,
      file.patch !== undefined,
    ]);
    expect(seen).toEqual([
      ['bin.dat', 'modified', 0, 0, false],
      ['empty.txt', 'added', 0, 0, false],
      ['gone.txt', 'removed', 0, 1, true],
      ['link', 'added', 1, 0, true],
      ['new.txt', 'renamed', 0, 0, false],
      ['src/a.txt', 'modified', 2, 2, true],
      ['sub', 'added', 1, 0, true],
    ]);
    expect(data.find((file) => file.filename === 'new.txt')?.previous_filename).toBe('old.txt');
    expect(data.find((file) => file.filename === 'sub')?.patch).toContain('+Subproject commit 1111');
  });

  test('come page by page, and past the patch budget of an answer as zeros', async () => {
    const small = await startSandbox({ limits: { patchLinesPerAnswer: 5, pullFiles: 6 } });
    const repo = await small.createRepository({ name: 'shop', files: { a: 'a' } });
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}.txt`, 'one\ntwo\n']));
    await small.openPull(repo, { branch: 'many', files });
    const client = clientOf(small, repo);
    const { data, headers } = await client.rest.pulls.listFiles({ ...at, pull_number: 1, per_page: 4 });
    expect(data.map((file) => file.changes)).toEqual([2, 0, 0, 0]);
    expect(headers.link).toContain('page=2>; rel="next"');
    const all = await client.paginate(client.rest.pulls.listFiles, { ...at, pull_number: 1, per_page: 1 });
    expect(all.map((file) => file.changes)).toEqual([2, 2, 2, 2, 2, 2]);
    await small.close();
  });

  test('are compared from the merge base, at most 300 without a word', async () => {
    const many = await sandbox.createRepository({ name: 'many', files: { a: 'a' } });
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`f${index}.txt`, 'x\n']));
    await sandbox.openPull(many, { branch: 'big/one', files });
    await sandbox.push(many, { files: { later: 'on main' } });
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner: 'acme',
      repo: 'many',
      basehead: 'main...big/one',
    });
    expect([data.status, data.ahead_by, data.behind_by, data.files?.length]).toEqual(['diverged', 1, 1, 300]);
    const diff = octokit.rest.pulls.get({ owner: 'acme', repo: 'many', pull_number: 1, mediaType: { format: 'diff' } });
    expect(await refusal(diff)).toMatchObject({ status: 406 });
  });
});

describe('a review', () => {
  const review = (comments: Record<string, unknown>[], rest: Record<string, unknown> = {}) =>
    octokit.rest.pulls.createReview({
      ...at,
      pull_number: pull.number,
      event: 'COMMENT',
      body: 'seen',
      comments: comments as never,
      ...rest,
    });

  test('is all or nothing: one line outside of the diff refuses every comment', async () => {
    const good = { path: 'src/a.txt', line: 10, side: 'RIGHT', body: 'good' };
    const refused = await refusal(review([good, { path: 'src/a.txt', line: 20, side: 'RIGHT', body: 'outside' }]));
    expect(refused).toMatchObject({ status: 422, message: expect.stringContaining('Line could not be resolved') });
    expect(pull.reviews).toEqual([]);
  });

  test.each([
    ['a path outside of the diff', { path: 'nope.txt', line: 1 }],
    ['the left side of a line that was not removed', { path: 'src/a.txt', line: 9, side: 'LEFT' }],
    ['a range that starts where it ends', { path: 'src/a.txt', line: 10, start_line: 10 }],
    ['a range over two hunks', { path: 'src/a.txt', line: 31, start_line: 10 }],
  ])('is refused on %s', async (_, place) => {
    expect(await refusal(review([{ body: 'x', ...place }]))).toMatchObject({ status: 422 });
  });

  test('is refused when the body does not fit the description', async () => {
    expect(await refusal(review([{ path: 'src/a.txt', line: 10 }]))).toMatchObject({
      status: 422,
      message: expect.stringContaining('Invalid request'),
    });
    expect(await refusal(review([], { body: 'x'.repeat(65_537) }))).toMatchObject({ status: 422 });
  });

  test('without an event is pending, and there is only one such', async () => {
    const pending = { ...at, pull_number: pull.number, body: 'later' };
    expect((await octokit.rest.pulls.createReview(pending)).data.state).toBe('PENDING');
    expect(await refusal(octokit.rest.pulls.createReview(pending))).toMatchObject({ status: 422 });
  });

  test('stands on its lines, follows them after a push, and is outdated where they changed', async () => {
    await review([
      { path: 'src/a.txt', line: 11, start_line: 10, side: 'RIGHT', body: 'moves' },
      { path: 'src/a.txt', line: 30, side: 'LEFT', body: 'removed' },
      { path: 'src/a.txt', line: 7, side: 'RIGHT', body: 'changes' },
    ]);
    await sandbox.pushToPull(pull, { files: { 'src/a.txt': `top\n${after.replace('line 7\n', 'seven\n')}` } });
    const { data } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: pull.number });
    expect(data.map((comment) => [comment.body, comment.line ?? null, comment.original_line])).toEqual([
      ['moves', 12, 11],
      ['removed', 30, 30],
      ['changes', null, 7],
    ]);
  });
});

describe('a check', () => {
  const output = (annotations: number, summary = 'fine') => ({
    title: 'Hindsight',
    summary,
    annotations: Array.from({ length: annotations }, () => ({
      path: 'src/a.txt',
      start_line: 1,
      end_line: 1,
      annotation_level: 'notice' as const,
      message: 'look',
    })),
  });

  test('collects annotations, at most 50 a request, and once completed stays completed', async () => {
    const create = { ...at, name: 'Hindsight', head_sha: pull.headSha, status: 'in_progress' as const };
    expect(await refusal(octokit.rest.checks.create({ ...create, output: output(51) }))).toMatchObject({ status: 422 });
    const { data } = await octokit.rest.checks.create({ ...create, output: output(50) });
    const id = { ...at, check_run_id: data.id };
    await octokit.rest.checks.update({ ...id, output: output(20) });
    expect(await refusal(octokit.rest.checks.update({ ...id, status: 'completed' }))).toMatchObject({ status: 422 });
    expect(await refusal(octokit.rest.checks.update({ ...id, output: output(0, 'x'.repeat(65_536)) }))).toMatchObject({
      status: 422,
    });
    await octokit.rest.checks.update({ ...id, conclusion: 'neutral' });
    await octokit.rest.checks.update({ ...id, status: 'in_progress' });
    expect((await octokit.rest.checks.get(id)).data).toMatchObject({
      status: 'completed',
      conclusion: 'neutral',
      output: { annotations_count: 70 },
    });
    const annotations = await octokit.paginate(octokit.rest.checks.listAnnotations, { ...id, per_page: 100 });
    expect(annotations).toHaveLength(70);
  });

  test('of the same name replaces the older one in lists', async () => {
    const again = await octokit.rest.checks.create({ ...at, name: 'Hindsight', head_sha: pull.headSha });
    const { data } = await octokit.rest.checks.listForRef({ ...at, ref: 'feature/x', check_name: 'Hindsight' });
    expect(data.check_runs.map(({ id }) => id)).toEqual([again.data.id]);
  });
});

describe('GraphQL', () => {
  test('reads blobs, trees and a pull request in one request', async () => {
    const answer = await octokit.graphql<Record<string, never>>(
      `query ($owner: String!, $repo: String!, $number: Int!) {
        repository(owner: $owner, name: $repo) {
          text: object(expression: "main:src/a.txt") { ... on Blob { text byteSize isBinary isTruncated } }
          binary: object(expression: "main:bin.dat") { ... on Blob { text isBinary } }
          none: object(expression: "main:nope") { __typename }
          tree: object(expression: "main:") { ... on Tree { entries { path type mode object { ... on Tree { entries { path type object { ... on Blob { byteSize } } } } } } } }
          pullRequest(number: $number) {
            headRefOid
            files(first: 100) { totalCount nodes { path changeType } }
            reviewThreads(first: 10) { nodes { path line isOutdated isResolved comments(first: 5) { nodes { body author { __typename login } } } } }
          }
        }
      }`,
      { owner: 'acme', repo: 'shop', number: pull.number },
    );
    expect(answer.repository).toMatchObject({
      text: { text: before, byteSize: before.length, isBinary: false, isTruncated: false },
      binary: { text: null, isBinary: true },
      none: null,
      tree: {
        entries: expect.arrayContaining([
          { path: 'bin.dat', type: 'blob', mode: 0o100644, object: {} },
          {
            path: 'src',
            type: 'tree',
            mode: 0o40000,
            object: { entries: [{ path: 'src/a.txt', type: 'blob', object: { byteSize: before.length } }] },
          },
        ]),
      },
      pullRequest: {
        headRefOid: pull.headSha,
        files: { totalCount: 7 },
        reviewThreads: {
          nodes: expect.arrayContaining([expect.objectContaining({ path: 'src/a.txt', isOutdated: true })]),
        },
      },
    });
    expect(JSON.stringify(answer)).toContain('{"__typename":"Bot","login":"hindsight"}');
  });

  test.each([
    ['a field that is not in the schema', '{ viewer { shoeSize } }', 'shoeSize'],
    [
      'a connection without a size',
      '{ repository(owner: "acme", name: "shop") { pullRequests { nodes { id } } } }',
      'first',
    ],
    [
      'more than 100 at once',
      '{ repository(owner: "acme", name: "shop") { pullRequests(first: 101) { totalCount } } }',
      '100 records',
    ],
    ['an unknown repository', '{ repository(owner: "acme", name: "x") { id } }', 'Could not resolve'],
  ])('refuses %s', async (_, query, words) => {
    await expect(octokit.graphql(query)).rejects.toThrow(words);
  });

  test('minimises with pull_requests: write, and does not resolve without contents: write', async () => {
    const [thread] = pull.threads;
    const threads = await octokit.graphql<{
      repository: {
        pullRequest: { reviewThreads: { nodes: { id: string; comments: { nodes: { id: string }[] } }[] } };
      };
    }>(
      '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { reviewThreads(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } } } }',
    );
    const [node] = threads.repository.pullRequest.reviewThreads.nodes;
    const minimize =
      'mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }';
    expect(await octokit.graphql(minimize, { id: node?.comments.nodes[0]?.id })).toEqual({
      minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'outdated' } },
    });
    const resolve = 'mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';
    await expect(octokit.graphql(resolve, { id: node?.id })).rejects.toThrow('Resource not accessible by integration');
    expect(thread?.resolvedBy).toBeUndefined();
  });
});
