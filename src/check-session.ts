import type { Octokit } from '@octokit/rest';
import type { Parts } from './app-parts.ts';
import { type ConcludedReport, completeCheck, findCheck, openCheck, readCheck } from './github/check-run.ts';
import type { CheckKey } from './store/checks.ts';

/** A check that is open, and how it came to be. */
export interface OpenCheck {
  readonly key: CheckKey;
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  /** Annotations it holds already, from an attempt that was cut off. */
  readonly annotationsWritten: number;
}

interface CheckTask {
  readonly installation: number;
  readonly repository: number;
  readonly owner: string;
  readonly repo: string;
  readonly head: string;
}

/**
 * Opens the check of a task, or takes up the one an earlier attempt opened. The intent is stored before GitHub is asked and
 * the id the moment it is known, so that whatever is cut off where, there is one run.
 *
 * @param octokit a client that the job's signal does not abort: a run whose id is not heard would stay open
 * @returns undefined when the check is completed: there is nothing left to do
 */
export async function openOrResume(
  parts: Pick<Parts, 'store' | 'config'>,
  octokit: Octokit,
  task: CheckTask,
  subject: string,
): Promise<OpenCheck | undefined> {
  const { store, config } = parts;
  const { owner, repo, head } = task;
  const key: CheckKey = { repository: task.repository, head, subject };
  const known = await store.checks.find(key);
  if (known?.state === 'completed') return undefined;
  let runId = known?.runId;
  if (known && runId === undefined) {
    runId = await findCheck(octokit, { owner, repo, head, externalId: subject, appId: config.appId });
    if (runId !== undefined) await store.checks.opened(key, runId);
  }
  if (runId !== undefined) {
    const { state, annotations } = await readCheck(octokit, { owner, repo, runId });
    if (state === 'open') return { key, owner, repo, runId, annotationsWritten: annotations };
    if (state === 'completed') {
      await store.checks.completed(key, 'unknown');
      return undefined;
    }
    // Closed for a job that this one replaces: its head needs a run of its own.
    await store.checks.forget(key);
    await store.checks.opening(key, task);
  }
  if (!known) await store.checks.opening(key, task);
  runId = await openCheck(octokit, { owner, repo, head, externalId: subject });
  await store.checks.opened(key, runId);
  return { key, owner, repo, runId, annotationsWritten: 0 };
}

/** Concludes a check that says nothing of its head, which may still get another. */
export async function concludeSuperseded(
  parts: Pick<Parts, 'store'>,
  octokit: Octokit,
  check: OpenCheck,
  report: { readonly title: string; readonly summary: string },
): Promise<void> {
  // Forgotten first: a newer job for the same head must not take up a run that is about to be closed.
  await parts.store.checks.forget(check.key);
  const whole: ConcludedReport = { ...report, conclusion: 'cancelled', text: '', annotations: [] };
  await completeCheck(octokit, { owner: check.owner, repo: check.repo, runId: check.runId }, whole);
}

/** Concludes a check that could not be concluded by a review: with a title, a reason, and no findings. */
export async function concludeWithReason(
  parts: Pick<Parts, 'store'>,
  octokit: Octokit,
  check: OpenCheck,
  report: { readonly conclusion: ConcludedReport['conclusion']; readonly title: string; readonly summary: string },
): Promise<void> {
  const whole: ConcludedReport = { ...report, text: '', annotations: [] };
  await completeCheck(octokit, { owner: check.owner, repo: check.repo, runId: check.runId }, whole);
  await parts.store.checks.completed(check.key, report.conclusion);
}
