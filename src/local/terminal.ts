import { styleText } from 'node:util';
import { showInvisible } from '../review/escape.ts';
import { plainLinks } from '../review/links.ts';
import type { Finding, Review, Severity, Snapshot } from '../review/types.ts';
import { lessonSlugs } from '../review/types.ts';
import { countsInWords } from '../review/verdict.ts';

const colours: Readonly<Record<Severity, 'red' | 'yellow' | 'blue'>> = {
  error: 'red',
  warning: 'yellow',
  notice: 'blue',
};
/** Lines of code around a finding. */
const around = 2;
const maxLineLength = 160;

/**
 * Prints a review for a person: each finding with its code frame and lesson, then the summary. Lines that hold a secret
 * are not shown: a lesson 7 finding has no frame, and in the frames of others they are left out.
 */
export function printReview(
  review: Review,
  snapshot: Snapshot,
  options: { lessonsUrl: string; colour: boolean },
): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const out: string[] = [];
  const secret = linesWithSecrets(review);
  for (const finding of review.findings) {
    const slug = lessonSlugs[finding.lesson - 1];
    out.push(
      `${paint(colours[finding.severity], finding.severity)} ${paint('bold', `${showInvisible(finding.path)}:${finding.line}`)} ${paint('dim', finding.rule)}`,
    );
    out.push(...frameOf(finding, snapshot, secret, paint));
    out.push(`  ${finding.message}`);
    if (finding.because) out.push(`  Why here: ${showInvisible(finding.because)}`);
    for (const link of plainLinks(finding.links)) out.push(`  ${link}`);
    out.push(
      `  ${paint('dim', `lesson ${finding.lesson}, ${slug}: ${options.lessonsUrl}/${slug}#${finding.rule}`)}`,
      '',
    );
  }
  const { coverage } = review;
  out.push(
    `${countsInWords(review.findings) || 'Nothing found'}. Analysed ${coverage.filesAnalysed} of ${coverage.files} files, ${coverage.addedLinesAnalysed} of ${coverage.addedLines} added lines.`,
  );
  for (const fault of review.faults) out.push(`Could not be analysed: ${showInvisible(fault.path)}: ${fault.what}`);
  for (const { path, reason } of coverage.unread)
    if (reason !== 'no reader for this kind of file') out.push(`Not analysed: ${showInvisible(path)}: ${reason}`);
  for (const note of review.notes) out.push(showInvisible(note));
  return `${out.join('\n')}\n`;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Lines that hold a secret, also one that a comment lets through: no frame shows them, whatever it is about. */
function linesWithSecrets({ findings, suppressions }: Review): (path: string, line: number) => boolean {
  const lines = new Set<string>();
  for (const { lesson, side, path, line, endLine } of findings)
    if (lesson === 7 && side === 'after') for (let at = line; at <= endLine; at++) lines.add(`${path}:${at}`);
  for (const { path, line } of suppressions) for (const at of [line, line + 1]) lines.add(`${path}:${at}`);
  return (path, line) => lines.has(`${path}:${line}`);
}

function frameOf(
  finding: Finding,
  snapshot: Snapshot,
  isSecret: (path: string, line: number) => boolean,
  paint: Paint,
): string[] {
  const file = snapshot.files.find((candidate) => candidate.path === finding.path);
  const text = finding.side === 'after' ? file?.after : file?.before;
  if (text === undefined || finding.lesson === 7) return [];
  const lines = text.split('\n');
  const from = Math.max(1, finding.line - around);
  const to = Math.min(lines.length, Math.min(finding.endLine, finding.line + 8) + around);
  const width = String(to).length;
  const frame: string[] = [];
  for (let number = from; number <= to; number++) {
    const code =
      finding.side === 'after' && isSecret(finding.path, number)
        ? '(not shown: it holds a secret)'
        : showInvisible((lines[number - 1] ?? '').replace(/\r$/, '')).slice(0, maxLineLength);
    const marked = number >= finding.line && number <= finding.endLine;
    frame.push(
      marked
        ? `${paint(colours[finding.severity], '>')} ${String(number).padStart(width)} | ${code}`
        : paint('dim', `  ${String(number).padStart(width)} | ${code}`),
    );
  }
  return frame;
}
