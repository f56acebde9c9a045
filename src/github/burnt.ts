import type { Octokit } from '@octokit/rest';
import type { BurntLines, SourceFile, Unread } from '../review/types.ts';
import type { RepositoryName } from './blobs.ts';
import { statusOf } from './errors.ts';

/** Past this, what the commits hold together is too much to look through line by line. */
const maxLength = 8_000_000;
const maxRuns = 5_000;

/**
 * Reads the lines that a commit of the pull request added and a later one took away: a secret in them is out, whatever
 * the final diff shows. One request: GitHub gives all commits of a pull request as one mailbox of patches.
 *
 * @returns the lines, or why they could not be read
 */
export async function readBurntLines(
  octokit: Octokit,
  at: RepositoryName & { readonly number: number },
  files: readonly SourceFile[],
): Promise<{ burnt: readonly BurntLines[]; unread: readonly Unread[] }> {
  let mailbox: string;
  try {
    const { data } = await octokit.rest.pulls.get({
      owner: at.owner,
      repo: at.repo,
      pull_number: at.number,
      mediaType: { format: 'patch' },
    });
    // With this media type the body is text, or bytes where the answer does not name its character set.
    const body = data as unknown;
    if (typeof body !== 'string' && !(body instanceof ArrayBuffer)) return { burnt: [], unread: [tooLarge] };
    mailbox = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  } catch (error) {
    const status = statusOf(error);
    if (status !== 406 && status !== 415 && status !== 422) throw error;
    return { burnt: [], unread: [tooLarge] };
  }
  if (mailbox.length > maxLength) return { burnt: [], unread: [tooLarge] };
  const burnt = burntLines(mailbox, files);
  return { burnt: burnt.slice(0, maxRuns), unread: burnt.length > maxRuns ? [tooLarge] : [] };
}

const tooLarge: Unread = { path: '(commits)', reason: 'too large to be looked through commit by commit' };

/** Takes from a mailbox of patches the added lines that no file of the head holds any more. */
function burntLines(mailbox: string, files: readonly SourceFile[]): BurntLines[] {
  const alive = new Set(files.flatMap((file) => file.after?.split('\n') ?? []));
  const burnt: BurntLines[] = [];
  let commit = '';
  let path = '';
  let run: string[] = [];
  // Lines of the open hunk still to come, on either side: only a count tells a removed `-- x` from the header `--- x`.
  let left = { old: 0, new: 0 };
  const flush = () => {
    if (run.length > 0 && burnt.length <= maxRuns) burnt.push({ commit, path, text: run.join('\n') });
    run = [];
  };
  for (const line of mailbox.split('\n')) {
    if (left.old > 0 || left.new > 0) {
      const mark = line[0];
      if (mark === '+') {
        left = { ...left, new: left.new - 1 };
        const text = line.slice(1);
        if (text.trim() !== '' && !alive.has(text)) run.push(text);
        else flush();
        continue;
      }
      flush();
      if (mark === '-') left = { ...left, old: left.old - 1 };
      else if (mark !== '\\') left = { old: left.old - 1, new: left.new - 1 };
      continue;
    }
    flush();
    const from = /^From ([0-9a-f]{40}) /.exec(line);
    if (from) commit = from[1] ?? '';
    else if (line.startsWith('+++ ')) path = pathIn(line.slice(4));
    const head = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (head) left = { old: Number(head[1] ?? 1), new: Number(head[2] ?? 1) };
  }
  flush();
  return burnt.filter((lines) => lines.path !== '');
}

/** The path of a header, without `b/`; empty for `/dev/null`. Git quotes names with bytes outside ASCII, in octal. */
function pathIn(header: string): string {
  const quoted = /^"(.*)"$/.exec(header)?.[1];
  // Behind an unquoted name with a blank in it git puts a tab.
  const name = quoted === undefined ? header.replace(/\t$/, '') : unquoted(quoted);
  return name.startsWith('b/') ? name.slice(2) : '';
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

function unquoted(text: string): string {
  const pieces = text.match(/\\(?:[0-7]{3}|.)|[^\\]+/g) ?? [];
  const bytes = pieces.map((piece) => {
    if (!piece.startsWith('\\')) return Buffer.from(piece);
    const octal = /^\\([0-7]{3})$/.exec(piece)?.[1];
    if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8)]);
    const [, letter = ''] = piece;
    return Buffer.from(escapes[letter] ?? letter);
  });
  return Buffer.concat(bytes).toString('utf8');
}
