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

/** Markdown as text: without markers and tags, links as their words with the address behind (in tables without). */
export function plain(markdown: string): string {
  return printable(
    markdown
      .split('\n')
      .map((line) =>
        line
          .replace(/<!--[^>]*-->/g, '')
          .replace(/<\/?[a-z]{1,10}(?: [^<>]{0,200})?>/g, '')
          .replace(/!?\[([^[\]]*)\]\(([^()\s]*)\)/g, line.startsWith('|') ? '$1' : '$1 ($2)')
          .replace(/^#+ /, '')
          .replace(/\*\*([^*]+)\*\*/g, '$1')
          .replace(/\\([\\`*_{}[\]()#+.!|<>@~-])/g, '$1'),
      )
      .map((line) => `  ${line}`.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .replace(/^/, '  '),
  );
}

/** Without control characters: text from a pull request must not steer a terminal. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
