import { styleText } from 'node:util';
import { type PatchLine, readPatch } from './diff.ts';
import { fullName } from './json/accounts.ts';
import { latestRuns } from './json/checks.ts';
import type { CheckRun, Pull, Thread } from './types.ts';

const conclusions = { success: 'green', failure: 'red', neutral: 'gray' } as const;
const frameLines = 3;

/** The app's review and check of a pull request, as they came out, for people at a terminal. */
export function describeReview(pull: Pull): string {
  const [run] = latestRuns(pull.repository.runs.filter((one) => one.suite.headSha === pull.headSha));
  const threads = pull.threads.filter((thread) => thread.comments[0]?.author.type === 'Bot');
  const reviews = pull.reviews.filter((review) => review.author.type === 'Bot' && review.body.trim() !== '');
  return [
    ...threads.map(describeThread),
    ...reviews.map((review) => `${styleText('bold', 'The review')}\n${plain(review.body)}\n`),
    run ? describeCheck(run) : 'No check.',
  ].join('\n');
}

/** One line: which pull request, and how its check ended. */
export function describeVerdict(pull: Pull, run: CheckRun): string {
  return `${fullName(pull.repository)}#${pull.number}  ${verdict(run)}  ${run.title ?? ''}`;
}

function describeThread(thread: Thread): string {
  const place = thread.originalLine === undefined ? thread.path : `${thread.path}:${thread.originalLine}`;
  const frame = readPatch(thread.hunk)
    .filter((line) => line.kind !== 'hunk')
    .slice(-frameLines)
    .map(frameLine);
  const [comment] = thread.comments;
  return [styleText(['bold', 'cyan'], place), ...frame, plain(comment?.body ?? ''), ''].join('\n');
}

function frameLine(line: PatchLine): string {
  const number = String(line.new ?? line.old ?? '').padStart(5);
  const sign = { added: '+', removed: '-', context: ' ', hunk: ' ', note: ' ' }[line.kind];
  return styleText('gray', `${number} ${sign} `) + printable(line.text);
}

function describeCheck(run: CheckRun): string {
  const head = `${styleText('bold', `Check “${run.name}”`)}  ${verdict(run)}  ${run.title ?? ''}`;
  return [head, '', plain(run.summary ?? ''), '', `${run.annotations.length} annotations`].join('\n');
}

function verdict(run: CheckRun): string {
  const conclusion = run.conclusion ?? run.status;
  return styleText(conclusions[conclusion as keyof typeof conclusions] ?? 'yellow', conclusion);
}

/** Markdown as text: without markers and tags, tables in columns, links as their words with the address behind (in tables without). */
export function plain(markdown: string): string {
  const lines = markdown.split('\n');
  return printable(
    lines
      .flatMap((line, index) => {
        if (!isRow(line)) return [withoutMarkup(line, '$1 ($2)')];
        if (index > 0 && isRow(lines[index - 1] ?? '')) return []; // written with the table's first row
        const end = lines.findIndex((later, at) => at > index && !isRow(later));
        return columns(lines.slice(index, end < 0 ? lines.length : end));
      })
      .map((line) => `  ${line}`.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .replace(/^/, '  '),
  );
}

const isRow = (line: string): boolean => line.startsWith('|');

const withoutMarkup = (text: string, link: string): string =>
  text
    .replace(/<!--[^<>]*-->/g, '')
    .replace(/<\/?[a-z]{1,10}(?: [^<>]{0,200})?>/g, '')
    .replace(/!?\[([^[\]]*)\]\(([^()\s]*)\)/g, link)
    .replace(/^#+ /, '')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|<>@~-])/g, '$1');

/** The rows of a table one below the other, the columns of `--:` to the right. */
function columns(table: readonly string[]): string[] {
  const [head = [], rule = [], ...body] = table.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => withoutMarkup(cell.trim(), '$1')),
  );
  const rows = [head, ...body];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    rule[column]?.endsWith(':') ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join('   '));
}

/** Without control characters: text from a pull request must not steer a terminal. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
