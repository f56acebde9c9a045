import { ensureSuite } from '../checking.ts';
import { emitPull } from '../events.ts';
import type { FileChanges } from '../git.ts';
import { updateRef } from '../git.ts';
import { moveThreads } from '../placing.ts';
import type { Pull, Repository, User } from '../types.ts';
import type { World } from '../world.ts';
import { push, setBranch } from './repositories.ts';

export interface NewPull {
  /** Branch of the head, in `from` when the pull request comes from a fork. */
  readonly branch: string;
  readonly base?: string;
  readonly from?: Repository;
  /** A commit to make on the branch first. */
  readonly files?: FileChanges;
  readonly title?: string;
  readonly body?: string;
  readonly author?: string;
  readonly draft?: boolean;
}

/** Opens a pull request and tells the app. */
export async function openPull(world: World, repository: Repository, wanted: NewPull): Promise<Pull> {
  const head = wanted.from ?? repository;
  const author = world.user(wanted.author ?? 'octo');
  const base = wanted.base ?? repository.defaultBranch;
  if (wanted.files) {
    const from = (await world.commitOf(repository, base)) ?? base;
    await push(world, head, { branch: wanted.branch, from, files: wanted.files, author: author.login });
  }
  const headSha = await world.commitOf(head, wanted.branch);
  if (headSha === undefined) throw new Error(`no branch ${wanted.branch}`);
  const now = world.now();
  const pull: Pull = {
    id: world.nextId(),
    repository,
    number: repository.nextNumber++,
    title: wanted.title ?? 'A change',
    body: wanted.body ?? '',
    author,
    draft: wanted.draft ?? false,
    state: 'open',
    mergedAt: undefined,
    baseRef: base,
    headRef: wanted.branch,
    headRepository: head,
    headSha,
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
    reviews: [],
    threads: [],
    comments: [],
  };
  repository.pulls.set(pull.number, pull);
  await updateRef(repository.gitDir, `refs/pull/${pull.number}/head`, headSha);
  await ensureSuite(world, repository, headSha, head === repository ? wanted.branch : undefined);
  await emitPull(world, pull, 'opened', author);
  return pull;
}

/** A push to the head's branch: threads move, `synchronize` is sent. Returns the new head. */
export async function pushToPull(
  world: World,
  pull: Pull,
  wanted: { readonly files: FileChanges; readonly message?: string; readonly force?: boolean },
): Promise<string> {
  const from = await world.commitOf(pull.repository, pull.baseRef);
  const head = await push(world, pull.headRepository, {
    branch: pull.headRef,
    ...wanted,
    ...(from !== undefined && { from }),
    author: pull.author.login,
  });
  return headMoved(world, pull, head);
}

/** A force-push of the head's branch to a commit that exists. */
export async function resetPull(world: World, pull: Pull, head: string): Promise<string> {
  await setBranch(pull.headRepository, pull.headRef, head);
  return headMoved(world, pull, head);
}

async function headMoved(world: World, pull: Pull, head: string): Promise<string> {
  const before = pull.headSha;
  pull.headSha = head;
  pull.updatedAt = world.now();
  await updateRef(pull.repository.gitDir, `refs/pull/${pull.number}/head`, pull.headSha);
  await ensureSuite(world, pull.repository, pull.headSha, pull.headRef);
  await moveThreads(world, pull);
  await emitPull(world, pull, 'synchronize', pull.author, { before, after: pull.headSha });
  return pull.headSha;
}

export async function markReady(world: World, pull: Pull): Promise<void> {
  pull.draft = false;
  pull.updatedAt = world.now();
  await emitPull(world, pull, 'ready_for_review', pull.author);
}

export async function closePull(world: World, pull: Pull, by: User): Promise<void> {
  pull.state = 'closed';
  pull.closedAt = world.now();
  pull.updatedAt = pull.closedAt;
  await emitPull(world, pull, 'closed', by);
}

export async function reopenPull(world: World, pull: Pull, by: User): Promise<void> {
  pull.state = 'open';
  pull.closedAt = undefined;
  pull.updatedAt = world.now();
  await emitPull(world, pull, 'reopened', by);
}

/** Another base branch: the diff changes though no commit did. */
export async function changeBase(world: World, pull: Pull, base: string): Promise<void> {
  const from = pull.baseRef;
  const sha = (await world.commitOf(pull.repository, from)) ?? '';
  pull.baseRef = base;
  pull.updatedAt = world.now();
  const changes = { base: { ref: { from }, sha: { from: sha } } };
  await emitPull(world, pull, 'edited', pull.author, { changes });
}
