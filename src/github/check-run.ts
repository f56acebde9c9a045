import type { Octokit } from '@octokit/rest';
import type { Annotation, CheckReport } from '../review/review-plan.ts';
import type { RepositoryName } from './blobs.ts';

export const checkName = 'Hindsight';
/** GitHub takes so many annotations a request, and appends them to those it has. */
const annotationsPerRequest = 50;
const maxTitle = 250;

/** Buttons below the finished check: labels and identifiers of at most 20 characters, descriptions of at most 40. */
const buttons = {
  recheck: { label: 'Review again', description: 'Run Hindsight on this commit again', identifier: 'recheck' },
  accept: { label: 'Accept as known', description: 'Dismiss all findings shown here', identifier: 'accept' },
};

/**
 * A report as a check run takes it. `cancelled` is for a review that another one replaces: `neutral` would let a merge
 * through in between.
 */
export type ConcludedReport = Omit<CheckReport, 'conclusion'> & {
  readonly conclusion: CheckReport['conclusion'] | 'cancelled';
};

export interface CheckAddress extends RepositoryName {
  readonly runId: number;
}

/** Opens the check of a head. A re-run opens a new one: a completed run does not go back. @returns its id */
export async function openCheck(
  octokit: Octokit,
  at: RepositoryName & { readonly head: string; readonly externalId: string; readonly detailsUrl?: string },
): Promise<number> {
  const { data } = await octokit.rest.checks.create({
    owner: at.owner,
    repo: at.repo,
    name: checkName,
    head_sha: at.head,
    external_id: at.externalId,
    status: 'in_progress',
    started_at: new Date().toISOString(),
    ...(at.detailsUrl ? { details_url: at.detailsUrl } : {}),
    output: { title: 'Reviewing', summary: 'Hindsight is reading the changed lines.' },
  });
  return data.id;
}

/** Finds our open run of a head by its external id: after an answer that was lost, the run may exist. */
export async function findCheck(
  octokit: Octokit,
  at: RepositoryName & { readonly head: string; readonly externalId: string; readonly appId: number },
): Promise<number | undefined> {
  for (let page = 1; page <= 10; page++) {
    const { data } = await octokit.rest.checks.listForRef({
      owner: at.owner,
      repo: at.repo,
      ref: at.head,
      check_name: checkName,
      app_id: at.appId,
      filter: 'all',
      per_page: 100,
      page,
    });
    const own = data.check_runs.find((run) => run.external_id === at.externalId && run.status !== 'completed');
    if (own) return own.id;
    if (data.check_runs.length < 100) break;
  }
  return undefined;
}

/** How far a run has come: after a crash nobody else knows. */
export async function readCheck(
  octokit: Octokit,
  at: CheckAddress,
): Promise<{ state: 'open' | 'cancelled' | 'completed'; annotations: number }> {
  const { data } = await octokit.rest.checks.get({ owner: at.owner, repo: at.repo, check_run_id: at.runId });
  const state = data.status !== 'completed' ? 'open' : data.conclusion === 'cancelled' ? 'cancelled' : 'completed';
  return { state, annotations: data.output.annotations_count };
}

interface Concluding {
  /** Annotations that the run already holds, after a crash in between. */
  readonly written?: number;
  /** There are findings of a pull request, which the button "Accept as known" would dismiss. */
  readonly acceptable?: boolean;
}

/** Concludes a check with its report. Annotations go fifty a request, the conclusion with the last. */
export async function completeCheck(
  octokit: Octokit,
  at: CheckAddress,
  report: ConcludedReport,
  { written = 0, acceptable = false }: Concluding = {},
): Promise<void> {
  const actions = [buttons.recheck, ...(acceptable ? [buttons.accept] : [])];
  const left = report.annotations.slice(written);
  const batches = [left.slice(0, annotationsPerRequest)];
  for (let i = annotationsPerRequest; i < left.length; i += annotationsPerRequest) {
    batches.push(left.slice(i, i + annotationsPerRequest));
  }
  for (const [i, batch] of batches.entries()) {
    const last = i === batches.length - 1;
    await octokit.rest.checks.update({
      owner: at.owner,
      repo: at.repo,
      check_run_id: at.runId,
      ...(last ? { status: 'completed', conclusion: report.conclusion, actions } : { status: 'in_progress' }),
      output: {
        title: report.title.slice(0, maxTitle),
        summary: report.summary,
        ...(report.text === '' ? {} : { text: report.text }),
        annotations: batch.map(toApi),
      },
    });
  }
}

function toApi(annotation: Annotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title.slice(0, maxTitle),
    message: annotation.message,
  };
}
