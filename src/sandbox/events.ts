import { installationJson, repositoryJson, userJson } from './json/accounts.ts';
import { checkRunJson, checkSuiteJson } from './json/checks.ts';
import { pullJson, pullSummaryJson } from './json/pulls.ts';
import { issueCommentJson, reviewCommentJson, reviewJson } from './json/talk.ts';
import type {
  CheckRun,
  CheckSuite,
  IssueComment,
  Permissions,
  Pull,
  Repository,
  Review,
  ReviewComment,
  User,
} from './types.ts';
import type { Emit, World } from './world.ts';

/** A permission without which GitHub does not deliver an event, whatever the app subscribed to (M2, R10). */
const needed: Readonly<Record<string, string>> = {
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  pull_request_review_comment: 'pull_requests',
  pull_request_review_thread: 'pull_requests',
  issue_comment: 'issues',
  check_run: 'checks',
  check_suite: 'checks',
  merge_group: 'merge_queues',
};

/** The emitter of repository events: subscribed, permitted, installed and not suspended, or silence. */
export function createEmit(
  world: World,
  send: (event: string, payload: Readonly<Record<string, unknown>>) => void,
): Emit {
  return (repository, event, payload, sender) => {
    const { installation } = repository;
    if (!installation || installation.suspended || installation.removed) return;
    if (!mayReceive(installation.permissions, installation.events, event)) return;
    send(event, {
      ...payload,
      repository: repositoryJson(world, repository),
      ...(repository.owner.type === 'Organization' && {
        organization: { login: repository.owner.login, id: repository.owner.id },
      }),
      sender: userJson(world, sender),
      installation: { id: installation.id, node_id: `MDIz_${installation.id}` },
    });
  };
}

function mayReceive(permissions: Permissions, events: readonly string[], event: string): boolean {
  // Every app with checks:write gets the requests to check, subscribed or not (C9).
  if (event === 'check_suite' || event === 'check_run') return permissions.checks === 'write';
  const permission = needed[event];
  return events.includes(event) && (permission === undefined || permissions[permission] !== undefined);
}

export async function emitPull(
  world: World,
  pull: Pull,
  action: string,
  sender: User,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const payload = { action, number: pull.number, pull_request: await pullJson(world, pull), ...extra };
  world.emit(pull.repository, 'pull_request', payload, sender);
}

export async function emitReview(world: World, review: Review, action: string): Promise<void> {
  const body = reviewJson(world, review);
  const payload = {
    action,
    review: { ...body, state: review.state.toLowerCase() },
    pull_request: await pullSummaryJson(world, review.pull),
  };
  world.emit(review.pull.repository, 'pull_request_review', payload, review.author);
}

export async function emitReviewComment(
  world: World,
  comment: ReviewComment,
  action: string,
  sender: User,
): Promise<void> {
  const { pull } = comment.thread;
  const payload = {
    action,
    comment: reviewCommentJson(world, comment),
    pull_request: await pullSummaryJson(world, pull),
  };
  world.emit(pull.repository, 'pull_request_review_comment', payload, sender);
}

export async function emitIssueComment(
  world: World,
  comment: IssueComment,
  action: string,
  sender: User,
): Promise<void> {
  const { pull } = comment;
  const summary = await pullSummaryJson(world, pull);
  const issue = {
    id: pull.id,
    number: pull.number,
    title: pull.title,
    state: pull.state,
    body: summary.body,
    user: summary.user,
    url: summary.issue_url,
    html_url: summary.html_url,
    pull_request: { url: summary.url, html_url: summary.html_url },
  };
  world.emit(pull.repository, 'issue_comment', { action, issue, comment: issueCommentJson(world, comment) }, sender);
}

export async function emitCheckRun(
  world: World,
  run: CheckRun,
  action: string,
  sender: User,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const check_run = {
    ...(await checkRunJson(world, run)),
    check_suite: await checkSuiteJson(world, run.suite),
  };
  world.emit(run.suite.repository, 'check_run', { action, check_run, ...extra }, sender);
}

export async function emitCheckSuite(world: World, suite: CheckSuite, action: string, sender: User): Promise<void> {
  world.emit(suite.repository, 'check_suite', { action, check_suite: await checkSuiteJson(world, suite) }, sender);
}

/** What an installation hears about itself: `created`, `deleted`, `suspend`, `unsuspend`, `new_permissions_accepted`. */
export function installationPayload(
  world: World,
  repositories: readonly Repository[],
  action: string,
): Readonly<Record<string, unknown>> | undefined {
  const installation = repositories[0]?.installation;
  if (!installation) return undefined;
  return {
    action,
    installation: installationJson(world, installation),
    repositories: repositories.map(briefRepository),
    sender: userJson(world, installation.account),
  };
}

export const briefRepository = (repository: Repository): Record<string, unknown> => ({
  id: repository.id,
  node_id: `R_${repository.id}`,
  name: repository.name,
  full_name: `${repository.owner.login}/${repository.name}`,
  private: true,
});
