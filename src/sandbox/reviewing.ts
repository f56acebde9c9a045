import { type ChangedFile, hunkBefore, readPatch } from './diff.ts';
import { emitIssueComment, emitReview, emitReviewComment } from './events.ts';
import { type Place, placeFault } from './placing.ts';
import { invalid, Refusal, unprocessable } from './refusal.ts';
import type { IssueComment, Pull, Review, ReviewComment, Thread, User } from './types.ts';
import type { World } from './world.ts';

export interface ReviewRequest {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';
  readonly comments?: readonly Place[];
}

const stateOf = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

/** A review, all or nothing (R1): one comment that cannot stand where it wants to refuses all of them. */
export async function createReview(world: World, pull: Pull, author: User, request: ReviewRequest): Promise<Review> {
  const { event, comments = [], body = '' } = request;
  const commit = await reviewedCommit(world, pull, request.commit_id);
  refuseLong(world, body);
  if (event === undefined && pull.reviews.some((one) => one.state === 'PENDING' && one.author === author)) {
    throw unprocessable('User can only have one pending review per pull request');
  }
  if (event !== undefined && event !== 'COMMENT' && author === pull.author) {
    const verb = event === 'APPROVE' ? 'approve' : 'request changes on';
    throw unprocessable(`Can not ${verb} your own pull request`);
  }
  if (event !== undefined && event !== 'APPROVE' && body.trim() === '' && comments.length === 0) {
    throw unprocessable('Body is required for this event');
  }
  const files = await world.filesOf(pull, commit);
  for (const comment of comments) {
    refuseLong(world, comment.body);
    const fault = placeFault(world, files, comment);
    if (fault) throw unprocessable(fault.words);
  }
  const review = newReview(world, pull, author, { body, state: event ? stateOf[event] : 'PENDING', commit });
  const written: ReviewComment[] = [];
  for (const comment of comments) written.push(await addThread(world, review, files, comment));
  if (review.state === 'PENDING') return review;
  await emitReview(world, review, 'submitted');
  for (const comment of written) await emitReviewComment(world, comment, 'created', author);
  return review;
}

/** One comment on its own: GitHub makes a review around it. */
export async function createReviewComment(
  world: World,
  pull: Pull,
  author: User,
  place: Place & { readonly commit_id: string },
): Promise<ReviewComment> {
  const commit = await reviewedCommit(world, pull, place.commit_id);
  refuseLong(world, place.body);
  const files = await world.filesOf(pull, commit);
  const fault = placeFault(world, files, place);
  if (fault) throw invalid('PullRequestReviewComment', fault.field, fault.message);
  const review = newReview(world, pull, author, { body: '', state: 'COMMENTED', commit });
  const comment = await addThread(world, review, files, place);
  await emitReviewComment(world, comment, 'created', author);
  return comment;
}

export async function reply(world: World, thread: Thread, author: User, body: string): Promise<ReviewComment> {
  refuseLong(world, body);
  const { pull } = thread;
  const review = newReview(world, pull, author, { body: '', state: 'COMMENTED', commit: pull.headSha });
  const comment = newComment(world, thread, review, author, body);
  thread.comments.push(comment);
  await emitReviewComment(world, comment, 'created', author);
  return comment;
}

/** A comment under the pull request, beside the diff. */
export async function comment(world: World, pull: Pull, author: User, body: string): Promise<IssueComment> {
  if (body.trim() === '') throw invalid('IssueComment', 'body', 'Body cannot be blank');
  refuseLong(world, body);
  const now = world.now();
  const made: IssueComment = {
    id: world.nextId(),
    pull,
    author,
    body,
    createdAt: now,
    updatedAt: now,
    minimized: undefined,
    reactions: [],
  };
  pull.comments.push(made);
  await emitIssueComment(world, made, 'created', author);
  return made;
}

export async function editReviewComment(world: World, one: ReviewComment, body: string, sender: User): Promise<void> {
  refuseLong(world, body);
  one.body = body;
  one.updatedAt = world.now();
  await emitReviewComment(world, one, 'edited', sender);
}

/** Deletes a comment; a thread whose last comment goes is gone too. */
export async function deleteReviewComment(world: World, one: ReviewComment, sender: User): Promise<void> {
  const { thread } = one;
  thread.comments.splice(thread.comments.indexOf(one), 1);
  if (thread.comments.length === 0) thread.pull.threads.splice(thread.pull.threads.indexOf(thread), 1);
  await emitReviewComment(world, one, 'deleted', sender);
}

async function reviewedCommit(world: World, pull: Pull, wanted: string | undefined): Promise<string> {
  if (wanted === undefined) return pull.headSha;
  const commit = await world.commitOf(pull.repository, wanted);
  if (commit === undefined) throw unprocessable('Commit is not part of the pull request');
  return commit;
}

function newReview(world: World, pull: Pull, author: User, what: Pick<Review, 'body' | 'state' | 'commit'>): Review {
  const review: Review = { id: world.nextId(), pull, author, ...what, submittedAt: world.now() };
  pull.reviews.push(review);
  return review;
}

async function addThread(
  world: World,
  review: Review,
  files: readonly ChangedFile[],
  place: Place,
): Promise<ReviewComment> {
  const { pull, author, commit } = review;
  const file = files.find((one) => one.path === place.path);
  const side = place.side ?? 'RIGHT';
  const onFile = place.subject_type === 'file';
  const thread: Thread = {
    id: world.nextId(),
    pull,
    path: place.path,
    side,
    startSide: place.start_line === undefined ? undefined : (place.start_side ?? side),
    subject: onFile ? 'file' : 'line',
    originalCommit: commit,
    originalLine: onFile ? undefined : place.line,
    originalStartLine: onFile ? undefined : place.start_line,
    hunk: onFile || place.line === undefined ? '' : hunkBefore(readPatch(file?.patch ?? ''), side, place.line),
    line: onFile || commit !== pull.headSha ? undefined : place.line,
    startLine: onFile ? undefined : place.start_line,
    commit,
    resolvedBy: undefined,
    comments: [],
  };
  pull.threads.push(thread);
  const made = newComment(world, thread, review, author, place.body);
  thread.comments.push(made);
  return made;
}

function newComment(world: World, thread: Thread, review: Review, author: User, body: string): ReviewComment {
  const now = world.now();
  return {
    id: world.nextId(),
    thread,
    review,
    author,
    body,
    createdAt: now,
    updatedAt: now,
    minimized: undefined,
    reactions: [],
  };
}

function refuseLong(world: World, body: string): void {
  const { bodyCharacters } = world.limits;
  if (body.length <= bodyCharacters) return;
  throw new Refusal(422, {
    message: 'Validation Failed',
    errors: [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: `Body is too long (maximum is ${bodyCharacters} characters)`,
      },
    ],
  });
}
