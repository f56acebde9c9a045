import type { Octokit } from '@octokit/rest';
import { policyPath } from '../review/policy.ts';
import type { Snapshot, Unread } from '../review/types.ts';
import { readBlobs } from './blobs.ts';
import { changedFiles, hasHeadText } from './changed-files.ts';
import type { GroupTask } from './events.ts';
import { type ListedFile, listedFile } from './file-list.ts';
import type { PolicyTexts } from './pull-query.ts';
import { digestOf, type SourceOptions } from './source.ts';
import { readTree } from './tree.ts';

/** A comparison lists so many files on its first page, and no more, without saying so. */
const maxCompared = 300;

/** A merge group's change against its parent. */
export interface GroupFiles {
  readonly listed: readonly ListedFile[];
  readonly digest: string;
  readonly cut: boolean;
}

/** Lists what a merge group changes, in one request. */
export async function listGroupFiles(octokit: Octokit, task: GroupTask): Promise<GroupFiles> {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    owner: task.owner,
    repo: task.repo,
    basehead: `${task.base}...${task.head}`,
    per_page: 1,
  });
  const listed = (data.files ?? []).flatMap(listedFile);
  return { listed, digest: digestOf(listed), cut: listed.length >= maxCompared };
}

/** Reads a merge group for analysis, with the policy and the baseline of the commit it stands on. */
export async function readGroup(
  octokit: Octokit,
  task: GroupTask,
  group: GroupFiles,
  options: SourceOptions,
): Promise<{ snapshot: Snapshot; policy: PolicyTexts }> {
  const policyAt = `${task.base}:${policyPath}`;
  const baselineAt = `${task.base}:${options.baselinePath}`;
  const texts = group.listed.filter(hasHeadText).map((file) => `${task.head}:${file.path}`);
  const blobs = await readBlobs(octokit, task, [policyAt, baselineAt, ...texts]);
  const tree = await readTree(octokit, task, task.head);
  const changed = await changedFiles(octokit, {
    ...task,
    listed: group.listed,
    blobs,
    ...(tree ? { tree } : {}),
    mergeBase: async () => task.base,
  });
  const more: Unread[] = group.cut
    ? [{ path: '(more files)', reason: `GitHub compares ${maxCompared} files and no more` }]
    : [];
  const snapshot: Snapshot = {
    head: task.head,
    base: task.base,
    files: changed.files,
    context: [],
    ...(tree ? { tree: [...tree.keys()] } : {}),
    unread: [...changed.unread, ...more],
  };
  const wanted = options
    .wants(snapshot)
    .filter((path) => tree?.has(path) ?? true)
    .slice(0, 100)
    .map((path) => `${task.head}:${path}`);
  const context = await readBlobs(octokit, task, wanted);
  const policy = blobs.get(policyAt)?.text;
  const baseline = blobs.get(baselineAt)?.text;
  const organisation = await organisationPolicy(octokit, task.owner);
  return {
    snapshot: {
      ...snapshot,
      context: [...context].flatMap(([expression, { text, oid }]) =>
        text === null ? [] : [{ path: expression.slice(task.head.length + 1), text, blob: oid }],
      ),
    },
    policy: {
      ...(policy ? { repository: policy } : {}),
      ...(organisation ? { organisation } : {}),
      ...(baseline ? { baseline } : {}),
    },
  };
}

async function organisationPolicy(octokit: Octokit, owner: string): Promise<string | undefined> {
  try {
    const expression = `HEAD:${policyPath}`;
    return (await readBlobs(octokit, { owner, repo: '.github' }, [expression])).get(expression)?.text ?? undefined;
  } catch (error) {
    // No such repository, or the app is not installed in it: there is no organisation's policy.
    if ((error as { name?: string }).name === 'GraphqlResponseError') return undefined;
    throw error;
  }
}
