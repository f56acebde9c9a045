import { commentBody } from './markdown.ts';
import type { Policy } from './policy.ts';
import type { PlannedComment } from './review-plan.ts';
import type { Finding, SourceFile } from './types.ts';

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

/** A finding's comment, on the lines that GitHub takes it on. */
export function plannedComment(finding: Finding, policy: Policy, files: readonly SourceFile[]): PlannedComment {
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
