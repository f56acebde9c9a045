import type { Octokit } from '@octokit/rest';
import type { Parts } from './app-parts.ts';
import { concludeSuperseded, concludeWithReason, type OpenCheck } from './check-session.ts';
import { readCheck } from './github/check-run.ts';
import { InstallationGone, RateLimited, statusOf } from './github/errors.ts';
import { type Job, JobCancelled, JobDeadlinePassed, JobFailedForGood, JobReleased, JobRetryLater } from './jobs/job.ts';

/** Time for the last words of a job whose own time is over. */
const lastWordsMs = 15_000;

/** How far a job has come, told by its work as it goes: what its failure has to tidy up. */
export interface Progress {
  /** The check that must not stay open, once it is opened. */
  check?: OpenCheck;
  /** What the policy says of our own failures, once it is known. */
  onError: 'neutral' | 'failure';
}

/**
 * Runs a job's work and decides what its failure means: wait, try again, end quietly, or conclude the check with a reason. Our
 * own failure is never shown as the author's, unless the policy wants it so.
 */
export async function runWithCheck(
  parts: Parts,
  job: Pick<Job<{ readonly installation: number }>, 'id' | 'data' | 'signal' | 'lastAttempt'>,
  work: (progress: Progress) => Promise<void>,
): Promise<void> {
  const progress: Progress = { onError: 'neutral' };
  const { installation } = job.data;
  const lastWords = (say: (octokit: Octokit, check: OpenCheck) => Promise<void>) =>
    sayLast(parts, installation, progress.check, say);
  const conclude = (report: { readonly title: string; readonly summary: string }) =>
    lastWords((octokit, check) =>
      concludeWithReason(parts, octokit, check, { ...report, conclusion: progress.onError }),
    );
  try {
    await work(progress);
  } catch (error) {
    const { signal } = job;
    if (signal.reason instanceof JobReleased) throw error;
    if (signal.reason instanceof JobCancelled) {
      await lastWords(async (octokit, check) => {
        // The conclusion may have been on its way already: what it says of its head stays said.
        if ((await readCheck(octokit, check)).state === 'completed') {
          await parts.store.checks.completed(check.key, 'unknown');
          return;
        }
        await concludeSuperseded(parts, octokit, check, {
          title: 'Superseded',
          summary: 'A newer push or a newer request replaced this review.',
        });
      });
      throw error;
    }
    if (signal.reason instanceof JobDeadlinePassed) {
      await conclude({
        title: 'The review took too long',
        summary: `${signal.reason.message}. Nothing is said about the change. Request id: ${job.id}`,
      });
      throw new JobFailedForGood(signal.reason.message);
    }
    if (error instanceof RateLimited) throw new JobRetryLater(error.seconds, error.message);
    if (error instanceof InstallationGone) {
      parts.log.info({ installation }, 'installation is gone: job dropped');
      return;
    }
    const reason = forGood(error);
    if (!reason && !job.lastAttempt) throw error;
    await conclude({
      title: reason ? 'The review was not possible' : 'Hindsight failed',
      summary: `${reason ?? 'An internal error ended the review.'} Nothing is said about the change. Request id: ${job.id}`,
    });
    if (reason) throw new JobFailedForGood(reason, { cause: error });
    throw error;
  }
}

/** A reason that no further attempt can remove; undefined when another attempt may help. */
function forGood(error: unknown): string | undefined {
  const status = statusOf(error);
  if (status === 404 || status === 410) return 'GitHub does not show what the review needs (404).';
  if (status === 403) return 'A permission is missing: GitHub refused (403). See docs/permissions.md.';
  const kinds = (error as { errors?: readonly { type?: string }[] } | null)?.errors?.map(({ type }) => type) ?? [];
  if (kinds.includes('FORBIDDEN')) return 'A permission is missing: GitHub refused. See docs/permissions.md.';
  return undefined;
}

/** Says what is left to say of a check, in a time of its own; a failure of that too is logged. */
async function sayLast(
  parts: Parts,
  installation: number,
  check: OpenCheck | undefined,
  say: (octokit: Octokit, check: OpenCheck) => Promise<void>,
): Promise<void> {
  if (!check) return;
  try {
    await say(parts.github.forInstallation(installation, AbortSignal.timeout(lastWordsMs)), check);
  } catch (error) {
    // The sweep finds it: its row in the store stays open, or its head has no check that counts.
    parts.log.warn({ err: error }, 'a check could not be concluded');
  }
}
