import { requirePermission } from '../http.ts';
import { iso, nodeId } from '../json/accounts.ts';
import type { IssueComment, Reaction, Review, ReviewComment, Thread } from '../types.ts';
import { type Asker, actorNode } from './asker.ts';
import { type ConnectionArguments, connection } from './connection.ts';

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
    pullRequest: () => asker.back.pull(thread.pull),
    repository: () => asker.back.repository(thread.pull.repository),
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
      return asker.back.object(pull.repository, review.commit);
    },
    viewerDidAuthor: review.author === asker.world.app.bot,
    pullRequest: () => asker.back.pull(pull),
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
    pullRequest: () => asker.back.pull(thread.pull),
    commit: () => asker.back.object(thread.pull.repository, thread.commit),
    originalCommit: () => asker.back.object(thread.pull.repository, thread.originalCommit),
  };
}

export function commentNode(asker: Asker, comment: IssueComment): Record<string, unknown> {
  return {
    __typename: 'IssueComment',
    ...spoken(asker, comment, 'IC'),
    pullRequest: () => asker.back.pull(comment.pull),
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
