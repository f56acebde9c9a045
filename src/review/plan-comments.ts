import { fold } from './fold.ts';
import { commentBody, fixedBody, movedBody } from './markdown.ts';
import { isAnchored, plannedComment } from './planned-comment.ts';
import type { Policy } from './policy.ts';
import type { Earlier, EarlierComment, PlannedClosing, ReviewPlan } from './review-plan.ts';
import type { Finding, SourceFile } from './types.ts';
import { reaches } from './verdict.ts';

interface CommentsInput {
  readonly head: string;
  /** Findings that nobody has dismissed. */
  readonly standing: readonly Finding[];
  readonly policy: Policy;
  readonly files: readonly SourceFile[];
  readonly earlier: Earlier;
  /** Nothing is added and nothing comes back; what is fixed is closed all the same. */
  readonly quiet: boolean;
}

type PlannedComments = Pick<ReviewPlan, 'comments' | 'reopen' | 'close'>;

/** Decides which findings are said on their lines, and what becomes of the comments that stand there. Pure. */
export function planComments(input: CommentsInput): PlannedComments {
  const { standing, policy, files, earlier } = input;
  const present = new Set(standing.map((finding) => finding.fingerprint));
  const open = earlier.comments.filter((comment) => comment.state === 'open');
  // The newest comment of a finding speaks for it; an older one may be left from a review that was cut off.
  const speaking = new Map(earlier.comments.map((comment) => [comment.fingerprint, comment]));
  const worth = input.quiet ? [] : fold(standing.filter((finding) => reaches(finding.severity, policy.comment_on)));

  const room = roomFor(
    open.filter(({ fingerprint }) => present.has(fingerprint)),
    policy,
  );
  const comments = worth
    .filter((finding) => isAnchored(finding, files) && isUnsaid(speaking.get(finding.fingerprint)))
    .sort(worstFirst)
    .slice(0, room)
    .map((finding) => plannedComment(finding, policy, files));

  const again = new Set(comments.map((comment) => comment.fingerprint));
  const fixed = open.filter(({ fingerprint }) => !present.has(fingerprint) && !earlier.dismissed.has(fingerprint));
  const moved = open.filter(
    (comment) =>
      present.has(comment.fingerprint) &&
      (again.has(comment.fingerprint) || speaking.get(comment.fingerprint) !== comment),
  );
  return {
    comments,
    reopen: reopened(worth, speaking, policy),
    close: [
      ...fixed.map((comment) => closing(comment, fixedBody(comment.body, comment.fingerprint, input.head), policy)),
      ...moved.map((comment) => closing(comment, movedBody(comment.body, comment.fingerprint), policy)),
    ],
  };
}

/**
 * How many comments may be added. Counted over the pull request: a review that is taken up again after a crash must not
 * post the rest of the list. Comments that this very plan closes take no room, or a moved finding could never be said
 * where it stands now.
 */
function roomFor(open: readonly EarlierComment[], policy: Policy): number {
  return Math.max(0, policy.max_comments - open.filter((comment) => !isLeftBehind(comment)).length);
}

function isUnsaid(comment: EarlierComment | undefined): boolean {
  return comment === undefined || isLeftBehind(comment);
}

/** GitHub shows an outdated comment on no line any more. Where nobody answered it, the finding is said again where it stands now. */
function isLeftBehind(comment: EarlierComment): boolean {
  return comment.outdated && comment.state === 'open' && !comment.humanReplied && !comment.resolvedByHuman;
}

/** Comments that were marked fixed, and whose findings have come back. */
function reopened(
  worth: readonly Finding[],
  speaking: ReadonlyMap<string, EarlierComment>,
  policy: Policy,
): PlannedComments['reopen'] {
  return worth.flatMap((finding) => {
    const comment = speaking.get(finding.fingerprint);
    return comment?.state === 'fixed' && !comment.resolvedByHuman
      ? [{ commentId: comment.commentId, nodeId: comment.nodeId, body: commentBody(finding, policy) }]
      : [];
  });
}

function closing(comment: EarlierComment, body: string, policy: Policy): PlannedClosing {
  return {
    commentId: comment.commentId,
    nodeId: comment.nodeId,
    ...(comment.threadId === undefined ? {} : { threadId: comment.threadId }),
    fingerprint: comment.fingerprint,
    body,
    minimise: !comment.humanReplied,
    resolve: policy.resolve_threads && !comment.humanReplied && comment.threadId !== undefined,
  };
}

function worstFirst(a: Finding, b: Finding): number {
  const rank = { error: 0, warning: 1, notice: 2 };
  return rank[a.severity] - rank[b.severity];
}
