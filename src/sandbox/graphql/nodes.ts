import type { ChangedFile } from '../diff.ts';
import { type Commit, listCommits, type TreeEntry } from '../git.ts';
import { requirePermission } from '../http.ts';
import { fullName, iso, isoOrNull, nodeId } from '../json/accounts.ts';
import { latestRuns, suiteState } from '../json/checks.ts';
import { commitsOf } from '../json/pulls.ts';
import type {
  CheckRun,
  CheckSuite,
  IssueComment,
  Pull,
  Reaction,
  Repository,
  Review,
  ReviewComment,
  Thread,
  Token,
  User,
} from '../types.ts';
import type { World } from '../world.ts';
import { connection, type ConnectionArguments } from './connection.ts';
import { binaryBytes, gitObject } from './objects.ts';

/** Who asks: what a node may tell depends on it. */
export interface Asker {
  readonly world: World;
  readonly token: Token;
}

/** In GraphQL a bot's login comes without `[bot]`, unlike in REST. */
export const actorNode = (user: User) => ({
  __typename: user.type,
  id: nodeId('U', user.id),
  databaseId: user.id,
  login: user.login.replace(/\[bot\]$/, ''),
});

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

export function threadNode(asker: Asker, thread: Thread): Record<string, unknown> {
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', thread.id),
    path: thread.path,
    line: thread.line ?? null,
    startLine: thread.startLine ?? null,
    originalLine: thread.originalLine ?? null,
    originalStartLine: thread.originalStartLine ?? null,
    diffSide: thread.side,
    startDiffSide: thread.startSide ?? null,
    subjectType: thread.subject.toUpperCase(),
    isResolved: thread.resolvedBy !== undefined,
    isOutdated: thread.subject === 'line' && thread.line === undefined,
    isCollapsed: thread.resolvedBy !== undefined,
    resolvedBy: thread.resolvedBy ? actorNode(thread.resolvedBy) : null,
    viewerCanReply: true,
    viewerCanResolve: asker.token.permissions.contents === 'write',
    viewerCanUnresolve: asker.token.permissions.contents === 'write',
    pullRequest: () => pullNode(asker, thread.pull),
    repository: () => repositoryNode(asker, thread.pull.repository),
    comments: (page: ConnectionArguments) => connection(thread.comments, page, (one) => reviewCommentNode(asker, one)),
  };
}

export function reviewNode(asker: Asker, review: Review): Record<string, unknown> {
  const { pull } = review;
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    author: actorNode(review.author),
    body: review.body,
    state: review.state,
    submittedAt: iso(review.submittedAt),
    createdAt: iso(review.submittedAt),
    commit: () => {
      requirePermission(asker.token, { contents: 'read' });
      return gitObject(asker, pull.repository, review.commit);
    },
    viewerDidAuthor: review.author === asker.world.app.bot,
    pullRequest: () => pullNode(asker, pull),
    comments: (page: ConnectionArguments) => {
      const own = pull.threads.flatMap((thread) => thread.comments).filter((one) => one.review === review);
      return connection(own, page, (one) => reviewCommentNode(asker, one));
    },
  };
}

export function reviewCommentNode(asker: Asker, comment: ReviewComment): Record<string, unknown> {
  const { thread } = comment;
  const [root] = thread.comments;
  return {
    __typename: 'PullRequestReviewComment',
    ...spoken(asker, comment, 'PRRC'),
    path: thread.path,
    line: thread.line ?? null,
    startLine: thread.startLine ?? null,
    originalLine: thread.originalLine ?? null,
    originalStartLine: thread.originalStartLine ?? null,
    outdated: thread.subject === 'line' && thread.line === undefined,
    diffHunk: thread.hunk,
    subjectType: thread.subject.toUpperCase(),
    state: comment.review.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    replyTo: root && root !== comment ? () => reviewCommentNode(asker, root) : null,
    pullRequestReview: () => reviewNode(asker, comment.review),
    pullRequest: () => pullNode(asker, thread.pull),
    commit: () => gitObject(asker, thread.pull.repository, thread.commit),
    originalCommit: () => gitObject(asker, thread.pull.repository, thread.originalCommit),
  };
}

export function commentNode(asker: Asker, comment: IssueComment): Record<string, unknown> {
  return {
    __typename: 'IssueComment',
    ...spoken(asker, comment, 'IC'),
    pullRequest: () => pullNode(asker, comment.pull),
  };
}

function spoken(asker: Asker, comment: ReviewComment | IssueComment, kind: string) {
  return {
    id: nodeId(kind, comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: actorNode(comment.author),
    authorAssociation: 'NONE',
    body: comment.body,
    createdAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    isMinimized: comment.minimized !== undefined,
    minimizedReason: comment.minimized?.toLowerCase() ?? null,
    viewerDidAuthor: comment.author === asker.world.app.bot,
    viewerCanMinimize: true,
    reactions: (page: ConnectionArguments & { content?: string }) => {
      const wanted = comment.reactions.filter((one) => !page.content || graphqlContent(one) === page.content);
      return connection(wanted, page, reactionNode);
    },
    reactionGroups: () =>
      [...new Set(comment.reactions.map(graphqlContent))].map((content) => ({
        content,
        reactors: (page: ConnectionArguments) =>
          connection(
            comment.reactions.filter((one) => graphqlContent(one) === content),
            page,
            (one) => actorNode(one.user),
          ),
        users: (page: ConnectionArguments) =>
          connection(
            comment.reactions.filter((one) => graphqlContent(one) === content),
            page,
            (one) => actorNode(one.user),
          ),
      })),
  };
}

const graphqlContent = (reaction: Reaction): string =>
  ({ '+1': 'THUMBS_UP', '-1': 'THUMBS_DOWN' })[reaction.content] ?? reaction.content.toUpperCase();

export const reactionNode = (reaction: Reaction) => ({
  __typename: 'Reaction',
  id: nodeId('REA', reaction.id),
  databaseId: reaction.id,
  content: graphqlContent(reaction),
  createdAt: iso(reaction.createdAt),
  user: { ...actorNode(reaction.user), __typename: 'User' },
});

export function commitNode(asker: Asker, repository: Repository, commit: Commit): Record<string, unknown> {
  const person = ({ name, email, date }: Commit['author']) => ({ name, email, date });
  const [headline = '', ...rest] = commit.message.split('\n');
  return {
    __typename: 'Commit',
    id: `C_${commit.sha}`,
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    author: person(commit.author),
    committer: person(commit.committer),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    repository: () => repositoryNode(asker, repository),
    tree: () => gitObject(asker, repository, `${commit.sha}^{tree}`),
    parents: async (page: ConnectionArguments) => {
      const parents = await Promise.all(commit.parents.map((sha) => listCommits(repository.gitDir, sha, undefined, 1)));
      return connection(parents.flat(), page, (one) => commitNode(asker, repository, one));
    },
    file: async ({ path }: { path: string }) => {
      const entry = (await asker.world.tree(repository.gitDir, commit.sha)).get(path);
      return entry ? entryNode(asker, repository, entry) : null;
    },
    checkSuites: (page: ConnectionArguments & { filterBy?: { appId?: number; checkName?: string } }) => {
      requirePermission(asker.token, { checks: 'read' });
      const all = repository.suites.filter((suite) => suite.headSha === commit.sha);
      return connection(all, page, (suite) => suiteNode(asker, suite));
    },
    associatedPullRequests: (page: ConnectionArguments) => {
      const all = [...repository.pulls.values()].filter((pull) => pull.headSha === commit.sha);
      return connection(all, page, (pull) => pullNode(asker, pull));
    },
  };
}

function suiteNode(asker: Asker, suite: CheckSuite): Record<string, unknown> {
  const { status, conclusion } = suiteState(suite);
  return {
    __typename: 'CheckSuite',
    id: nodeId('CS', suite.id),
    databaseId: suite.id,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    app: {
      id: nodeId('A', asker.world.app.id),
      databaseId: asker.world.app.id,
      slug: asker.world.app.slug,
      name: asker.world.app.name,
    },
    checkRuns: (
      page: ConnectionArguments & {
        filterBy?: { checkName?: string; checkType?: string; appId?: number; status?: string };
      },
    ) => {
      const { checkName, checkType, status: wanted } = page.filterBy ?? {};
      const own = suite.repository.runs.filter((run) => run.suite === suite);
      const runs = (checkType === 'ALL' ? own : latestRuns(own))
        .filter((run) => !checkName || run.name === checkName)
        .filter((run) => !wanted || run.status.toUpperCase() === wanted);
      return connection(runs, page, runNode);
    },
  };
}

const runNode = (run: CheckRun) => ({
  __typename: 'CheckRun',
  id: nodeId('CR', run.id),
  databaseId: run.id,
  name: run.name,
  status: run.status.toUpperCase(),
  conclusion: run.conclusion?.toUpperCase() ?? null,
  externalId: run.externalId,
  startedAt: iso(run.startedAt),
  completedAt: isoOrNull(run.completedAt),
  title: run.title ?? null,
  summary: run.summary ?? null,
  text: run.text ?? null,
});

export function entryNode(asker: Asker, repository: Repository, entry: TreeEntry): Record<string, unknown> {
  const name = entry.path.split('/').at(-1) ?? entry.path;
  return {
    __typename: 'TreeEntry',
    name,
    path: entry.path,
    nameRaw: Buffer.from(name).toString('base64'),
    pathRaw: Buffer.from(entry.path).toString('base64'),
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.oid,
    size: entry.size ?? 0,
    extension: /\.[^.]*$/.exec(name)?.[0] ?? '',
    isGenerated: false,
    object: () => gitObject(asker, repository, entry.oid),
    isBinary: async () =>
      entry.type === 'blob'
        ? binaryBytes((await asker.world.blob(repository.gitDir, entry.oid)) ?? Buffer.alloc(0))
        : null,
  };
}
