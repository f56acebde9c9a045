import { type Finding, severities } from './types.ts';

/**
 * Findings of one lesson on overlapping lines are one defect: the worst speaks, the first of equals. A reader wants one
 * comment a defect.
 */
export function mergeOverlapping(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of [...findings].sort(bySeverity)) {
    const same = kept.some(
      (other) =>
        other.lesson === finding.lesson &&
        other.path === finding.path &&
        other.side === finding.side &&
        overlaps(other, finding),
    );
    if (!same) kept.push(finding);
  }
  return kept;
}

function overlaps(a: Finding, b: Finding): boolean {
  return a.line <= b.endLine && b.line <= a.endLine;
}

function bySeverity(a: Finding, b: Finding): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.endLine - a.line - (b.endLine - b.line);
}
