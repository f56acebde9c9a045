import { compareTexts } from './diff.ts';
import type { Finding, Fix, SourceFile } from './types.ts';

/** A review of one file costs milliseconds; a file with more fixes than this gets words for the rest. */
const maxProofs = 10;

/** What a file's findings would be, and whether it could be read at all. */
export type Judge = (file: SourceFile) => { findings: readonly Finding[]; readable: boolean };

/**
 * Keeps a finding's suggestion only if it proves itself: the edited file can be read, the finding is gone, and no rule
 * says more than before. The others keep their words and lose the suggestion.
 */
export function withProvenFixes(file: SourceFile, findings: readonly Finding[], judge: Judge): Finding[] {
  let proofs = 0;
  return findings.map((finding) => {
    if (!finding.fix) return finding;
    if (proofs++ < maxProofs && proves(file, finding, finding.fix, findings, judge)) return finding;
    const { fix: _, ...words } = finding;
    return words;
  });
}

function proves(file: SourceFile, finding: Finding, fix: Fix, before: readonly Finding[], judge: Judge): boolean {
  // GitHub puts a suggestion in the place of the comment's lines: another range would spoil the code.
  if (file.after === undefined || finding.side !== 'after') return false;
  if (fix.line !== finding.line || fix.endLine !== finding.endLine) return false;
  const edited = compareTexts({ ...withoutDiff(file), after: applied(file.after, fix) });
  const { findings: after, readable } = judge(edited);
  return readable && countOf(after, finding.rule) === countOf(before, finding.rule) - 1 && after.length < before.length;
}

function withoutDiff({
  path,
  previousPath,
  status,
  before,
}: SourceFile): Omit<SourceFile, 'added' | 'removed' | 'hunks' | 'after'> {
  return {
    path,
    status,
    ...(previousPath === undefined ? {} : { previousPath }),
    ...(before === undefined ? {} : { before }),
  };
}

function applied(text: string, { line, endLine, text: replacement }: Fix): string {
  const lines = text.split('\n');
  lines.splice(line - 1, endLine - line + 1, ...replacement.split('\n'));
  return lines.join('\n');
}

function countOf(findings: readonly Finding[], rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}
