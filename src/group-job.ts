import type { Octokit } from '@octokit/rest';
import { lineUrls, type Parts } from './app-parts.ts';
import { type OpenCheck, openOrResume } from './check-session.ts';
import { completeCheck } from './github/check-run.ts';
import type { GroupTask } from './github/events.ts';
import { type GroupFiles, listGroupFiles, readGroup } from './github/group-source.ts';
import { type Progress, runWithCheck } from './job-outcome.ts';
import type { Job } from './jobs/job.ts';
import { knownFindings } from './known-findings.ts';
import { layersOf } from './policy-layers.ts';
import { planReview } from './review/plan.ts';
import { builtInPolicy } from './review/policy.ts';
import type { CheckReport } from './review/review-plan.ts';
import type { StoredReview } from './store/store.ts';

/** Jobs of one merge group: `destroyed` cancels them. */
export function groupOfGroup(task: Pick<GroupTask, 'repository' | 'head'>): string {
  return `${task.repository}@${task.head}`;
}

/**
 * Checks a commit of the merge queue. When every changed file holds exactly what the pull request's review saw, its verdict
 * carries over; else the group is analysed. There is nobody to comment to, so only the check is written.
 */
export async function reviewGroup(parts: Parts, job: Job<GroupTask>): Promise<void> {
  const task = job.data;
  await runWithCheck(parts, job, async (progress) => {
    const octokit = parts.github.forInstallation(task.installation, job.signal);
    const check = await openOrResume(parts, parts.github.forInstallation(task.installation), task, 'group');
    if (!check) return;
    progress.check = check;
    const group = await listGroupFiles(octokit, task);
    const reviewed =
      task.number === undefined || group.cut
        ? undefined
        : await parts.store.reviewOf(task.repository, task.number, group.digest);
    const report = reviewed
      ? carriedOver(reviewed, task)
      : await analysed(parts, octokit, task, group, progress, job.signal);
    await finish(parts, octokit, check, report);
    parts.log.info(
      { repository: task.repository, head: task.head, conclusion: report.conclusion, carriedOver: !!reviewed },
      'merge group checked',
    );
  });
}

async function finish(parts: Parts, octokit: Octokit, check: OpenCheck, report: CheckReport): Promise<void> {
  const { owner, repo, runId } = check;
  await completeCheck(octokit, { owner, repo, runId }, report, { written: check.annotationsWritten });
  await parts.store.checks.completed(check.key, report.conclusion);
}

function carriedOver(reviewed: StoredReview, task: GroupTask): CheckReport {
  return {
    conclusion: reviewed.conclusion as CheckReport['conclusion'],
    title: `As reviewed in #${task.number}`,
    summary: `Every changed file of this merge group holds what the review of #${task.number} saw: its verdict carries over.`,
    text: '',
    annotations: [],
  };
}

async function analysed(
  parts: Parts,
  octokit: Octokit,
  task: GroupTask,
  group: GroupFiles,
  progress: Progress,
  signal: AbortSignal,
): Promise<CheckReport> {
  const read = await readGroup(octokit, task, group, { wants: parts.wants, baselinePath: builtInPolicy.baseline });
  const laid = await layersOf(parts, task.installation, read.policy);
  progress.onError = laid.policy.on_error;
  const review = await parts.analyse(read.snapshot, laid.policy, signal);
  const known = await knownFindings(parts, octokit, task, {
    base: task.base,
    policy: laid.policy,
    texts: read.policy,
    snapshot: read.snapshot,
    findings: review.findings,
    commented: [],
  });
  const plan = planReview({
    head: task.head,
    review,
    policy: laid.policy,
    files: read.snapshot.files,
    earlier: { comments: [], dismissed: known.fingerprints },
    lineUrl: lineUrls(parts.config, task),
    quiet: true,
    notices: [...laid.notices, ...known.notices],
  });
  return plan.check;
}
