import { performance } from 'node:perf_hooks';
import type { Octokit } from '@octokit/rest';
import { lineUrls, type Parts } from './app-parts.ts';
import { concludeSuperseded, concludeWithReason, type OpenCheck, openOrResume } from './check-session.ts';
import type { ReviewTask } from './github/events.ts';
import { publishPlan } from './github/publisher.ts';
import { type PullRequestRead, readPullRequest } from './github/source.ts';
import { runWithCheck } from './job-outcome.ts';
import type { Job } from './jobs/job.ts';
import { knownFindings } from './known-findings.ts';
import { type LaidPolicy, layersOf } from './policy-layers.ts';
import { policyPreview } from './policy-preview.ts';
import { keepResolutions } from './resolutions.ts';
import { planReview } from './review/plan.ts';
import { builtInPolicy } from './review/policy.ts';
import type { ReviewPlan } from './review/review-plan.ts';
import { lessonSlugs, type Review } from './review/types.ts';

/** After this long between reading and writing, the head is asked for once more. */
const headIsFreshMs = 5_000;

/** Where a task's jobs queue up: one review of a pull request at a time, the newest wins. */
export function groupOf(task: Pick<ReviewTask, 'repository' | 'number'>): string {
  return `${task.repository}/${task.number}`;
}

/** While a job of this key waits or runs, the same task is not stored twice. */
export function keyOf(task: ReviewTask): string {
  return `${groupOf(task)}@${task.head}/${task.round}`;
}

function subjectOf(task: ReviewTask): string {
  return `pull/${task.number}/${task.round}`;
}

/** Reviews the head of a pull request: read everything, decide everything, write everything. */
export async function reviewPullRequest(parts: Parts, job: Job<ReviewTask>): Promise<void> {
  const task = job.data;
  await runWithCheck(parts, job, async (progress) => {
    const started = performance.now();
    const octokit = parts.github.forInstallation(task.installation, job.signal);
    await forgetWhenBack(parts, task);
    const check = await openOrResume(parts, parts.github.forInstallation(task.installation), task, subjectOf(task));
    if (!check) return;
    progress.check = check;
    const read = await readPullRequest(octokit, task, {
      wants: parts.wants,
      baselinePath: builtInPolicy.baseline,
    });
    const readAt = performance.now();
    if ('superseded' in read) return stepAside(parts, octokit, task, check, read.superseded);
    const laid = await layersOf(parts, task.installation, read.policy);
    progress.onError = laid.policy.on_error;
    if (laid.policy.drafts === 'skip' && read.pull.draft) {
      return concludeWithReason(parts, octokit, check, {
        conclusion: 'neutral',
        title: 'A draft is not reviewed',
        summary: 'The policy says `drafts: skip`. The review starts when the draft is marked as ready.',
      });
    }
    const review = await parts.analyse(read.snapshot, laid.policy, job.signal);
    const plan = await planOf(parts, octokit, task, read, laid, review, job.signal);
    job.signal.throwIfAborted();
    if (job.attempt > 1 || performance.now() - readAt > headIsFreshMs) {
      const now = await octokit.rest.pulls.get({ owner: task.owner, repo: task.repo, pull_number: task.number });
      if (now.data.head.sha !== task.head) {
        const head = now.data.head.sha;
        return stepAside(parts, octokit, task, check, {
          head,
          baseRef: now.data.base.ref,
          open: now.data.state === 'open',
        });
      }
    }
    await remember(parts, task, read, review, plan);
    const { runId, annotationsWritten } = check;
    const posted = await publishPlan(octokit, plan, { ...task, runId, annotationsWritten });
    await parts.store.checks.completed(check.key, plan.check.conclusion);
    const seconds = (performance.now() - started) / 1000;
    parts.metrics.reviewEnded(
      plan.check.conclusion,
      seconds,
      review.findings.map(({ lesson, severity }) => ({ lesson: lessonSlugs[lesson - 1] ?? '', severity })),
    );
    parts.log.info(
      {
        repository: task.repository,
        pull: task.number,
        head: task.head,
        conclusion: plan.check.conclusion,
        findings: review.findings.length,
        comments: posted.onLine + posted.onFile.length,
        refusedComments: posted.refused.length,
        seconds,
      },
      'review published',
    );
  });
}

/** A head that the branch was pushed away from and back to has its check, but its comments are as the other head left them. */
async function forgetWhenBack({ store }: Parts, task: ReviewTask): Promise<void> {
  const latest = await store.latestHead(task.repository, task.number);
  if (latest === undefined || latest === task.head) return;
  const key = { repository: task.repository, head: task.head, subject: subjectOf(task) };
  if ((await store.checks.find(key))?.state === 'completed') await store.checks.forget(key);
}

/** The head has moved on, or the pull request is closed: this check says so, and the new head gets its review. */
async function stepAside(
  parts: Parts,
  octokit: Octokit,
  task: ReviewTask,
  check: OpenCheck,
  now: { readonly head: string; readonly baseRef: string; readonly open: boolean },
): Promise<void> {
  if (now.open && now.head !== task.head) {
    const next: ReviewTask = { ...task, head: now.head, baseRef: now.baseRef, round: 'push' };
    await parts.queue.send('review', next, { key: keyOf(next), group: groupOf(next) });
  }
  await concludeSuperseded(parts, octokit, check, {
    title: now.open ? 'Superseded' : 'The pull request is closed',
    summary: now.open ? `The head is now ${now.head.slice(0, 12)}.` : 'Nothing was reviewed.',
  });
}

async function planOf(
  parts: Parts,
  octokit: Octokit,
  task: ReviewTask,
  read: PullRequestRead,
  laid: LaidPolicy,
  review: Review,
  signal: AbortSignal,
): Promise<ReviewPlan> {
  const { policy } = laid;
  await keepResolutions(parts, octokit, task, read, review.findings);
  const known = await knownFindings(parts, octokit, task, {
    base: `refs/heads/${task.baseRef}`,
    policy,
    texts: read.policy,
    snapshot: read.snapshot,
    findings: review.findings,
    commented: read.comments,
  });
  const preview = await policyPreview(parts, read, laid, review, signal);
  const plan = planReview({
    head: task.head,
    review,
    policy,
    files: read.snapshot.files,
    earlier: { comments: read.comments, dismissed: known.fingerprints },
    lineUrl: lineUrls(parts.config, task),
    quiet: read.pull.draft && policy.drafts === 'check-only',
    notices: [...laid.notices, ...known.notices, ...preview.notices],
  });
  const annotations = [...laid.annotations, ...preview.annotations, ...plan.check.annotations];
  return { ...plan, check: { ...plan.check, annotations } };
}

/** Keeps what the review found, before the check shows it: whoever presses its buttons must find it. */
async function remember(
  parts: Parts,
  task: ReviewTask,
  read: PullRequestRead,
  review: Review,
  plan: ReviewPlan,
): Promise<void> {
  await parts.store.saveReview(task.repository, task.number, task.head, {
    digest: read.digest,
    conclusion: plan.check.conclusion,
    fingerprints: review.findings.map(({ fingerprint }) => fingerprint),
  });
  await parts.store.saveFeedback(task.repository, read.thumbs);
}
