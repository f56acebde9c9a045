import type { Finding, SourceFile } from './types.ts';

interface WrittenSuppression {
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
  /** First and last line that it speaks for. */
  readonly range: readonly [number, number];
  covers(finding: Finding): boolean;
}

/** `hindsight-ignore-next-line rule -- reason`, `hindsight-ignore-file …`, `hindsight-ignore-start … / hindsight-ignore-end`. */
const directive =
  /hindsight-ignore(-next-line|-line|-file|-start|-end)?(?:\s+([a-z0-9][a-z0-9-]{0,63}))?(?:\s+--\s+(\S[^\n]{2,300}))?/;

/**
 * Reads the ignore comments of a file. One without a rule or without a reason is not honoured: it is listed, unused.
 */
export function readSuppressions(file: SourceFile): readonly WrittenSuppression[] {
  if (!file.after?.includes('hindsight-ignore')) return [];
  const lines = file.after.split('\n');
  const written: WrittenSuppression[] = [];
  for (const [index, text] of lines.entries()) {
    const found = text.includes('hindsight-ignore') ? directive.exec(text.slice(0, 2_000)) : null;
    if (!found || found[1] === '-end') continue;
    const [, form = '-line', rule = '', reason = ''] = found;
    const line = index + 1;
    const [from, to] = rangeOf(form, line, lines);
    const honoured = rule !== '' && reason !== '';
    written.push({
      line,
      range: [from, to],
      rule: rule || '(no rule)',
      reason:
        reason
          .trimEnd()
          .replace(/(?:\*\/|-->|\*)$/, '')
          .trim() || '(no reason)',
      covers: (finding) =>
        honoured && finding.side === 'after' && finding.rule === rule && finding.line <= to && finding.endLine >= from,
    });
  }
  return written;
}

function rangeOf(form: string, line: number, lines: readonly string[]): [number, number] {
  if (form === '-next-line') return [line + 1, line + 1];
  if (form === '-file') return [1, lines.length];
  if (form === '-start') {
    const end = lines.findIndex((text, i) => i >= line && text.includes('hindsight-ignore-end'));
    return [line, end < 0 ? lines.length : end + 1];
  }
  return [line, line];
}
