import type { Parts } from './app-parts.ts';
import { InstallationGone, RateLimited } from './github/errors.ts';
import type { RerunTask, ReviewTask } from './github/events.ts';
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
    if (pulls.length === 0) parts.log.info({ repository, head }, 're-run asked for a commit that is no head');
  });
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
