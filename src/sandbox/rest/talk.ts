import { type Call, created, listed, noContent, ok, type Route } from '../http.ts';
import { issueCommentJson, reviewCommentJson, reviewJson } from '../json/talk.ts';
import { notFound } from '../refusal.ts';
import {
  comment,
  createReview,
  createReviewComment,
  deleteReviewComment,
  editReviewComment,
  reply,
} from '../reviewing.ts';
import type { Review, Thread } from '../types.ts';
import { issueCommentOf, pullOf, repositoryOf, reviewCommentOf } from './find.ts';

const reads = { pull_requests: 'read' } as const;
const writes = { pull_requests: 'write' } as const;
const eitherReads = [{ issues: 'read' }, reads] as const;
const eitherWrites = [{ issues: 'write' }, writes] as const;
const pull = '/repos/{owner}/{repo}/pulls/{pull_number}';
const comments = '/repos/{owner}/{repo}/pulls/comments/{comment_id}';
const issueComments = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

/** Reviews, review comments, comments of the conversation. */
export const talkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${pull}/reviews`,
    as: 'installation',
    needs: reads,
    answer: (call) => listed(call, pullOf(call).reviews, (review) => reviewJson(call.world, review)),
  },
  {
    method: 'POST',
    path: `${pull}/reviews`,
    as: 'installation',
    needs: writes,
    creates: true,
    async answer(call) {
      return ok(reviewJson(call.world, await createReview(call.world, pullOf(call), call.world.app.bot, call.body)));
    },
  },
  {
    method: 'GET',
    path: `${pull}/reviews/{review_id}`,
    as: 'installation',
    needs: reads,
    answer: (call) => ok(reviewJson(call.world, reviewOf(call))),
  },
  {
    method: 'PUT',
    path: `${pull}/reviews/{review_id}`,
    as: 'installation',
    needs: writes,
    answer(call) {
      const review = reviewOf(call);
      review.body = call.body.body;
      return ok(reviewJson(call.world, review));
    },
  },
  {
    method: 'GET',
    path: `${pull}/reviews/{review_id}/comments`,
    as: 'installation',
    needs: reads,
    answer(call) {
      const review = reviewOf(call);
      const all = review.pull.threads.flatMap((thread) => thread.comments).filter((one) => one.review === review);
      return listed(call, all, (one) => reviewCommentJson(call.world, one));
    },
  },
  {
    method: 'GET',
    path: `${pull}/comments`,
    as: 'installation',
    needs: reads,
    answer: (call) =>
      listed(
        call,
        pullOf(call).threads.flatMap((thread) => thread.comments),
        (one) => reviewCommentJson(call.world, one),
      ),
  },
  {
    method: 'POST',
    path: `${pull}/comments`,
    as: 'installation',
    needs: writes,
    creates: true,
    async answer(call) {
      const { world, body } = call;
      const target = pullOf(call);
      if (body.in_reply_to !== undefined) {
        return created(
          reviewCommentJson(world, await reply(world, threadOf(call, body.in_reply_to), world.app.bot, body.body)),
        );
      }
      return created(reviewCommentJson(world, await createReviewComment(world, target, world.app.bot, body)));
    },
  },
  {
    method: 'POST',
    path: `${pull}/comments/{comment_id}/replies`,
    as: 'installation',
    needs: writes,
    creates: true,
    async answer(call) {
      const { world, body, params } = call;
      const thread = threadOf(call, Number(params.comment_id));
      return created(reviewCommentJson(world, await reply(world, thread, world.app.bot, body.body)));
    },
  },
  {
    method: 'GET',
    path: comments,
    as: 'installation',
    needs: reads,
    answer: (call) => ok(reviewCommentJson(call.world, reviewCommentOf(call))),
  },
  {
    method: 'PATCH',
    path: comments,
    as: 'installation',
    needs: writes,
    async answer(call) {
      const one = reviewCommentOf(call);
      await editReviewComment(call.world, one, call.body.body, call.world.app.bot);
      return ok(reviewCommentJson(call.world, one));
    },
  },
  {
    method: 'DELETE',
    path: comments,
    as: 'installation',
    needs: writes,
    async answer(call) {
      await deleteReviewComment(call.world, reviewCommentOf(call), call.world.app.bot);
      return noContent;
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    as: 'installation',
    needs: eitherReads,
    answer: (call) => listed(call, issueOf(call).comments, (one) => issueCommentJson(call.world, one)),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    as: 'installation',
    needs: eitherWrites,
    creates: true,
    async answer(call) {
      return created(
        issueCommentJson(call.world, await comment(call.world, issueOf(call), call.world.app.bot, call.body.body)),
      );
    },
  },
  {
    method: 'PATCH',
    path: issueComments,
    as: 'installation',
    needs: eitherWrites,
    answer(call) {
      const one = issueCommentOf(call);
      one.body = call.body.body;
      one.updatedAt = call.world.now();
      return ok(issueCommentJson(call.world, one));
    },
  },
  {
    method: 'DELETE',
    path: issueComments,
    as: 'installation',
    needs: eitherWrites,
    answer(call) {
      const one = issueCommentOf(call);
      one.pull.comments.splice(one.pull.comments.indexOf(one), 1);
      return noContent;
    },
  },
];

function reviewOf(call: Call): Review {
  const review = pullOf(call).reviews.find(({ id }) => id === Number(call.params.review_id));
  if (!review) throw notFound();
  return review;
}

function threadOf(call: Call, commentId: number): Thread {
  const thread = pullOf(call).threads.find((one) => one.comments[0]?.id === commentId);
  if (!thread) throw notFound();
  return thread;
}

const issueOf = (call: Call) => call.world.pull(repositoryOf(call), Number(call.params.issue_number));
