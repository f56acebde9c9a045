import { clip, escapeMarkdown, escapeSentence, fenced, inlineCode } from './escape.ts';
import { markdownLinks } from './links.ts';
import type { Policy } from './policy.ts';
import { type Finding, lessonSlugs, type Review, type Severity } from './types.ts';
import { countBySeverity, countsInWords, isIncomplete, reaches } from './verdict.ts';

/** GitHub's limits, in UTF-16 units, with room to spare: 65,536 for a comment, 65,535 for each of a check's texts. */
const bodyLimit = 60_000;
const reportLimit = 65_000;

const marks: Readonly<Record<Severity, string>> = { error: '🛑 error', warning: '⚠️ warning', notice: '💡 notice' };

/** The hidden marker by which a comment is found again. Only trusted in comments that the app itself wrote. */
export function markerOf(fingerprint: string): string {
  return `<!-- hindsight:${fingerprint} -->`;
}

/** Reads the marker of a comment. @returns the fingerprint, or undefined */
export function fingerprintIn(body: string): string | undefined {
  return /<!-- hindsight:([0-9a-f]{16}) -->/.exec(body)?.[1];
}

/** Address of the lesson page at a rule. */
export function lessonUrl(finding: Pick<Finding, 'lesson' | 'rule'>, policy: Policy): string {
  return `${policy.lessons_url.replace(/\/{1,9}$/, '')}/${lessonSlugs[finding.lesson - 1]}#${finding.rule}`;
}

/** An inline comment: what is wrong and what to do, why it matters here, a fix when one is proven, the lesson, the marker. */
export function commentBody(finding: Finding, policy: Policy): string {
  const parts = [
    `**${marks[finding.severity]}** · lesson ${finding.lesson}, ${lessonSlugs[finding.lesson - 1]?.replaceAll('-', ' ')}`,
    escapeSentence(finding.message),
  ];
  if (finding.because) parts.push(`**Why here:** ${escapeSentence(finding.because)}`);
  if (finding.fix && finding.side === 'after') parts.push(fenced(finding.fix.text, 'suggestion'));
  if (finding.also?.length) {
    const places = finding.also.slice(0, 30).map(({ path, line }) => `- ${inlineCode(`${path}:${line}`)}`);
    parts.push(
      `The same in ${finding.also.length} more places:\n${places.join('\n')}${finding.also.length > 30 ? '\n- …' : ''}`,
    );
  }
  const learn = { words: `Learn: ${finding.rule}`, url: lessonUrl(finding, policy) };
  parts.push(markdownLinks([...(finding.links ?? []), learn]).join(' · '));
  return `${clip(parts.join('\n\n'), bodyLimit)}\n${markerOf(finding.fingerprint)}`;
}

/** The body of a comment whose finding is gone: its first lines stay readable, folded. */
export function fixedBody(body: string, fingerprint: string, head: string): string {
  const before = body.replace(/<!-- hindsight:[0-9a-f]{16}[^>]{0,200}-->/g, '').trim();
  return `✅ **Fixed in ${head.slice(0, 7)}**\n\n<details><summary>What it was</summary>\n\n${clip(before, bodyLimit)}\n\n</details>\n${markerOf(fingerprint)}\n<!-- hindsight-state:fixed -->`;
}

/** The body of a comment whose line is gone while its finding stands elsewhere, in a newer comment. */
export function movedBody(body: string, fingerprint: string): string {
  const before = body.replace(/<!-- hindsight:[0-9a-f]{16}[^>]{0,200}-->/g, '').trim();
  return `↪️ **Moved.** A newer comment stands where the code is now.\n\n<details><summary>What it was</summary>\n\n${clip(before, bodyLimit)}\n\n</details>\n${markerOf(fingerprint)}\n<!-- hindsight-state:fixed -->`;
}

/** The review's own text: one sentence; the comments and the check say the rest. */
export function reviewBody(findings: readonly Finding[], commented: number, policy: Policy): string {
  const rest = findings.length - commented;
  const fails = findings.some((finding) => reaches(finding.severity, policy.fail_on));
  const more = rest > 0 ? ` ${rest} more ${rest === 1 ? 'is' : 'are'} in the check.` : '';
  const what = { error: 'the errors', warning: 'the errors and warnings', notice: 'all of them', never: '' }[
    policy.fail_on
  ];
  const until = fails ? ` The check fails until ${what} are gone.` : '';
  return `Hindsight found ${countsInWords(findings)} in the changed lines.${more}${until}`;
}

interface SummaryExtras {
  readonly notices: readonly string[];
  readonly dismissed: number;
  readonly commented: ReadonlySet<string>;
}

/** The check's summary: notices, counts, coverage, faults, suppressions, notes. */
export function reportSummary(review: Review, policy: Policy, extras: SummaryExtras): string {
  const parts = [...extras.notices.map((notice) => `> ${escapeSentence(notice)}`)];
  parts.push(review.findings.length === 0 ? 'Nothing found in the changed lines.' : countTable(review.findings));
  if (extras.dismissed > 0) parts.push(`${extras.dismissed} dismissed by people and not counted.`);
  parts.push(coverageLine(review));
  if (review.faults.length > 0)
    parts.push(
      list(
        'Could not be analysed:',
        review.faults.map((fault) => `${inlineCode(fault.path)}: ${escapeSentence(fault.what)}`),
      ),
    );
  const left = review.coverage.unread.filter(({ reason }) => reason !== 'no reader for this kind of file');
  if (left.length > 0)
    parts.push(
      list(
        'Not analysed:',
        left.map(({ path, reason }) => `${inlineCode(path)}: ${escapeMarkdown(reason)}`),
      ),
    );
  const added = review.suppressions.filter((s) => s.addedHere);
  if (added.length > 0)
    parts.push(
      list(
        'Ignore comments added in this pull request:',
        added.map(
          (s) =>
            `${inlineCode(`${s.path}:${s.line}`)} ${inlineCode(s.rule)}: ${escapeMarkdown(s.reason)}${s.used ? '' : ' (ignores nothing)'}`,
        ),
      ),
    );
  const unused = review.suppressions.filter((s) => !s.used && !s.addedHere);
  if (unused.length > 0)
    parts.push(
      list(
        'Ignore comments that ignore nothing:',
        unused.map((s) => `${inlineCode(`${s.path}:${s.line}`)} ${inlineCode(s.rule)}`),
      ),
    );
  if (review.notes.length > 0) parts.push(list('Also:', review.notes.map(escapeSentence)));
  if (isIncomplete(review))
    parts.push(
      `This review is incomplete; the policy concludes ${inlineCode(policy.on_incomplete)} when nothing else fails the check.`,
    );
  return clip(parts.join('\n\n'), reportLimit);
}

/**
 * The check's text: every finding in a table with its evidence, which for many stands nowhere else, linked to its line and
 * its lesson.
 */
export function reportTable(
  findings: readonly Finding[],
  policy: Policy,
  lineUrl?: (path: string, line: number) => string,
): string {
  if (findings.length === 0) return '';
  const rows = findings.map((finding) => {
    const said = [finding.message, finding.because ?? ''].filter(Boolean).map(escapeSentence);
    const cells = [
      marks[finding.severity],
      placeOf(finding, lineUrl),
      [...said, ...markdownLinks(finding.links)].join(' '),
      `[${finding.rule}](${lessonUrl(finding, policy)})`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return clip(['| | where | what | lesson |', '| --- | --- | --- | --- |', ...rows].join('\n'), reportLimit);
}

/** Line 0: what the change brought and took away again stands on no line. */
function placeOf({ path, line, side }: Finding, lineUrl?: (path: string, line: number) => string): string {
  if (line === 0) return inlineCode(path);
  const place = inlineCode(`${path}:${line}`);
  return lineUrl && side === 'after' ? `[${place}](${lineUrl(path, line)})` : place;
}

function countTable(findings: readonly Finding[]): string {
  const rows = lessonSlugs.flatMap((slug, i) => {
    const own = findings.filter((finding) => finding.lesson === i + 1);
    if (own.length === 0) return [];
    const counts = countBySeverity(own);
    return [`| ${i + 1} ${slug} | ${counts.error} | ${counts.warning} | ${counts.notice} |`];
  });
  return ['| lesson | errors | warnings | notices |', '| --- | --: | --: | --: |', ...rows].join('\n');
}

function coverageLine({ coverage }: Review): string {
  const unknown = coverage.unread.filter(({ reason }) => reason === 'no reader for this kind of file').length;
  return `Analysed ${coverage.filesAnalysed} of ${coverage.files} files, ${coverage.addedLinesAnalysed} of ${coverage.addedLines} added lines.${unknown > 0 ? ` ${unknown} of a kind Hindsight does not read.` : ''}`;
}

function list(head: string, items: readonly string[]): string {
  const shown = items.slice(0, 100).map((item) => `- ${item}`);
  return [head, ...shown, ...(items.length > 100 ? [`- … and ${items.length - 100} more`] : [])].join('\n');
}
