import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { type BlobReader, openBlobReader } from './blob-reader.ts';
import { type ChangedFile, changedFiles } from './diff.ts';
import { listTree, mergeBase, resolveCommit, type TreeEntry } from './git.ts';
import type { Limits } from './limits.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Installation, Permissions, Pull, Repository, Token, User } from './types.ts';

export interface AppSettings {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** PEM of the private key; the sandbox keeps the public half only. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** Sends an event to the app, if it is subscribed; the payload gets repository, installation and sender. */
export type Emit = (
  repository: Repository,
  event: string,
  payload: Readonly<Record<string, unknown>>,
  sender: User,
) => void;

/** Everything the sandbox knows, and the questions that all parts ask of it. */
export interface World {
  readonly dir: string;
  readonly app: AppSettings & { readonly publicKey: KeyObject; readonly bot: User };
  readonly limits: Limits;
  readonly users: Map<string, User>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Token>;
  readonly repositories: Map<string, Repository>;
  /** Address of the sandbox, and of its REST API. */
  url: string;
  apiUrl: string;
  /** Milliseconds added to the clock: a test may let an hour pass. */
  clockOffset: number;
  emit: Emit;
  now(): number;
  nextId(): number;
  user(login: string, type?: User['type']): User;
  repository(call: { owner?: string; repo?: string }, token?: Token): Repository;
  pull(repository: Repository, number: number): Pull;
  /** Changed files of merge base…head, each pair computed once. */
  files(gitDir: string, base: string, head: string): Promise<readonly ChangedFile[]>;
  filesOf(pull: Pull, head?: string): Promise<readonly ChangedFile[]>;
  mergeBaseOf(pull: Pull, head?: string): Promise<string>;
  tree(gitDir: string, treeish: string): Promise<ReadonlyMap<string, TreeEntry>>;
  blob(gitDir: string, oid: string): Promise<Buffer | undefined>;
  /** A SHA, a branch, `heads/…`, `refs/…` or `pull/N/head` to its commit. */
  commitOf(repository: Repository, name: string): Promise<string | undefined>;
  close(): void;
}

/** An empty GitHub with one app on it. */
export function createWorld(dir: string, app: AppSettings, limits: Limits): World {
  let lastId = 1000;
  const commits = new Set<string>();
  const readers = new Map<string, BlobReader>();
  const diffs = new Map<string, Promise<readonly ChangedFile[]>>();
  const trees = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>();
  const bot: User = { id: 900, login: `${app.slug}[bot]`, type: 'Bot' };
  const world: World = {
    dir,
    app: { ...app, publicKey: createPublicKey(app.privateKey), bot },
    limits,
    users: new Map([[bot.login, bot]]),
    installations: new Map(),
    tokens: new Map(),
    repositories: new Map(),
    url: '',
    apiUrl: '',
    clockOffset: 0,
    emit: () => {},
    now: () => Date.now() + world.clockOffset,
    nextId: () => ++lastId,
    user(login, type = login.endsWith('[bot]') ? 'Bot' : 'User') {
      const known = world.users.get(login);
      if (known) return known;
      const user: User = { id: world.nextId(), login, type };
      world.users.set(login, user);
      return user;
    },
    repository({ owner, repo }, token) {
      const repository = world.repositories.get(`${owner}/${repo}`.toLowerCase());
      if (!repository) throw notFound();
      if (token && repository.installation !== token.installation) throw notFound();
      if (token?.repositories && !token.repositories.includes(repository.name)) throw notFound();
      return repository;
    },
    pull(repository, number) {
      const pull = repository.pulls.get(number);
      if (!pull) throw notFound();
      return pull;
    },
    files: (gitDir, base, head) => once(diffs, `${gitDir} ${base} ${head}`, () => changedFiles(gitDir, base, head)),
    async filesOf(pull, head = pull.headSha) {
      return world.files(pull.repository.gitDir, await world.mergeBaseOf(pull, head), head);
    },
    async mergeBaseOf(pull, head = pull.headSha) {
      const { gitDir, refs } = pull.repository;
      const base = await resolveCommit(gitDir, `${refs}${pull.baseRef}`);
      const common = base === undefined ? undefined : await mergeBase(gitDir, base, head);
      if (common === undefined)
        throw new Refusal(404, { message: `No common ancestor between ${pull.baseRef} and ${head}.` });
      return common;
    },
    tree: (gitDir, treeish) =>
      once(trees, `${gitDir} ${treeish}`, async () => {
        const entries = await listTree(gitDir, treeish);
        return new Map(entries.map((entry) => [entry.path, entry]));
      }),
    blob(gitDir, oid) {
      const reader = readers.get(gitDir) ?? openBlobReader(gitDir);
      readers.set(gitDir, reader);
      return reader.read(oid);
    },
    async commitOf(repository, name) {
      const { gitDir, refs } = repository;
      // A commit's own name never means another commit: a query that names one a thousand times asks git once.
      if (/^[0-9a-f]{40}$/.test(name) && commits.has(`${gitDir} ${name}`)) return name;
      if (/^[0-9a-f]{7,40}$/.test(name)) {
        const found = await resolveCommit(gitDir, name);
        if (found === name) commits.add(`${gitDir} ${name}`);
        return found;
      }
      if (name === 'HEAD') return resolveCommit(gitDir, `${refs}${repository.defaultBranch}`);
      const pullRef = /^(?:refs\/)?pull\/(\d+)\/head$/.exec(name);
      if (pullRef) return resolveCommit(gitDir, `refs/pull/${pullRef[1]}/head`);
      return resolveCommit(gitDir, refs + name.replace(/^(?:refs\/)?heads\//, ''));
    },
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
  return world;
}

/** Where the bare repository of a name lives. */
export const gitDirOf = (world: World, owner: string, name: string): string => join(world.dir, owner, `${name}.git`);

const kept = 200;

function once<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= kept) cache.delete(cache.keys().next().value ?? '');
  const made = make();
  cache.set(key, made);
  // Whoever asked hears of the failure; the next one may try again.
  made.catch(() => cache.delete(key));
  return made;
}
