import { fold } from './fold.ts';
import { commentBody, fixedBody, lessonUrl, movedBody, reportSummary, reportTable, reviewBody } from './markdown.ts';
import { isAnchored, plannedComment } from './planned-comment.ts';
import type { Policy } from './policy.ts';
import type { Annotation, Earlier, EarlierComment, PlannedClosing, ReviewPlan } from './review-plan.ts';
import type { Finding, Review, SourceFile } from './types.ts';
import { countsInWords, isIncomplete, reaches, verdictOf } from './verdict.ts';

interface PlanInput {
  readonly head: string;
  readonly review: Review;
  readonly policy: Policy;
  readonly files: readonly SourceFile[];
  readonly earlier: Earlier;
  /** Address of a line of a file at the head, for the check's table; absent where there is no web page for it. */
  readonly lineUrl?: (path: string, line: number) => string;
  /** No inline comments at all (a draft under `drafts: check-only`). */
  readonly quiet?: boolean;
  /** Sentences above all else in the summary (a broken policy file, a preview of a changed policy). */
  readonly notices?: readonly string[];
}

/** Decides what to write: comments to add, edit and close, and the check's report. Pure. */
export function planReview(input: PlanInput): ReviewPlan {
  const { review, policy, earlier } = input;
  const standing = review.findings.filter((finding) => !earlier.dismissed.has(finding.fingerprint));
  const judged: Review = { ...review, findings: standing };
  const present = new Set(standing.map((finding) => finding.fingerprint));
  const said = new Map(earlier.comments.map((comment) => [comment.fingerprint, comment]));
  const worth = input.quiet ? [] : fold(standing.filter((finding) => reaches(finding.severity, policy.comment_on)));
  const anchored = worth.filter((finding) => isAnchored(finding, input.files));
  const fresh = anchored.filter((finding) => {
    const comment = said.get(finding.fingerprint);
    return comment === undefined || isLeftBehind(comment);
  });
  // Counted over the pull request: a review that is taken up again after a crash must not post the rest of the list.
  // Comments that this very plan closes take no room, or a moved finding could never be said where it stands now.
  const standingComments = earlier.comments.filter(
    (comment) => comment.state === 'open' && present.has(comment.fingerprint) && !isLeftBehind(comment),
  ).length;
  const room = Math.max(0, policy.max_comments - standingComments);
  const comments = [...fresh]
    .sort(worstFirst)
    .slice(0, room)
    .map((finding) => plannedComment(finding, policy, input.files));
  const close = earlier.comments
    .filter(
      (comment) =>
        comment.state === 'open' && !present.has(comment.fingerprint) && !earlier.dismissed.has(comment.fingerprint),
    )
    .map((comment) => closing(comment, fixedBody(comment.body, comment.fingerprint, input.head), policy));
  const again = new Set(comments.map((comment) => comment.fingerprint));
  const moved = earlier.comments
    .filter(
      (comment) =>
        comment.state === 'open' &&
        present.has(comment.fingerprint) &&
        // The newest comment of a finding speaks for it; an older one may be left from a review that was cut off.
        (again.has(comment.fingerprint) || said.get(comment.fingerprint) !== comment),
    )
    .map((comment) => closing(comment, movedBody(comment.body, comment.fingerprint), policy));
  const reopen = worth.flatMap((finding) => {
    const comment = said.get(finding.fingerprint);
    return comment?.state === 'fixed' && !comment.resolvedByHuman
      ? [{ commentId: comment.commentId, nodeId: comment.nodeId, body: commentBody(finding, policy) }]
      : [];
  });
  const shown = new Set([
    ...comments.map((comment) => comment.fingerprint),
    ...earlier.comments.map((comment) => comment.fingerprint),
  ]);
  return {
    head: input.head,
    ...(comments.length > 0 ? { reviewBody: reviewBody(standing, comments.length, policy) } : {}),
    comments,
    reopen,
    close: [...close, ...moved],
    standing: standing.length,
    check: {
      conclusion: verdictOf(judged, policy),
      title: titleOf(judged),
      summary: reportSummary(judged, policy, {
        notices: input.notices ?? [],
        dismissed: review.findings.length - standing.length,
        commented: shown,
      }),
      text: reportTable(standing, policy, input.lineUrl),
      annotations: standing
        .filter((finding) => finding.side === 'after')
        .map((finding) => annotationOf(finding, policy)),
    },
  };
}

/** GitHub shows an outdated comment on no line any more. Where nobody answered it, the finding is said again where it stands now. */
function isLeftBehind(comment: EarlierComment): boolean {
  return comment.outdated && comment.state === 'open' && !comment.humanReplied && !comment.resolvedByHuman;
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

function titleOf(review: Review): string {
  if (review.findings.length > 0) return countsInWords(review.findings);
  return isIncomplete(review) ? 'Nothing found in what could be analysed' : 'Nothing found';
}

function annotationOf(finding: Finding, policy: Policy): Annotation {
  return {
    path: finding.path,
    startLine: finding.line,
    endLine: finding.endLine,
    level: finding.severity === 'error' ? 'failure' : finding.severity,
    title: `${finding.rule} (lesson ${finding.lesson})`,
    message: [finding.message, finding.because && `Why here: ${finding.because}`, lessonUrl(finding, policy)]
      .filter(Boolean)
      .join('\n')
      // Annotations are plain text.
      .replaceAll('`', "'")
      .slice(0, 4_000),
  };
}

function worstFirst(a: Finding, b: Finding): number {
  const rank = { error: 0, warning: 1, notice: 2 };
  return rank[a.severity] - rank[b.severity];
}
