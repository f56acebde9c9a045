import type { Finding, Review, SourceFile } from '../../src/review/types.ts';

/** A finding with what a test does not care about filled in; its fingerprint follows from its place and rule. */
export function finding(parts: Partial<Finding> = {}): Finding {
  const line = parts.line ?? 1;
  const text = `${parts.rule ?? 'sql-injection'}|${parts.path ?? 'src/a.ts'}|${line}`;
  return {
    rule: 'sql-injection',
    lesson: 4,
    severity: 'error',
    path: 'src/a.ts',
    line,
    endLine: line,
    side: 'after',
    message: 'The request becomes part of the statement: bind it.',
    fingerprint: Buffer.from(text).toString('hex').padStart(16, '0').slice(-16),
    ...parts,
  };
}

export function reviewOf(findings: readonly Finding[], parts: Partial<Review> = {}): Review {
  return {
    findings,
    faults: [],
    coverage: { files: 1, filesAnalysed: 1, addedLines: 10, addedLinesAnalysed: 10, unread: [] },
    suppressions: [],
    notes: [],
    ...parts,
  };
}

/** A new file of so many lines: every line is in its hunk. */
export function newFile(path: string, lines: number): SourceFile {
  const hunks = [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: lines }];
  return { path, status: 'added', after: 'x\n'.repeat(lines), added: [], removed: [], hunks };
}
