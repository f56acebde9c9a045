import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, git } from './git-process.ts';

/** What a file becomes in a commit: a text, bytes, something special, or null to delete it. */
type FileChange =
  | string
  | Buffer
  | null
  | { readonly symlink: string }
  | { readonly submodule: string }
  | { readonly executable: string };

export type FileChanges = Readonly<Record<string, FileChange>>;

export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  readonly size: number | undefined;
  readonly path: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

interface Person {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** Creates an empty bare repository. */
export async function createBare(gitDir: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile('git', ['init', '--quiet', '--bare', '--initial-branch=main', '--', gitDir], (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

/**
 * The tip of a branch that has a file of its own, as all have that were written since git last packed them; git lets the file
 * win, and replaces it at once. A process for each look at a branch is most of what the sandbox costs.
 */
async function looseBranch(gitDir: string, ref: string): Promise<string | undefined> {
  if (!/^refs\/heads\/[\w-]+(?:[./][\w-]+)*$/.test(ref)) return undefined;
  const text = await readFile(join(gitDir, ref), 'utf8').catch(() => '');
  return /^[0-9a-f]{40}$/.exec(text.trim())?.[0];
}

/** The commit a name stands for, or undefined. A name that git would take for an option is no name. */
export async function resolveCommit(gitDir: string, name: string): Promise<string | undefined> {
  if (name.startsWith('-') || name === '') return undefined;
  const tip = await looseBranch(gitDir, name);
  if (tip !== undefined) return tip;
  try {
    const out = await ask(gitDir, [name], ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
    return out.toString('utf8').trim() || undefined;
  } catch {
    // git's way to say that there is none
    return undefined;
  }
}

export async function updateRef(gitDir: string, ref: string, sha: string): Promise<void> {
  await git(gitDir, ['update-ref', ref, sha]);
}

export async function deleteRef(gitDir: string, ref: string): Promise<void> {
  await git(gitDir, ['update-ref', '-d', ref]);
}

export async function mergeBase(gitDir: string, one: string, other: string): Promise<string | undefined> {
  try {
    return (await ask(gitDir, [one, other], ['merge-base', one, other])).toString('utf8').trim() || undefined;
  } catch {
    // git's way to say that they have none
    return undefined;
  }
}

/** The whole tree of a commit, directories included. */
export async function listTree(gitDir: string, treeish: string): Promise<readonly TreeEntry[]> {
  const out = (await ask(gitDir, [treeish], ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', treeish])).toString(
    'utf8',
  );
  const entries: TreeEntry[] = [];
  for (const line of out.split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode = '', type = '', oid = '', size = ''] = line.slice(0, tab).split(/ +/);
    entries.push({
      mode,
      type: type as TreeEntry['type'],
      oid,
      size: size === '-' ? undefined : Number(size),
      path: line.slice(tab + 1),
    });
  }
  return entries;
}

const commitFormat = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');

/** Commits reachable from `to` and not from `from` (all of them without `from`), oldest first. */
export async function listCommits(gitDir: string, to: string, from?: string, limit = 10_000): Promise<Commit[]> {
  const range = from === undefined ? [to] : [to, `^${from}`];
  const args = ['log', '-z', '--no-color', '--topo-order', `--max-count=${limit}`, `--format=${commitFormat}`];
  const named = from === undefined ? [to] : [to, from];
  const fields = (await ask(gitDir, named, [...args, ...range, '--'])).toString('utf8').split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 9 < fields.length; at += 10) {
    const [sha = '', tree = '', parents = '', an = '', ae = '', aI = '', cn = '', ce = '', cI = '', message = ''] =
      fields.slice(at, at + 10);
    commits.push({
      sha: sha.trim(),
      tree,
      parents: parents.split(' ').filter(Boolean),
      author: { name: an, email: ae, date: new Date(aI).toISOString().replace('.000', '') },
      committer: { name: cn, email: ce, date: new Date(cI).toISOString().replace('.000', '') },
      message: message.trim(),
    });
  }
  return commits.reverse();
}

export interface CommitRequest {
  readonly ref: string;
  readonly parent: string | undefined;
  readonly files: FileChanges;
  readonly message: string;
  readonly author: string;
  readonly at: number;
}

/** Writes one commit by fast-import: one process for any number of files. Returns its SHA; the ref points at it. */
export async function commit(gitDir: string, request: CommitRequest): Promise<string> {
  const { ref, parent, files, message, author, at } = request;
  const seconds = Math.floor(at / 1000);
  const who = `${author.replace(/[<>\n]/g, '')} <${author.replace(/[^\w.-]/g, '')}@users.noreply.github.com>`;
  const parts: (Buffer | string)[] = [
    `commit ${ref}\nmark :1\nauthor ${who} ${seconds} +0000\ncommitter ${who} ${seconds} +0000\n`,
    data(message),
  ];
  if (parent !== undefined) parts.push(`from ${parent}\n`);
  for (const [path, change] of Object.entries(files)) parts.push(...fileCommand(path, change));
  parts.push('\nget-mark :1\ndone\n');
  const input = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const out = await git(gitDir, ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'], input);
  return out.toString('utf8').trim();
}

function data(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function fileCommand(path: string, change: FileChange): (Buffer | string)[] {
  const quoted = `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  if (change === null) return [`D ${quoted}\n`];
  if (typeof change === 'string' || Buffer.isBuffer(change)) return [`M 100644 inline ${quoted}\n`, data(change)];
  if ('symlink' in change) return [`M 120000 inline ${quoted}\n`, data(change.symlink)];
  if ('submodule' in change) return [`M 160000 ${change.submodule} ${quoted}\n`];
  return [`M 100755 inline ${quoted}\n`, data(change.executable)];
}

/** A merge commit of two commits, without touching a ref. Throws when they conflict. */
export async function mergeCommit(
  gitDir: string,
  parents: readonly [string, string],
  message: string,
  keepParents: readonly string[] = parents,
): Promise<string> {
  const tree = (await git(gitDir, ['merge-tree', '--write-tree', ...parents])).toString('utf8').split('\n')[0] ?? '';
  const as = ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@github.com'];
  const out = await git(gitDir, [
    ...as,
    'commit-tree',
    tree,
    ...keepParents.flatMap((sha) => ['-p', sha]),
    '-m',
    message,
  ]);
  return out.toString('utf8').trim();
}
