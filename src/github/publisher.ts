import type { Octokit } from '@octokit/rest';
import type { ReviewPlan } from '../review/review-plan.ts';
import { completeCheck } from './check-run.ts';
import { editComments, resolveThreads } from './edit-comments.ts';
import { type Posted, type PullTarget, postReview } from './post-review.ts';

export interface PublishTarget extends PullTarget {
  readonly runId: number;
  /** Annotations the run holds already, after a crash. */
  readonly annotationsWritten?: number;
}

/**
 * Writes a plan: the review, then the older comments, then the check, whose conclusion is the last thing said. Each step can
 * be cut off and the whole be run again: the next plan is made from what GitHub then holds.
 *
 * @returns what became of the comments
 */
export async function publishPlan(octokit: Octokit, plan: ReviewPlan, target: PublishTarget): Promise<Posted> {
  const posted =
    plan.comments.length > 0
      ? await postReview(octokit, target, plan.reviewBody ?? '', plan.comments)
      : { onLine: 0, onFile: [], refused: [] };
  await editComments(octokit, plan);
  const threads = plan.close.flatMap(({ resolve, threadId }) => (resolve && threadId ? [threadId] : []));
  const resolved = await resolveThreads(octokit, threads);
  const asides = [
    ...(posted.refused.length > 0
      ? [`GitHub took ${posted.refused.length} of the comments on no line and no file: they are shown here only.`]
      : []),
    ...(resolved
      ? []
      : ['Threads were not resolved: that needs the permission `contents: write` (docs/permissions.md).']),
  ];
  const summary = [...asides.map((aside) => `> ${aside}`), plan.check.summary].join('\n\n');
  await completeCheck(
    octokit,
    target,
    { ...plan.check, summary },
    { written: target.annotationsWritten ?? 0, acceptable: plan.standing > 0 },
  );
  return posted;
}
