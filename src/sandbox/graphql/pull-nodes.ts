import type { ChangedFile } from '../diff.ts';
import { requirePermission } from '../http.ts';
import { fullName, iso, nodeId } from '../json/accounts.ts';
import { commitsOf } from '../json/pulls.ts';
import type { Pull, Repository } from '../types.ts';
import { type Asker, actorNode } from './asker.ts';
import { commitNode } from './commit-nodes.ts';
import { type ConnectionArguments, connection } from './connection.ts';
import { gitObject } from './objects.ts';
import { commentNode, reviewNode, threadNode } from './talk-nodes.ts';

export function repositoryNode(asker: Asker, repository: Repository) {
  const { world, token } = asker;
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    owner: actorNode(repository.owner),
    isFork: repository.fork,
    isPrivate: true,
    isArchived: false,
    url: `${world.url}/${fullName(repository)}`,
    defaultBranchRef: async () => ({
      name: repository.defaultBranch,
      target: await gitObject(asker, repository, repository.defaultBranch),
    }),
    object({ expression, oid }: { expression?: string; oid?: string }) {
      requirePermission(token, { contents: 'read' });
      return gitObject(asker, repository, expression ?? oid ?? '');
    },
    pullRequest: ({ number }: { number: number }) => {
      requirePermission(token, { pull_requests: 'read' });
      return pullNode(asker, world.pull(repository, number));
    },
    pullRequests(page: ConnectionArguments & { states?: string[]; orderBy?: { field: string; direction: string } }) {
      requirePermission(token, { pull_requests: 'read' });
      const all = [...repository.pulls.values()].filter((pull) => !page.states || page.states.includes(stateOf(pull)));
      const key = page.orderBy?.field === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
      all.sort((a, b) => (a[key] - b[key]) * (page.orderBy?.direction === 'DESC' ? -1 : 1));
      return connection(all, page, (pull) => pullNode(asker, pull));
    },
  };
}

const stateOf = (pull: Pull): string => (pull.mergedAt !== undefined ? 'MERGED' : pull.state.toUpperCase());

export function pullNode(asker: Asker, pull: Pull): Record<string, unknown> {
  const { world } = asker;
  const sum = (key: 'additions' | 'deletions') => async () =>
    (await world.filesOf(pull)).reduce((total, file) => total + file[key], 0);
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.id),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: stateOf(pull),
    isDraft: pull.draft,
    merged: pull.mergedAt !== undefined,
    closed: pull.state === 'closed',
    url: `${world.url}/${fullName(pull.repository)}/pull/${pull.number}`,
    author: actorNode(pull.author),
    baseRefName: pull.baseRef,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefOid: async () => (await world.commitOf(pull.repository, pull.baseRef)) ?? '',
    isCrossRepository: pull.headRepository !== pull.repository,
    headRepository: repositoryNode(asker, pull.headRepository),
    baseRepository: repositoryNode(asker, pull.repository),
    createdAt: iso(pull.createdAt),
    updatedAt: iso(pull.updatedAt),
    additions: sum('additions'),
    deletions: sum('deletions'),
    changedFiles: async () => (await world.filesOf(pull)).length,
    files: async (page: ConnectionArguments) =>
      connection((await world.filesOf(pull)).slice(0, world.limits.pullFiles), page, fileNode),
    commits: async (page: ConnectionArguments) =>
      connection((await commitsOf(world, pull)).slice(0, world.limits.compareCommits), page, (one) => ({
        id: `PRC_${one.sha}`,
        commit: commitNode(asker, pull.repository, one),
        pullRequest: () => pullNode(asker, pull),
      })),
    reviewThreads: (page: ConnectionArguments) => connection(pull.threads, page, (thread) => threadNode(asker, thread)),
    reviews: (page: ConnectionArguments & { states?: string[]; author?: string }) => {
      const wanted = pull.reviews.filter((one) => !page.states || page.states.includes(one.state));
      return connection(wanted, page, (review) => reviewNode(asker, review));
    },
    comments: (page: ConnectionArguments) => connection(pull.comments, page, (one) => commentNode(asker, one)),
  };
}

const fileNode = (file: ChangedFile) => ({
  path: file.path,
  additions: file.additions,
  deletions: file.deletions,
  changeType: file.status === 'removed' ? 'DELETED' : file.status.toUpperCase(),
  viewerViewedState: 'UNVIEWED',
});
