import type { Octokit } from '@octokit/rest';
import type { Parts } from './app-parts.ts';
import { explanationOf } from './explanation.ts';
import { statusOf } from './github/errors.ts';
import type { CommandTask, ReviewTask } from './github/events.ts';
import { findingOf, mayWrite, react, replyOnce, type Said } from './github/talk.ts';
import type { Job } from './jobs/job.ts';
import { patiently } from './rerun-job.ts';
import { groupOf, keyOf } from './review-job.ts';

/**
 * Does what a person with write access asked for in a comment: dismiss a finding, explain it, review again. Acknowledged by
 * a reaction; a dismissal is effective at once, by a review of the same head.
 */
export async function runCommand(parts: Parts, job: Job<CommandTask>): Promise<void> {
  const task = job.data;
  await patiently(parts, async () => {
    const octokit = parts.github.forInstallation(task.installation, job.signal);
    if (!(await mayWrite(octokit, task, task.who))) return acknowledge(octokit, task, '-1');
    const { verb, reason } = task.command;
    if (verb === 'recheck') {
      await recheck(parts, octokit, task);
      return acknowledge(octokit, task, '+1');
    }
    const said = await findingAt(parts, octokit, task);
    // A dismissal without a reason teaches nobody anything.
    if (!said || (verb === 'ignore' && reason === '')) return acknowledge(octokit, task, 'confused');
    if (verb === 'explain') {
      await replyOnce(octokit, task, explanationOf(said.rule, parts.config.lessonsUrl), job.attempt > 1);
      return acknowledge(octokit, task, '+1');
    }
    await parts.store.dismiss(task.repository, [
      {
        fingerprint: said.fingerprint,
        kind: verb === 'ignore' ? 'ignored' : 'false-positive',
        who: task.who,
        why: reason,
      },
    ]);
    await recheck(parts, octokit, task);
    parts.log.info({ repository: task.repository, pull: task.number, rule: said.rule, verb }, 'finding dismissed');
    return acknowledge(octokit, task, '+1');
  });
}

async function findingAt(parts: Parts, octokit: Octokit, task: CommandTask): Promise<Said | undefined> {
  if (task.inReplyTo === undefined) return undefined;
  const { data: app } = await parts.github.app.rest.apps.getAuthenticated();
  return findingOf(octokit, task, task.inReplyTo, `${app?.slug ?? ''}[bot]`);
}

/** Reviews the pull request's head as it is now. Named after the comment, so that doing it twice is doing it once. */
async function recheck(parts: Parts, octokit: Octokit, task: CommandTask): Promise<void> {
  const { installation, repository, owner, repo, number } = task;
  const { data: pull } = await octokit.rest.pulls.get({ owner, repo, pull_number: number });
  if (pull.state !== 'open') return;
  const next: ReviewTask = {
    installation,
    repository,
    owner,
    repo,
    number,
    head: pull.head.sha,
    baseRef: pull.base.ref,
    round: `recheck-${task.commentId}`,
  };
  await parts.queue.send('review', next, { key: keyOf(next), supersedes: groupOf(next), priority: 1 });
}

async function acknowledge(octokit: Octokit, task: CommandTask, content: '+1' | '-1' | 'confused'): Promise<void> {
  try {
    await react(octokit, task, content);
  } catch (error) {
    // The comment was deleted, or reactions are not permitted there: the command counts all the same.
    const status = statusOf(error);
    if (status !== 403 && status !== 404 && status !== 422) throw error;
  }
}
