import { fold } from './fold.ts';
import { commentBody, fixedBody, lessonUrl, movedBody, reportSummary, reportTable, reviewBody } from './markdown.ts';
import type { Policy } from './policy.ts';
import type { Finding, Review, SourceFile } from './types.ts';
import { type Conclusion, countsInWords, isIncomplete, reaches, verdictOf } from './verdict.ts';

/** What an earlier review of this pull request said at one place, read back from GitHub at the start. */
export interface EarlierComment {
  readonly fingerprint: string;
  readonly commentId: number;
  /** GraphQL ids, for minimising and resolving. */
  readonly nodeId: string;
  readonly threadId?: string;
  readonly body: string;
  readonly state: 'open' | 'fixed';
  /** A person (not the app) resolved the thread: that is final. */
  readonly resolvedByHuman: boolean;
  readonly humanReplied: boolean;
  readonly outdated: boolean;
}

/** What was said before, and what people decided about it. */
export interface Earlier {
  readonly comments: readonly EarlierComment[];
  /** Fingerprints that people dismissed: they are neither commented nor counted. */
  readonly dismissed: ReadonlySet<string>;
}

export interface PlannedComment {
  readonly fingerprint: string;
  readonly path: string;
  readonly line: number;
  /** Absent for a single line. */
  readonly startLine?: number;
  readonly side: 'LEFT' | 'RIGHT';
  readonly body: string;
}

export interface PlannedClosing {
  readonly commentId: number;
  readonly nodeId: string;
  readonly threadId?: string;
  readonly fingerprint: string;
  readonly body: string;
  /** Hide it (GraphQL minimizeComment): never when a person replied. */
  readonly minimise: boolean;
  readonly resolve: boolean;
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface CheckReport {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** Everything a review will write, decided before the first write. */
export interface ReviewPlan {
  readonly head: string;
  /** Absent when there is nothing new to comment. */
  readonly reviewBody?: string;
  readonly comments: readonly PlannedComment[];
  /** Comments whose findings came back after they had been marked fixed. */
  readonly reopen: readonly { readonly commentId: number; readonly nodeId: string; readonly body: string }[];
  readonly close: readonly PlannedClosing[];
  /** Findings that nobody has dismissed and no baseline knows. */
  readonly standing: number;
  readonly check: CheckReport;
}

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

/** GitHub takes a comment only on a line inside a hunk. */
export function isAnchored(finding: Finding, files: readonly SourceFile[]): boolean {
  return hunkAt(finding, finding.line, files) !== undefined;
}

function hunkAt(finding: Finding, line: number, files: readonly SourceFile[]): number | undefined {
  const hunks = files.find((file) => file.path === finding.path)?.hunks ?? [];
  const index = hunks.findIndex((hunk) => {
    const [start, lines] = finding.side === 'after' ? [hunk.newStart, hunk.newLines] : [hunk.oldStart, hunk.oldLines];
    return line >= start && line < start + lines;
  });
  return index < 0 ? undefined : index;
}

function plannedComment(finding: Finding, policy: Policy, files: readonly SourceFile[]): PlannedComment {
  const { fingerprint, path, line, endLine } = finding;
  // A comment's range must lie in one hunk: a statement that leaves it is anchored at its first line.
  const whole =
    endLine > line && endLine - line < 20 && hunkAt(finding, endLine, files) === hunkAt(finding, line, files);
  return {
    fingerprint,
    path,
    ...(whole ? { startLine: line, line: endLine } : { line }),
    side: finding.side === 'after' ? 'RIGHT' : 'LEFT',
    body: commentBody(whole || endLine === line ? finding : withoutFix(finding), policy),
  };
}

/** A suggestion replaces the comment's lines: where the comment stands on fewer, it would leave the rest behind. */
function withoutFix({ fix: _, ...finding }: Finding): Finding {
  return finding;
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
