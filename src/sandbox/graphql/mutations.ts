import { requirePermission } from '../http.ts';
import { readNodeId } from '../json/accounts.ts';
import { Refusal } from '../refusal.ts';
import { react } from '../rest/reactions.ts';
import { comment, deleteReviewComment, editReviewComment, reply } from '../reviewing.ts';
import type { IssueComment, Permissions, ReviewComment } from '../types.ts';
import type { Asker } from './asker.ts';
import { pullNode } from './pull-nodes.ts';
import { findComment, findThread, isReviewComment, visiblePulls } from './query.ts';
import { commentNode, reactionNode, reviewCommentNode, threadNode } from './talk-nodes.ts';

const pulls: Permissions = { pull_requests: 'write' };
const issues: Permissions = { issues: 'write' };

/** The root of mutations, each with the permission an app's token needs for it (R7, R11). */
export function mutations(asker: Asker) {
  const { world, token } = asker;
  const { bot } = world.app;
  const node = (one: ReviewComment | IssueComment) =>
    isReviewComment(one) ? reviewCommentNode(asker, one) : commentNode(asker, one);
  const reviewComment = (id: string): ReviewComment => {
    const one = findComment(world, token, id);
    if (isReviewComment(one)) return one;
    throw new Refusal(422, { message: `${id} is not a pull request review comment` });
  };
  const minimize = (subjectId: string, reason: string | undefined) => {
    requirePermission(token, [pulls, issues]);
    const one = findComment(world, token, subjectId);
    one.minimized = reason;
    return node(one);
  };
  const resolve = (threadId: string, by: typeof bot | undefined) => {
    requirePermission(token, { contents: 'write' });
    const thread = findThread(world, token, threadId);
    thread.resolvedBy = by;
    return { thread: threadNode(asker, thread) };
  };
  return {
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) => ({
      minimizedComment: minimize(input.subjectId, input.classifier),
    }),
    unminimizeComment: ({ input }: { input: { subjectId: string } }) => ({
      unminimizedComment: minimize(input.subjectId, undefined),
    }),
    resolveReviewThread: ({ input }: { input: { threadId: string } }) => resolve(input.threadId, bot),
    unresolveReviewThread: ({ input }: { input: { threadId: string } }) => resolve(input.threadId, undefined),
    async addPullRequestReviewThreadReply({ input }: { input: { pullRequestReviewThreadId: string; body: string } }) {
      requirePermission(token, pulls);
      const made = await reply(world, findThread(world, token, input.pullRequestReviewThreadId), bot, input.body);
      return { comment: reviewCommentNode(asker, made) };
    },
    async updatePullRequestReviewComment({ input }: { input: { pullRequestReviewCommentId: string; body: string } }) {
      requirePermission(token, pulls);
      const one = reviewComment(input.pullRequestReviewCommentId);
      await editReviewComment(world, one, input.body, bot);
      return { pullRequestReviewComment: reviewCommentNode(asker, one) };
    },
    async deletePullRequestReviewComment({ input }: { input: { id: string } }) {
      requirePermission(token, pulls);
      await deleteReviewComment(world, reviewComment(input.id), bot);
      return {};
    },
    async addComment({ input }: { input: { subjectId: string; body: string } }) {
      requirePermission(token, pulls);
      const pull = visiblePulls(world, token).find(({ id }) => id === readNodeId(input.subjectId).id);
      if (!pull)
        throw new Refusal(404, { message: `Could not resolve to a node with the global id of '${input.subjectId}'` });
      const made = await comment(world, pull, bot, input.body);
      return { commentEdge: { cursor: '', node: commentNode(asker, made) }, subject: pullNode(asker, pull) };
    },
    addReaction({ input }: { input: { subjectId: string; content: string } }) {
      requirePermission(token, [pulls, issues]);
      const one = findComment(world, token, input.subjectId);
      const content = { THUMBS_UP: '+1', THUMBS_DOWN: '-1' }[input.content] ?? input.content.toLowerCase();
      return { reaction: reactionNode(react(world, one.reactions, content)), subject: node(one) };
    },
  };
}
