import { emitCheckRun, emitCheckSuite, emitReview } from '../events.ts';
import { nodeId } from '../json/accounts.ts';
import { pullSummaryJson } from '../json/pulls.ts';
import { reviewCommentJson } from '../json/talk.ts';
import type { Place } from '../placing.ts';
import { react } from '../rest/reactions.ts';
import { comment, createReview, editReviewComment, reply } from '../reviewing.ts';
import type {
  CheckRun,
  CheckSuite,
  IssueComment,
  Pull,
  Reaction,
  Repository,
  Review,
  ReviewComment,
  Thread,
  User,
} from '../types.ts';
import type { World } from '../world.ts';

export type Role = 'admin' | 'write' | 'read';

/** A person with a role in a repository. */
export function collaborator(world: World, repository: Repository, login: string, role: Role): User {
  const user = world.user(login);
  repository.collaborators.set(login, role);
  return user;
}

export const replyAs = (world: World, thread: Thread, login: string, body: string): Promise<ReviewComment> =>
  reply(world, thread, world.user(login), body);

export const commentAs = (world: World, pull: Pull, login: string, body: string): Promise<IssueComment> =>
  comment(world, pull, world.user(login), body);

export const editAs = (world: World, one: ReviewComment, login: string, body: string): Promise<void> =>
  editReviewComment(world, one, body, world.user(login));

/** A person's review, with or without comments on lines. */
export const reviewAs = (
  world: World,
  pull: Pull,
  login: string,
  request: { body?: string; event?: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT'; comments?: readonly Place[] },
): Promise<Review> => createReview(world, pull, world.user(login), { event: 'COMMENT', ...request });

export const reactAs = (world: World, one: ReviewComment | IssueComment, login: string, content: string): Reaction =>
  react(world, one.reactions, content, world.user(login));

/** "Resolve conversation". GitHub sends an event for it, to apps that subscribed. */
export function resolveAs(world: World, thread: Thread, login: string): Promise<void> {
  const user = world.user(login);
  thread.resolvedBy = user;
  return emitThread(world, thread, 'resolved', user);
}

/** "Unresolve conversation". */
export function unresolveAs(world: World, thread: Thread, login: string): Promise<void> {
  thread.resolvedBy = undefined;
  return emitThread(world, thread, 'unresolved', world.user(login));
}

async function emitThread(world: World, thread: Thread, action: string, user: User): Promise<void> {
  const payload = {
    action,
    thread: {
      node_id: nodeId('PRRT', thread.id),
      comments: thread.comments.map((one) => reviewCommentJson(world, one)),
    },
    pull_request: await pullSummaryJson(world, thread.pull),
  };
  world.emit(thread.pull.repository, 'pull_request_review_thread', payload, user);
}

export async function dismissReview(world: World, review: Review): Promise<void> {
  review.state = 'DISMISSED';
  await emitReview(world, review, 'dismissed');
}

/** The "Re-run" button of a check. */
export const rerequestRun = (world: World, run: CheckRun, login: string): Promise<void> =>
  emitCheckRun(world, run, 'rerequested', world.user(login));

/** The "Re-run all checks" button. */
export const rerequestSuite = (world: World, suite: CheckSuite, login: string): Promise<void> =>
  emitCheckSuite(world, suite, 'rerequested', world.user(login));

/** A button that the check itself offered. Throws when it offers no such button. */
export async function clickAction(world: World, run: CheckRun, identifier: string, login: string): Promise<void> {
  if (!run.actions.some((action) => action.identifier === identifier)) {
    const offered = run.actions.map((action) => action.identifier).join(', ');
    throw new Error(`the check offers no button ${identifier}; it offers: ${offered || 'none'}`);
  }
  await emitCheckRun(world, run, 'requested_action', world.user(login), { requested_action: { identifier } });
}
