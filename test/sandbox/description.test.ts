import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Octokit } from '@octokit/rest';
import { answerFault, bodyFault } from '../../src/sandbox/openapi.ts';
import { openSamplePull } from '../../src/sandbox/sample.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Pull } from '../../src/sandbox/types.ts';
import { appClient, clientOf } from './client.ts';

let sandbox: Sandbox;
let pull: Pull;
let app: Octokit;
let octokit: Octokit;
const seen = new Map<string, string | undefined>();
const at = { owner: 'acme', repo: 'ticket-office' };

/** Holds every answer against GitHub's description of the operation. */
function watch(client: Octokit): Octokit {
  client.hook.after('request', (response, { method, url }) => {
    seen.set(`${method} ${url}`, answerFault(method, url, response.status, response.data));
  });
  return client;
}

beforeAll(async () => {
  sandbox = await startSandbox({
    permissions: { contents: 'write', pull_requests: 'write', checks: 'write', issues: 'write' },
  });
  pull = await openSamplePull(sandbox);
  app = watch(appClient(sandbox));
  octokit = watch(clientOf(sandbox, pull.repository));
});

afterAll(() => sandbox.close());

describe("an answer of the sandbox agrees with GitHub's description of", () => {
  const operations: [string, () => Promise<unknown>][] = [
    ['the app', () => app.rest.apps.getAuthenticated()],
    // The list of installations is left out: its description asks for an account that is a user and an enterprise at once.
    [
      'an installation',
      () => app.rest.apps.getInstallation({ installation_id: pull.repository.installation?.id ?? 0 }),
    ],
    ["a repository's installation", () => app.rest.apps.getRepoInstallation(at)],
    [
      'a token',
      () => app.rest.apps.createInstallationAccessToken({ installation_id: pull.repository.installation?.id ?? 0 }),
    ],
    ['the webhook', () => app.rest.apps.getWebhookConfigForApp()],
    ['deliveries', () => app.rest.apps.listWebhookDeliveries()],
    ["the installation's repositories", () => octokit.rest.apps.listReposAccessibleToInstallation()],
    ['a repository', () => octokit.rest.repos.get(at)],
    ['a commit', () => octokit.rest.repos.getCommit({ ...at, ref: pull.headSha })],
    ['a file', () => octokit.rest.repos.getContent({ ...at, path: 'src/server.ts' })],
    ['a directory', () => octokit.rest.repos.getContent({ ...at, path: 'src' })],
    ['a tree', () => octokit.rest.git.getTree({ ...at, tree_sha: 'main', recursive: '1' })],
    ['a blob', async () => octokit.rest.git.getBlob({ ...at, file_sha: await anyBlob() })],
    ['a comparison', () => octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead: 'main...sell-tickets' })],
    ['pull requests', () => octokit.rest.pulls.list(at)],
    ['a pull request', () => octokit.rest.pulls.get({ ...at, pull_number: 1 })],
    ['its files', () => octokit.rest.pulls.listFiles({ ...at, pull_number: 1 })],
    ['its commits', () => octokit.rest.pulls.listCommits({ ...at, pull_number: 1 })],
    [
      'the pull requests of a commit',
      () => octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: pull.headSha }),
    ],
    [
      'a new review',
      () =>
        octokit.rest.pulls.createReview({
          ...at,
          pull_number: 1,
          event: 'COMMENT',
          body: 'x',
          comments: [{ path: 'src/services/payments.ts', line: 3, start_line: 1, body: 'y' }],
        }),
    ],
    ['reviews', () => octokit.rest.pulls.listReviews({ ...at, pull_number: 1 })],
    [
      'the comments of a review',
      () => octokit.rest.pulls.listCommentsForReview({ ...at, pull_number: 1, review_id: pull.reviews[0]?.id ?? 0 }),
    ],
    [
      'a comment on a line',
      () =>
        octokit.rest.pulls.createReviewComment({
          ...at,
          pull_number: 1,
          commit_id: pull.headSha,
          path: 'src/server.ts',
          line: 1,
          body: 'x',
        }),
    ],
    [
      'a comment on a file',
      () =>
        octokit.rest.pulls.createReviewComment({
          ...at,
          pull_number: 1,
          commit_id: pull.headSha,
          path: 'src/server.ts',
          subject_type: 'file',
          body: 'x',
        }),
    ],
    [
      'a reply',
      () =>
        octokit.rest.pulls.createReplyForReviewComment({
          ...at,
          pull_number: 1,
          comment_id: firstComment(),
          body: 'x',
        }),
    ],
    [
      'an edited comment',
      () => octokit.rest.pulls.updateReviewComment({ ...at, comment_id: firstComment(), body: 'z' }),
    ],
    ['review comments', () => octokit.rest.pulls.listReviewComments({ ...at, pull_number: 1 })],
    ['a comment of the conversation', () => octokit.rest.issues.createComment({ ...at, issue_number: 1, body: 'x' })],
    ['comments of the conversation', () => octokit.rest.issues.listComments({ ...at, issue_number: 1 })],
    [
      'a reaction',
      () =>
        octokit.rest.reactions.createForPullRequestReviewComment({
          ...at,
          comment_id: firstComment(),
          content: 'eyes',
        }),
    ],
    ['reactions', () => octokit.rest.reactions.listForPullRequestReviewComment({ ...at, comment_id: firstComment() })],
    [
      'a check',
      () => octokit.rest.checks.create({ ...at, name: 'Hindsight', head_sha: pull.headSha, status: 'in_progress' }),
    ],
    [
      'an updated check',
      () =>
        octokit.rest.checks.update({
          ...at,
          check_run_id: pull.repository.runs[0]?.id ?? 0,
          conclusion: 'success',
          output: {
            title: 'x',
            summary: 'y',
            annotations: [{ path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'z' }],
          },
        }),
    ],
    [
      'annotations',
      () => octokit.rest.checks.listAnnotations({ ...at, check_run_id: pull.repository.runs[0]?.id ?? 0 }),
    ],
    ['the checks of a commit', () => octokit.rest.checks.listForRef({ ...at, ref: pull.headSha })],
    ['the suites of a commit', () => octokit.rest.checks.listSuitesForRef({ ...at, ref: pull.headSha })],
    [
      'a permission',
      async () =>
        octokit.rest.repos.getCollaboratorPermissionLevel({
          ...at,
          username: sandbox.collaborator(pull.repository, 'ann', 'write').login,
        }),
    ],
  ];

  test.each(operations)('%s', async (_, call) => {
    seen.clear();
    await call();
    expect([...seen.values()].filter((fault) => fault !== undefined)).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  });

  test('and the comparison notices a missing field', () => {
    expect(answerFault('GET', '/app/hook/deliveries', 200, [{ id: 1 }])).toMatch(/required property/);
    expect(bodyFault('POST', '/repos/{owner}/{repo}/check-runs', { name: 'x' })).toMatch(/head_sha/);
  });
});

const firstComment = () => pull.threads[0]?.comments[0]?.id ?? 0;
const anyBlob = async () =>
  (await sandbox.world.tree(pull.repository.gitDir, pull.headSha)).get('src/server.ts')?.oid ?? '';
