import { ensureSuite } from '../checking.ts';
import { emitCheckSuite, emitPull } from '../events.ts';
import { deleteRef, listCommits, mergeCommit, updateRef } from '../git.ts';
import type { Pull } from '../types.ts';
import type { World } from '../world.ts';

export interface MergeGroup {
  readonly pull: Pull;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

export type MergeMethod = 'merge' | 'squash';

/**
 * Puts a pull request into the merge queue: a commit of the base (or of the group `behind` it) and the head on a branch
 * `gh-readonly-queue/<base>/pr-<n>-<sha>` (M3), one pull request a group, groups chained.
 */
export async function enqueue(
  world: World,
  pull: Pull,
  { behind, method = 'merge' }: { behind?: MergeGroup; method?: MergeMethod } = {},
): Promise<MergeGroup> {
  const { repository } = pull;
  const { gitDir, refs } = repository;
  const baseSha = behind?.headSha ?? (await world.commitOf(repository, pull.baseRef)) ?? '';
  const parents = [baseSha, pull.headSha] as const;
  const kept = method === 'squash' ? [baseSha] : parents;
  const headSha = await mergeCommit(gitDir, parents, `Merge pull request #${pull.number}\n\n${pull.title}`, kept);
  const headRef = `${refs}gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${baseSha}`;
  await updateRef(gitDir, headRef, headSha);
  const group: MergeGroup = { pull, headSha, headRef, baseSha, baseRef: `${refs}${pull.baseRef}` };
  const suite = await ensureSuite(world, repository, headSha, headRef.slice(refs.length));
  await emitCheckSuite(world, suite, 'requested', pull.author);
  await emitGroup(world, group, 'checks_requested');
  return group;
}

/** The group leaves the queue: merged (the base moves to it, the pull request is closed), dequeued or invalidated. */
export async function leaveQueue(
  world: World,
  group: MergeGroup,
  reason: 'merged' | 'dequeued' | 'invalidated',
): Promise<void> {
  const { pull, headSha, headRef, baseRef } = group;
  const { gitDir } = pull.repository;
  await emitGroup(world, group, 'destroyed', { reason });
  await deleteRef(gitDir, headRef);
  if (reason !== 'merged') return;
  await updateRef(gitDir, baseRef, headSha);
  pull.state = 'closed';
  pull.mergedAt = world.now();
  pull.closedAt = pull.mergedAt;
  await emitPull(world, pull, 'closed', pull.author);
}

async function emitGroup(
  world: World,
  group: MergeGroup,
  action: string,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { pull, headSha, headRef, baseSha, baseRef } = group;
  const [commit] = await listCommits(pull.repository.gitDir, headSha, undefined, 1);
  const merge_group = {
    head_sha: headSha,
    head_ref: headRef,
    base_sha: baseSha,
    base_ref: baseRef,
    head_commit: commit && {
      id: commit.sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: commit.committer.date,
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
  };
  world.emit(pull.repository, 'merge_group', { action, merge_group, ...extra }, pull.author);
}
