import type { Policy } from './policy.ts';
import { type Finding, type Review, type Severity, severities } from './types.ts';

export type Conclusion = 'success' | 'neutral' | 'failure';

/** Whether a severity reaches a threshold of the policy. */
export function reaches(severity: Severity, threshold: Severity | 'never'): boolean {
  return threshold !== 'never' && severities.indexOf(severity) >= severities.indexOf(threshold);
}

/** Counts findings by severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { notice: 0, warning: 0, error: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

/** `2 errors, 1 notice`: what there is of each severity, the worst first; empty when there is nothing. */
export function countsInWords(findings: readonly Finding[]): string {
  const counts = countBySeverity(findings);
  return severities
    .toReversed()
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? '' : 's'}`)
    .join(', ');
}

/**
 * The check's conclusion: failure when a finding reaches `fail_on`; else, when something that a reader knows was not
 * analysed (a fault, a text that could not be read), what the policy says of incomplete reviews.
 */
export function verdictOf(review: Review, policy: Policy): Conclusion {
  if (review.findings.some((finding) => reaches(finding.severity, policy.fail_on))) return 'failure';
  return isIncomplete(review) ? policy.on_incomplete : 'success';
}

/** Files left out because nobody reads their kind, or because the policy says so, do not make a review incomplete. */
export function isIncomplete(review: Review): boolean {
  return (
    review.faults.length > 0 ||
    review.coverage.unread.some(
      ({ reason }) => reason !== 'no reader for this kind of file' && reason !== 'excluded by the policy',
    )
  );
}
