import type { Octokit } from '@octokit/rest';
import { type Parts, webUrl } from './app-parts.ts';
import { type OpenCheck, openOrResume } from './check-session.ts';
import { completeCheck } from './github/check-run.ts';
import type { GroupTask } from './github/events.ts';
import { listGroupFiles, readGroup } from './github/group-source.ts';
import { runWithCheck } from './job-outcome.ts';
import type { Job } from './jobs/job.ts';
import { type LaidPolicy, layersOf } from './policy-layers.ts';
import { type CheckReport, planReview } from './review/plan.ts';
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
  let check: OpenCheck | undefined;
  let laid: LaidPolicy | undefined;
  const failing = {
    installation: task.installation,
    check: () => check,
    onError: () => laid?.policy.on_error ?? ('neutral' as const),
  };
  await runWithCheck(parts, job, failing, async () => {
    const octokit = parts.github.forInstallation(task.installation, job.signal);
    check = await openOrResume(parts, parts.github.forInstallation(task.installation), task, 'group');
    if (!check) return;
    const group = await listGroupFiles(octokit, task);
    const reviewed =
      task.number === undefined || group.cut
        ? undefined
        : await parts.store.reviewOf(task.repository, task.number, group.digest);
    let report: CheckReport;
    if (reviewed) report = carriedOver(reviewed, task);
    else {
      const read = await readGroup(octokit, task, group, parts.wants);
      laid = layersOf(read.policy, parts.config.lessonsUrl);
      report = await analysed(parts, task, read.snapshot, laid, job.signal);
    }
    await finish(parts, octokit, check, report);
    parts.log.info(
      { repository: task.repository, head: task.head, conclusion: report.conclusion, carriedOver: !!reviewed },
      'merge group checked',
    );
  });
}

async function finish(parts: Parts, octokit: Octokit, check: OpenCheck, report: CheckReport): Promise<void> {
  const { owner, repo, runId } = check;
  await completeCheck(octokit, { owner, repo, runId }, report, check.annotationsWritten);
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
  task: GroupTask,
  snapshot: Awaited<ReturnType<typeof readGroup>>['snapshot'],
  laid: LaidPolicy,
  signal: AbortSignal,
): Promise<CheckReport> {
  const review = await parts.analyse(snapshot, laid.policy, signal);
  const plan = planReview({
    head: task.head,
    review,
    policy: laid.policy,
    files: snapshot.files,
    earlier: { comments: [], dismissed: await parts.store.dismissed(task.repository) },
    lineUrl: (path, line) =>
      `${webUrl(parts.config)}/${task.owner}/${task.repo}/blob/${task.head}/${encodeURI(path)}#L${line}`,
    quiet: true,
    notices: laid.notices,
  });
  return plan.check;
}
