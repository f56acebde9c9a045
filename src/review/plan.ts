import { plainLinks } from './links.ts';
import { lessonUrl, reportSummary, reportTable, reviewBody } from './markdown.ts';
import { planComments } from './plan-comments.ts';
import type { Policy } from './policy.ts';
import type { Annotation, CheckReport, Earlier, ReviewPlan } from './review-plan.ts';
import type { Finding, Review, SourceFile } from './types.ts';
import { countsInWords, isIncomplete, verdictOf } from './verdict.ts';

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
  const planned = planComments({ ...input, standing, quiet: input.quiet ?? false });
  const said = planned.comments.length;
  return {
    head: input.head,
    ...(said > 0 ? { reviewBody: reviewBody(standing, said, policy) } : {}),
    ...planned,
    standing: standing.length,
    check: reportOf(
      input,
      standing,
      [...planned.comments, ...earlier.comments].map((comment) => comment.fingerprint),
    ),
  };
}

/** @param commented fingerprints of what is said on a line, by this plan or before it */
function reportOf(input: PlanInput, standing: readonly Finding[], commented: readonly string[]): CheckReport {
  const { review, policy } = input;
  const judged: Review = { ...review, findings: standing };
  return {
    conclusion: verdictOf(judged, policy),
    title: titleOf(judged),
    summary: reportSummary(judged, policy, {
      notices: input.notices ?? [],
      dismissed: review.findings.length - standing.length,
      commented: new Set(commented),
    }),
    text: reportTable(standing, policy, input.lineUrl),
    annotations: standing.filter((finding) => finding.side === 'after').map((finding) => annotationOf(finding, policy)),
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
    message: [
      finding.message,
      finding.because && `Why here: ${finding.because}`,
      ...plainLinks(finding.links),
      lessonUrl(finding, policy),
    ]
      .filter(Boolean)
      .join('\n')
      // Annotations are plain text.
      .replaceAll('`', "'")
      .slice(0, 4_000),
  };
}
