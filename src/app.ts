import type { Probot } from 'probot';
import { openAnalysisPool } from './analysis-pool.ts';
import type { Parts } from './app-parts.ts';
import { runCommand } from './command-job.ts';
import { wants } from './facts/read.ts';
import {
  type CommandTask,
  type GroupTask,
  type RerunTask,
  type ReviewTask,
  type Work,
  workOf,
} from './github/events.ts';
import { createGitHub } from './github/octokit.ts';
import { groupOfGroup, reviewGroup } from './group-job.ts';
import { rerun } from './rerun-job.ts';
import { groupOf, keyOf, reviewPullRequest } from './review-job.ts';
import type { AppParts } from './server.ts';
import { openStore } from './store/store.ts';
import { sweep } from './sweep-job.ts';

/** Every so many seconds, and at start, the sweep looks for what got lost. */
const sweepEverySeconds = 300;
/**
 * And once more so long after the start. What was lost in the moment of a restart and left no failed delivery is too young for
 * the sweep at start: it may still be under way. Longer than the sweep's own patience with what is young.
 */
const sweepSoonAfterSeconds = 75;
const shortDeadlineSeconds = 120;

/** Events we take work from. Others are acknowledged and forgotten. */
const events = [
  'pull_request',
  'merge_group',
  'check_run',
  'check_suite',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'issue_comment',
  'installation',
  'installation_repositories',
] as const;

/**
 * Starts the application: its store, its jobs, and the webhook handlers, which store a job and return. Nothing is done before
 * a webhook is acknowledged but that.
 *
 * @param replaced another analysis: tests of the path through GitHub bring rules of their own
 */
export async function startApp(
  { config, database, queue, log, metrics }: AppParts,
  replaced: Partial<Pick<Parts, 'analyse' | 'wants'>> = {},
) {
  const store = await openStore(database);
  const pool = openAnalysisPool({ hashKey: config.hashKey });
  const github = createGitHub({
    appId: config.appId,
    privateKey: config.privateKey,
    apiUrl: config.apiUrl,
    ledger: store.creations,
    onRequest({ kind, status, seconds }) {
      metrics.githubRequest(kind, status, seconds);
      if (status === 422) metrics.unprocessable(kind);
    },
    onRateLimit(limit, seconds) {
      if (limit !== 'own') metrics.rateLimitWait(limit, seconds);
    },
  });
  const parts: Parts = {
    config,
    github,
    store,
    queue,
    log: log.child({ part: 'app' }),
    metrics,
    analyse: (snapshot, policy, signal) => pool.analyse(snapshot, policy, { signal }),
    wants,
    ...replaced,
  };

  const long = { concurrency: config.concurrency, deadlineSeconds: config.reviewDeadlineSeconds };
  const short = { concurrency: 2, deadlineSeconds: shortDeadlineSeconds };
  await queue.work<ReviewTask>('review', long, (job) => reviewPullRequest(parts, job));
  await queue.work<GroupTask>('group', long, (job) => reviewGroup(parts, job));
  await queue.work<CommandTask>('command', short, (job) => runCommand(parts, job));
  await queue.work<RerunTask>('rerun', short, (job) => rerun(parts, job));
  await queue.work('sweep', { ...short, concurrency: 1 }, (job) => sweep(parts, job));
  await queue.schedule('sweep', sweepEverySeconds, sweepSoonAfterSeconds);

  return {
    probotApp(app: Probot) {
      app.on([...events], async ({ id, name, payload }) => {
        // The same delivery may come twice. It is remembered only once its work is stored, so that a redelivery of one that
        // was not gets through.
        if (await store.knowsDelivery(id)) return;
        // Octokit's type is one of hundreds; `workOf` says what it reads, all of it optional.
        const work = workOf(name, id, payload as Parameters<typeof workOf>[2]);
        if (work) await enqueue(parts, work, id);
        await store.rememberDelivery(id);
      });
    },
    stop: () => pool.close(),
  };
}

/** Stores what a delivery asks for. Sending it twice stores it once. */
async function enqueue({ queue }: Parts, work: Work, guid: string): Promise<void> {
  switch (work.name) {
    case 'review':
      await queue.send('review', work.task, {
        key: keyOf(work.task),
        supersedes: groupOf(work.task),
        ...(work.startAfterSeconds === undefined ? {} : { startAfterSeconds: work.startAfterSeconds }),
      });
      return;
    case 'group':
      await queue.send('group', work.task, { key: groupOfGroup(work.task), group: groupOfGroup(work.task) });
      return;
    case 'cancel-group':
      await queue.cancel('group', { group: groupOfGroup(work.task) });
      return;
    case 'rerun':
      await queue.send('rerun', work.task, { key: guid });
      return;
    case 'command':
      await queue.send('command', work.task, { key: String(work.task.commentId), priority: 1 });
      return;
    case 'sweep':
      await queue.send('sweep', {}, { key: 'sweep' });
  }
}
