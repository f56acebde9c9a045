import type { Parts } from './app-parts.ts';
import { concludeWithReason } from './check-session.ts';
import { redeliverLost } from './github/deliveries.ts';
import { InstallationGone, statusOf } from './github/errors.ts';
import type { GroupTask, ReviewTask } from './github/events.ts';
import { activeInstallations, type OpenPull, recentOpenPulls } from './github/open-pulls.ts';
import { groupOfGroup } from './group-job.ts';
import type { Job } from './jobs/job.ts';
import { groupOf, keyOf } from './review-job.ts';
import type { StoredCheck } from './store/checks.ts';

/** Reviews that one sweep may add: an organisation that installs the app is not reviewed all at once. */
const maxReviews = 40;
/** Seconds between them, so that what happens now goes first. */
const apartSeconds = 3;
/** An event of the last minute is still on its way. */
const settledMs = 60_000;
const maxUnfinished = 50;
/**
 * A check open for so long, whose job is gone or goes nowhere, is concluded: longer than a job may have to wait for
 * GitHub's hourly limit to reset.
 */
const giveUpSeconds = 2 * 3_600;

/**
 * Looks for what got lost, whatever lost it: deliveries, checks that never ended, pull requests whose head has no check. Each
 * part goes on when another fails; everything is bounded, and the next sweep continues.
 */
export async function sweep(parts: Parts, job: Job): Promise<void> {
  const steps: readonly [string, () => Promise<void>][] = [
    ['redeliveries', () => redeliveries(parts)],
    ['unfinished checks', () => unfinishedChecks(parts, job.signal)],
    ['open pull requests', () => openPulls(parts, job.signal)],
    ['old rows', () => parts.store.prune()],
  ];
  for (const [step, run] of steps) {
    try {
      await run();
    } catch (error) {
      if (job.signal.aborted) throw error;
      parts.log.warn({ err: error, step }, 'a step of the sweep failed');
    }
  }
}

async function redeliveries(parts: Parts): Promise<void> {
  const count = await redeliverLost(parts.github.app);
  if (count === 0) return;
  parts.metrics.redelivered(count);
  parts.log.warn({ count }, 'asked GitHub to deliver again what was lost');
}

async function unfinishedChecks(parts: Parts, signal: AbortSignal): Promise<void> {
  const patience = parts.config.reviewDeadlineSeconds + 60;
  for (const check of await parts.store.checks.unfinished(patience, maxUnfinished)) {
    try {
      if (check.ageSeconds < giveUpSeconds) await takeUpAgain(parts, check);
      else await giveUp(parts, check, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      parts.log.warn(
        { err: error, repository: check.repository, head: check.head },
        'a check stays unfinished for now',
      );
    }
  }
}

/** Stores the check's job again; while it still waits or runs, that changes nothing. */
async function takeUpAgain({ queue }: Parts, check: StoredCheck): Promise<void> {
  if (check.subject === 'group') {
    const task = check.task as GroupTask;
    await queue.send('group', task, { key: groupOfGroup(task), group: groupOfGroup(task) });
    return;
  }
  const task = check.task as ReviewTask;
  await queue.send('review', task, { key: keyOf(task), group: groupOf(task) });
}

async function giveUp(parts: Parts, check: StoredCheck, signal: AbortSignal): Promise<void> {
  const task = check.task as ReviewTask | GroupTask;
  if (check.runId === undefined) return parts.store.checks.completed(check, 'never opened');
  try {
    const octokit = parts.github.forInstallation(task.installation, signal);
    const open = { key: check, owner: task.owner, repo: task.repo, runId: check.runId, annotationsWritten: 0 };
    await concludeWithReason(parts, octokit, open, {
      conclusion: 'neutral',
      title: 'The review never finished',
      summary: 'Hindsight could not finish this review within two hours. Ask for it again with "Re-run".',
    });
  } catch (error) {
    // The repository or the installation is gone, or GitHub holds the run no longer: there is nothing to conclude.
    const gone = error instanceof InstallationGone || [403, 404, 410].includes(statusOf(error) ?? 0);
    if (!gone) throw error;
    await parts.store.checks.completed(check, 'gone');
  }
}

async function openPulls(parts: Parts, signal: AbortSignal): Promise<void> {
  let added = 0;
  for (const installation of await activeInstallations(parts.github.app)) {
    if (added >= maxReviews || signal.aborted) return;
    try {
      const pulls = await recentOpenPulls(parts.github.forInstallation(installation, signal), parts.config.appId);
      for (const pull of pulls) {
        if (added >= maxReviews) return;
        if (await addReview(parts, installation, pull, added * apartSeconds)) added++;
      }
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof InstallationGone)) {
        parts.log.warn({ err: error, installation }, 'an installation could not be swept');
      }
    }
  }
}

async function addReview(
  parts: Parts,
  installation: number,
  pull: OpenPull,
  startAfterSeconds: number,
): Promise<boolean> {
  if (pull.check === 'completed' || pull.updatedAt > Date.now() - settledMs) return false;
  const { repository, owner, repo, number, head, baseRef } = pull;
  const task: ReviewTask = { installation, repository, owner, repo, number, head, baseRef, round: 'push' };
  const key = { repository, head, subject: `pull/${number}/push` };
  const known = await parts.store.checks.find(key);
  // A check that a further round opened: its job lives, or the step before this one takes it up.
  if (pull.check === 'open' && known?.state === 'completed') return false;
  // GitHub shows a run of ours that this store does not know: the job finds it by its external id.
  if (pull.check === 'open' && !known) await parts.store.checks.opening(key, task);
  // The store says completed and GitHub shows nothing: the run was lost there, and is made again.
  const again = known?.state === 'completed' ? { ...task, round: `sweep-${Math.floor(Date.now() / 3_600_000)}` } : task;
  // While the check's own job waits or runs, this stores nothing; where it is gone (the installation was suspended), it is sent anew.
  const sent = await parts.queue.send('review', again, {
    key: keyOf(again),
    group: groupOf(again),
    priority: -1,
    ...(startAfterSeconds > 0 ? { startAfterSeconds } : {}),
  });
  if (sent === 'duplicate') return false;
  parts.log.info({ repository, pull: number, head }, 'the sweep found a head without a check');
  return true;
}
