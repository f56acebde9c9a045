import type { Octokit } from '@octokit/rest';
import type { Parts } from './app-parts.ts';
import { completeCheck, findCheck, openCheck } from './github/check-run.ts';
import { InstallationGone, RateLimited } from './github/errors.ts';
import type { GroupTask, RerunTask, ReviewTask } from './github/events.ts';
import { groupOfGroup } from './group-job.ts';
import { type Job, JobRetryLater } from './jobs/job.ts';
import { groupOf, keyOf } from './review-job.ts';

/**
 * Answers a button on a check. For pushes in forks GitHub does not say which pull request a check is of, so the commit is asked
 * for the pull requests it is the head of.
 */
export async function rerun(parts: Parts, job: Job<RerunTask>): Promise<void> {
  const task = job.data;
  const { installation, repository, owner, repo, head } = task;
  await patiently(parts, async () => {
    const octokit = parts.github.forInstallation(installation, job.signal);
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      owner,
      repo,
      commit_sha: head,
      per_page: 100,
    });
    const pulls = data.filter((pull) => pull.state === 'open' && pull.head.sha === head);
    for (const pull of pulls) {
      if (task.acceptedBy !== undefined) await accept(parts, task, pull.number, task.acceptedBy);
      const next: ReviewTask = {
        installation,
        repository,
        owner,
        repo,
        number: pull.number,
        head,
        baseRef: pull.base.ref,
        round: task.round,
      };
      await parts.queue.send('review', next, { key: keyOf(next), supersedes: groupOf(next), priority: 1 });
    }
    if (pulls.length === 0) await rerunWithoutPull(parts, octokit, job);
  });
}

/** A re-run of a commit that is no pull request's head: of the merge queue, or of a head that has been left behind. */
async function rerunWithoutPull(parts: Parts, octokit: Octokit, job: Job<RerunTask>): Promise<void> {
  const { repository, owner, repo, head, round } = job.data;
  const known = await parts.store.checks.ofCommit(repository, head);
  const group = known.find(({ subject }) => subject === 'group');
  if (group) {
    const task = group.task as GroupTask;
    await parts.store.checks.forget(group);
    // A key of its own: the job that made the check may be just about to end, and would count as the same.
    await parts.queue.send('group', task, { key: round, group: groupOfGroup(task), priority: 1 });
    return;
  }
  // "Re-run all checks" on a commit that we never checked is not for us.
  if (known.length === 0) return;
  // GitHub waits for an answer to its button. Not a neutral one: the commit may become a head again.
  const at = { owner, repo, head, externalId: round, appId: parts.config.appId };
  const runId = (job.attempt > 1 ? await findCheck(octokit, at) : undefined) ?? (await openCheck(octokit, at));
  await completeCheck(
    octokit,
    { owner, repo, runId },
    {
      conclusion: 'cancelled',
      title: 'Not the head of an open pull request',
      summary: 'Hindsight reviews the newest commit of an open pull request. Its check stands there.',
      text: '',
      annotations: [],
    },
  );
}

async function accept(parts: Parts, task: RerunTask, pull: number, who: string): Promise<void> {
  const review = await parts.store.review(task.repository, pull, task.head);
  const dismissals = (review?.fingerprints ?? []).map((fingerprint) => ({
    fingerprint,
    kind: 'accepted' as const,
    who,
    why: `accepted as known in #${pull}`,
  }));
  await parts.store.dismiss(task.repository, dismissals);
}

/** For jobs without a check: waits when GitHub says so, ends quietly when the installation is gone. */
export async function patiently(parts: Parts, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RateLimited) throw new JobRetryLater(error.seconds, error.message);
    if (!(error instanceof InstallationGone)) throw error;
    parts.log.info({}, 'installation is gone: job dropped');
  }
}
