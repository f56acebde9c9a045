import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compareTexts } from '../review/diff.ts';
import type { ContextFile, FileStatus, Snapshot, SourceFile, Unread } from '../review/types.ts';

const run = promisify(execFile);
const maxFileBytes = 2_000_000;
const maxOutputBytes = 512 * 1024 * 1024;

/** The git object name of the empty tree: against it, every file of a repository is new. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export class GitError extends Error {
  override name = 'GitError';
}

/** What a range of a local repository is asked for. */
export interface GitRange {
  readonly repo: string;
  readonly base: string;
  /** Absent: the working tree's tracked files as they are now, staged or not. */
  readonly head?: string;
}

/**
 * Reads a range of a local git repository as a snapshot: the merge base against the head, as GitHub shows a pull request.
 * Two git processes read all texts, whatever the number of files.
 *
 * @throws GitError with a sentence that says what to do
 */
export async function readGitRange({ repo, base, head }: GitRange): Promise<Snapshot> {
  const top = (await git(repo, ['rev-parse', '--show-toplevel'])).trim();
  const headCommit = head === undefined ? undefined : await commitOf(top, head);
  const mergeBase =
    base === emptyTree
      ? emptyTree
      : (await git(top, ['merge-base', await commitOf(top, base), headCommit ?? 'HEAD'])).trim();
  const range = headCommit === undefined ? [mergeBase] : [mergeBase, headCommit];
  const raw = await git(top, ['diff', '--raw', '-z', '-M', '--no-abbrev', '--no-ext-diff', ...range]);
  const entries = parseRaw(raw);
  const wanted = entries.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]).filter(isBlob);
  const texts = await readBlobs(top, [...new Set(wanted)]);
  const files: SourceFile[] = [];
  const unread: Unread[] = [];
  for (const entry of entries) {
    const before = isBlob(entry.oldBlob) ? texts.get(entry.oldBlob) : undefined;
    const after =
      entry.status === 'removed'
        ? undefined
        : isBlob(entry.newBlob)
          ? texts.get(entry.newBlob)
          : await readWorkingFile(top, entry.path);
    const reason = entry.special ?? reasonOf(before) ?? reasonOf(after);
    if (reason !== undefined) unread.push({ path: entry.path, reason });
    else files.push(fileOf(entry, before as string | undefined, after as string | undefined));
  }
  const tree = (
    await git(top, headCommit === undefined ? ['ls-files', '-z'] : ['ls-tree', '-r', '-z', '--name-only', headCommit])
  )
    .split('\0')
    .filter(Boolean);
  return { head: headCommit ?? 'working tree', base: mergeBase, files, context: [], tree, unread };
}

/**
 * What stands in the working tree and git does not know of: new files, and folders of them as one, without what is ignored.
 * No range holds them. @throws GitError when there is no repository
 */
export async function untracked(repo: string): Promise<string[]> {
  const top = (await git(repo, ['rev-parse', '--show-toplevel'])).trim();
  const names = await git(top, [
    'ls-files',
    '--others',
    '--exclude-standard',
    '--directory',
    '--no-empty-directory',
    '-z',
  ]);
  return names.split('\0').filter(Boolean);
}

/** Whether a clone lacks history (`--depth`): what it is compared with may then be missing, or be itself. */
export async function isShallow(repo: string): Promise<boolean> {
  return (await git(repo, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
}

/** The first of the refs that exists and has history in common with the head. @throws GitError when there is no repository */
export async function firstRelated(repo: string, refs: readonly string[], head: string): Promise<string | undefined> {
  const top = (await git(repo, ['rev-parse', '--show-toplevel'])).trim();
  const headCommit = await commitOf(top, head);
  for (const ref of refs) {
    const related = await commitOf(top, ref)
      .then((commit) => git(top, ['merge-base', commit, headCommit]))
      .then(Boolean, () => false);
    if (related) return ref;
  }
  return undefined;
}

/** The repository's oldest commit that has no parent: a name for it that every clone agrees on. @throws GitError */
export async function firstCommit(repo: string): Promise<string> {
  return (await git(repo, ['rev-list', '--max-parents=0', 'HEAD'])).trim().split('\n').at(-1) ?? '';
}

/** Reads unchanged files as evidence; those that do not exist or are no text are left out. */
export async function readGitContext({ repo, head }: GitRange, paths: readonly string[]): Promise<ContextFile[]> {
  const top = (await git(repo, ['rev-parse', '--show-toplevel'])).trim();
  const texts = await readBlobs(
    top,
    // One name a line: a path with a line feed in it would shift all answers after it.
    paths.filter((path) => !path.includes('\n')).map((path) => `${head ?? 'HEAD'}:${path}`),
  );
  return paths.flatMap((path) => {
    const text = texts.get(`${head ?? 'HEAD'}:${path}`);
    return typeof text === 'string' ? [{ path, text }] : [];
  });
}

interface RawEntry {
  readonly status: FileStatus;
  readonly path: string;
  readonly previousPath?: string;
  readonly oldBlob: string;
  readonly newBlob: string;
  /** Why a file of this mode has no text (submodule, symbolic link). */
  readonly special?: string;
}

function parseRaw(raw: string): RawEntry[] {
  const parts = raw.split('\0');
  const entries: RawEntry[] = [];
  for (let i = 0; i < parts.length - 1; ) {
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', letter = ''] = (parts[i++] ?? '')
      .replace(/^:/, '')
      .split(' ');
    const first = parts[i++] ?? '';
    const renamed = letter.startsWith('R') || letter.startsWith('C');
    const path = renamed ? (parts[i++] ?? '') : first;
    const mode = letter.startsWith('D') ? oldMode : newMode;
    const special = mode === '160000' ? 'a submodule' : mode === '120000' ? 'a symbolic link' : undefined;
    const status: FileStatus = letter.startsWith('A')
      ? 'added'
      : letter.startsWith('D')
        ? 'removed'
        : renamed
          ? 'renamed'
          : 'modified';
    entries.push({
      status,
      path,
      oldBlob,
      newBlob,
      ...(renamed ? { previousPath: first } : {}),
      ...(special ? { special } : {}),
    });
  }
  return entries;
}

function fileOf(
  { status, path, previousPath }: RawEntry,
  before: string | undefined,
  after: string | undefined,
): SourceFile {
  return compareTexts({
    path,
    status,
    ...(previousPath === undefined ? {} : { previousPath }),
    ...(before === undefined || status === 'added' ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

type BlobText = string | { readonly unreadable: string };

function reasonOf(text: BlobText | undefined): string | undefined {
  return typeof text === 'object' ? text.unreadable : undefined;
}

/** `git diff --raw` gives an all-zero id for a file that only the working tree has. */
function isBlob(id: string): boolean {
  return !/^0+$/.test(id);
}

/** Reads many objects in one `git cat-file --batch`. */
async function readBlobs(repo: string, names: readonly string[]): Promise<Map<string, BlobText>> {
  const texts = new Map<string, BlobText>();
  if (names.length === 0) return texts;
  const child = run('git', ['-C', repo, 'cat-file', '--batch'], { encoding: 'buffer', maxBuffer: maxOutputBytes });
  child.child.stdin?.on('error', () => {});
  child.child.stdin?.end(`${names.join('\n')}\n`);
  const { stdout } = await child;
  let at = 0;
  for (const name of names) {
    const end = stdout.indexOf(10, at);
    const header = stdout.subarray(at, end).toString('utf8');
    at = end + 1;
    const size = / blob (\d+)$/.exec(header)?.[1];
    if (size === undefined) {
      const other = / (?:tree|commit|tag) (\d+)$/.exec(header)?.[1];
      if (other !== undefined) at += Number(other) + 1;
      continue;
    }
    texts.set(name, textOf(stdout.subarray(at, at + Number(size))));
    at += Number(size) + 1;
  }
  return texts;
}

function textOf(bytes: Buffer): BlobText {
  if (bytes.length > maxFileBytes) return { unreadable: `larger than ${maxFileBytes / 1_000_000} MB` };
  // The same test as git's own: a NUL byte near the start makes a file binary.
  if (bytes.subarray(0, 8_000).includes(0)) return { unreadable: 'binary' };
  return bytes.toString('utf8');
}

async function readWorkingFile(top: string, path: string): Promise<BlobText | undefined> {
  const { readFile, lstat } = await import('node:fs/promises');
  const full = `${top}/${path}`;
  const stat = await lstat(full).catch(() => undefined);
  if (!stat?.isFile()) return undefined;
  return textOf(await readFile(full));
}

async function commitOf(repo: string, ref: string): Promise<string> {
  if (ref.startsWith('-')) throw new GitError(`"${ref}" is no ref`);
  try {
    return (await git(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])).trim();
  } catch {
    throw new GitError(
      `there is no commit "${ref}" in this repository: name a branch, a tag or a commit with --base and --head`,
    );
  }
}

async function git(repo: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', repo, ...args], { maxBuffer: maxOutputBytes });
    return stdout;
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.trim().split('\n')[0] ?? '';
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new GitError('git is not installed, or the folder does not exist');
    throw new GitError(words.replace(/^fatal: /, '') || `git ${args[0]} failed`);
  }
}
