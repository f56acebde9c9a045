import type { Octokit } from '@octokit/rest';
import { fingerprintIn } from '../review/markdown.ts';
import type { PlannedComment } from '../review/review-plan.ts';
import { AnswerLost, statusOf } from './errors.ts';
import { earlierComments, readThreads } from './threads.ts';

export interface PullTarget {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Commit the comments belong to. */
  readonly head: string;
}

/** What became of the comments. */
export interface Posted {
  readonly onLine: number;
  /** Comments whose line GitHub refused: they stand on their file. */
  readonly onFile: readonly PlannedComment[];
  /** Comments that GitHub took nowhere: only the check shows them. */
  readonly refused: readonly PlannedComment[];
}

/**
 * Posts one review with all comments. GitHub takes a review whole or not at all and does not say which comment it minds:
 * on a refusal the comments are halved until the one is found; it then goes on the file, else to the check alone. After an
 * answer that was lost, GitHub is asked what it has before anything is sent again.
 */
export async function postReview(
  octokit: Octokit,
  target: PullTarget,
  body: string,
  comments: readonly PlannedComment[],
): Promise<Posted> {
  try {
    await create(octokit, target, body, comments);
    return { onLine: comments.length, onFile: [], refused: [] };
  } catch (error) {
    const status = statusOf(error);
    if (status !== 422 && !(error instanceof AnswerLost)) throw error;
    // Some refusals have been seen to leave a review behind, and a lost answer may have had its effect.
    const there = await alreadyThere(octokit, target);
    const left = comments.filter((comment) => !there.has(comment.fingerprint));
    if (left.length < comments.length) {
      const rest = left.length > 0 ? await postReview(octokit, target, body, left) : nothing;
      return { ...rest, onLine: rest.onLine + comments.length - left.length };
    }
    if (status !== 422) throw error;
  }
  if (comments.length === 1 && comments[0]) return postOnFile(octokit, target, comments[0]);
  const half = Math.ceil(comments.length / 2);
  const first = await postReview(octokit, target, body, comments.slice(0, half));
  const second = await postReview(octokit, target, first.onLine > 0 ? '' : body, comments.slice(half));
  return {
    onLine: first.onLine + second.onLine,
    onFile: [...first.onFile, ...second.onFile],
    refused: [...first.refused, ...second.refused],
  };
}

const nothing: Posted = { onLine: 0, onFile: [], refused: [] };

async function create(
  octokit: Octokit,
  target: PullTarget,
  body: string,
  comments: readonly PlannedComment[],
): Promise<void> {
  await octokit.rest.pulls.createReview({
    owner: target.owner,
    repo: target.repo,
    pull_number: target.number,
    commit_id: target.head,
    // Without an event the review would stay pending: invisible, and in the way of the next.
    event: 'COMMENT',
    ...(body === '' ? {} : { body }),
    comments: comments.map(({ path, line, startLine, side, body: text }) => ({
      path,
      line,
      side,
      body: text,
      // Equal start and end is refused.
      ...(startLine !== undefined && startLine < line ? { start_line: startLine, start_side: side } : {}),
    })),
  });
}

async function postOnFile(octokit: Octokit, target: PullTarget, comment: PlannedComment): Promise<Posted> {
  try {
    await octokit.rest.pulls.createReviewComment({
      owner: target.owner,
      repo: target.repo,
      pull_number: target.number,
      commit_id: target.head,
      path: comment.path,
      subject_type: 'file',
      body: withoutSuggestion(comment),
    });
    return { onLine: 0, onFile: [comment], refused: [] };
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    return { onLine: 0, onFile: [], refused: [comment] };
  }
}

/** A suggestion replaces the lines of its comment: on a file there are none. */
function withoutSuggestion({ body, line }: PlannedComment): string {
  return `Line ${line}:\n\n${body.replace(/^`{3,}suggestion$/m, (fence) => fence.replace('suggestion', ''))}`;
}

async function alreadyThere(octokit: Octokit, target: PullTarget): Promise<ReadonlySet<string>> {
  const said = earlierComments(await readThreads(octokit, target));
  return new Set(said.flatMap(({ body }) => fingerprintIn(body) ?? []));
}
