import { type Finding, severities } from './types.ts';

/**
 * Findings of one lesson on overlapping lines are one defect: the worst speaks, the first of equals. A reader wants one
 * comment a defect.
 */
export function mergeOverlapping(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(bySeverity)) {
    const place = `${finding.lesson}\0${finding.side}\0${finding.path}`;
    const others = kept.get(place) ?? [];
    if (others.some((other) => overlaps(other, finding))) continue;
    kept.set(place, [...others, finding]);
  }
  return [...kept.values()].flat();
}

function overlaps(a: Finding, b: Finding): boolean {
  return a.line <= b.endLine && b.line <= a.endLine;
}

function bySeverity(a: Finding, b: Finding): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.endLine - a.line - (b.endLine - b.line);
}
