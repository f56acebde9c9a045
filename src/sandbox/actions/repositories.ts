import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureSuite } from '../checking.ts';
import { emitCheckSuite } from '../events.ts';
import { commit, createBare, type FileChanges, resolveCommit, updateRef } from '../git.ts';
import { fullName } from '../json/accounts.ts';
import type { Installation, Permissions, Repository, User } from '../types.ts';
import { gitDirOf, type World } from '../world.ts';

const run = promisify(execFile);

export interface NewRepository {
  readonly owner?: string;
  readonly name: string;
  /** First commit of the default branch. */
  readonly files?: FileChanges;
  /** A folder of git objects that it shares (read only) instead of a first commit. */
  readonly objects?: string;
  /** false: the app is not installed on it. */
  readonly installed?: boolean;
}

/** Creates a repository of an organisation, with the app installed on it, and its bare git repository on disk. */
export async function createRepository(world: World, wanted: NewRepository): Promise<Repository> {
  const owner = world.user(wanted.owner ?? 'acme', 'Organization');
  const gitDir = gitDirOf(world, owner.login, wanted.name);
  await mkdir(dirname(gitDir), { recursive: true });
  await createBare(gitDir);
  // Objects are read where they are instead of copied: a large repository is there at once.
  if (wanted.objects !== undefined) await writeFile(join(gitDir, 'objects/info/alternates'), `${wanted.objects}\n`);
  const repository: Repository = {
    id: world.nextId(),
    owner,
    name: wanted.name,
    defaultBranch: 'main',
    gitDir,
    refs: 'refs/heads/',
    fork: false,
    createdAt: world.now(),
    installation: wanted.installed === false ? undefined : installationFor(world, owner),
    collaborators: new Map(),
    pulls: new Map(),
    nextNumber: 1,
    suites: [],
    runs: [],
  };
  world.repositories.set(fullName(repository).toLowerCase(), repository);
  if (wanted.files) await push(world, repository, { files: wanted.files, message: 'First commit' });
  return repository;
}

/** A fork: its own name and branches, the same object store, and no installation of the app. */
export function forkRepository(world: World, parent: Repository, ownerLogin: string): Repository {
  const owner = world.user(ownerLogin);
  const fork: Repository = {
    ...parent,
    id: world.nextId(),
    owner,
    refs: `refs/forks/${owner.login}/`,
    fork: true,
    installation: undefined,
    collaborators: new Map(),
    pulls: new Map(),
    suites: [],
    runs: [],
  };
  world.repositories.set(fullName(fork).toLowerCase(), fork);
  return fork;
}

/** The app's installation on an account, made when there is none yet. */
function installationFor(world: World, account: User, permissions?: Permissions): Installation {
  const known = [...world.installations.values()].find((one) => one.account === account && !one.removed);
  if (known) return known;
  const installation: Installation = {
    id: world.nextId(),
    account,
    permissions: permissions ?? world.app.permissions,
    events: world.app.events,
    suspended: false,
    removed: false,
  };
  world.installations.set(installation.id, installation);
  return installation;
}

export interface NewCommit {
  readonly branch?: string;
  /** Branch or commit it starts from, when the branch is new; the default branch otherwise. */
  readonly from?: string;
  /** Throws the branch's own commits away and starts from `from` again. */
  readonly force?: boolean;
  readonly files: FileChanges;
  readonly message?: string;
  readonly author?: string;
}

/** One commit on a branch. Returns its SHA; a suite to check is made, as GitHub makes one for every push (C9). */
export async function push(world: World, repository: Repository, wanted: NewCommit): Promise<string> {
  const { gitDir, refs, defaultBranch } = repository;
  const branch = wanted.branch ?? defaultBranch;
  const tip = await resolveCommit(gitDir, refs + branch);
  const start = await world.commitOf(repository, wanted.from ?? defaultBranch);
  const sha = await commit(gitDir, {
    ref: refs + branch,
    parent: tip === undefined || wanted.force ? start : tip,
    files: wanted.files,
    message: wanted.message ?? 'Change',
    author: wanted.author ?? 'octo',
    at: world.now(),
  });
  if (repository.installation && tip !== undefined) {
    const suite = await ensureSuite(world, repository, sha, branch);
    await emitCheckSuite(world, suite, 'requested', world.user(wanted.author ?? 'octo'));
  }
  return sha;
}

/** Names a commit of the object store. */
export const setBranch = (repository: Repository, branch: string, sha: string): Promise<void> =>
  updateRef(repository.gitDir, repository.refs + branch, sha);

/** Where a git repository on this machine keeps its objects. Throws in git's words when it is none, or somebody else's. */
export async function localObjects(path: string): Promise<string> {
  const args = ['-C', path, 'rev-parse', '--path-format=absolute', '--git-path', 'objects'];
  const { stdout } = await run('git', args).catch((error: { stderr?: string }) => {
    const [words = ''] = (error.stderr ?? '').split('\n');
    throw new Error(`${path} cannot be read: ${words.replace(/^fatal: /, '') || 'git failed'}`);
  });
  return stdout.trim();
}

/** The branches of a repository on this machine that moved last, a few. */
async function localBranches(path: string): Promise<string[]> {
  const args = [
    '-C',
    path,
    'for-each-ref',
    '--count=5',
    '--sort=-committerdate',
    '--format=%(refname:short)',
    'refs/heads',
  ];
  const { stdout } = await run('git', args).catch(() => ({ stdout: '' }));
  return stdout.split('\n').filter((name) => name !== '');
}

/** The commit that a name stands for in a repository on this machine. */
export async function localCommit(path: string, name: string): Promise<string> {
  if (name === '' || name.startsWith('-')) throw new Error(`${JSON.stringify(name)} is not a name of a commit`);
  try {
    const args = ['-C', path, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    return (await run('git', args)).stdout.trim();
  } catch {
    const branches = await localBranches(path);
    const instead = branches.length > 0 ? `; its newest branches are ${branches.join(', ')}` : '';
    throw new Error(`there is no commit ${JSON.stringify(name)} in ${path}${instead}`);
  }
}
