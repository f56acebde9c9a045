import { execFile } from 'node:child_process';

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

/** Runs git in a bare repository. Plumbing only: nothing here depends on the configuration of the person at the keyboard. */
export function git(gitDir: string, args: readonly string[], input?: Buffer | string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['--git-dir', gitDir, '-c', 'core.quotePath=false', ...args],
      { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`git ${args[0]}: ${stderr.toString('utf8').trim() || error.message}`));
        else resolve(stdout);
      },
    );
    child.stdin?.on('error', () => {}); // git may end without reading its input; the exit code says what happened
    // hindsight-ignore-next-line command-injection -- what git reads on its input is data, not a command
    child.stdin?.end(input);
  });
}

/** Creates an empty bare repository. */
export async function createBare(gitDir: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile('git', ['init', '--quiet', '--bare', '--initial-branch=main', '--', gitDir], (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** The commit a name stands for, or undefined. A name that git would take for an option is no name. */
export async function resolveCommit(gitDir: string, name: string): Promise<string | undefined> {
  if (name.startsWith('-') || name === '') return undefined;
  try {
    const out = await git(gitDir, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
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
    return (await git(gitDir, ['merge-base', one, other])).toString('utf8').trim() || undefined;
  } catch {
    // git's way to say that they have none
    return undefined;
  }
}

/** The whole tree of a commit, directories included. */
export async function listTree(gitDir: string, treeish: string): Promise<readonly TreeEntry[]> {
  const out = (await git(gitDir, ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', treeish])).toString('utf8');
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
  const fields = (await git(gitDir, [...args, ...range, '--'])).toString('utf8').split('\0');
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
