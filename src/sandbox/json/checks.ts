import { listCommits } from '../git.ts';
import type { Annotation, CheckRun, CheckSuite, Pull, Repository } from '../types.ts';
import type { World } from '../world.ts';
import { appJson, fullName, iso, isoOrNull, nodeId, repositoryJson, repositoryUrl } from './accounts.ts';

/** Pull requests that a check names: none when the head is in a fork (C10). */
async function checkPulls(world: World, repository: Repository, sha: string): Promise<Record<string, unknown>[]> {
  const pulls = [...repository.pulls.values()].filter(
    (pull) => pull.headSha === sha && pull.state === 'open' && pull.headRepository === repository,
  );
  return Promise.all(pulls.map((pull) => minimalPull(world, pull)));
}

async function minimalPull(world: World, pull: Pull): Promise<Record<string, unknown>> {
  const repo = (repository: Repository) => ({
    id: repository.id,
    name: repository.name,
    url: repositoryUrl(world, repository),
  });
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`,
    head: { ref: pull.headRef, sha: pull.headSha, repo: repo(pull.headRepository) },
    base: {
      ref: pull.baseRef,
      sha: (await world.commitOf(pull.repository, pull.baseRef)) ?? '',
      repo: repo(pull.repository),
    },
  };
}

export async function checkRunJson(world: World, run: CheckRun): Promise<Record<string, unknown>> {
  const { repository, headSha } = run.suite;
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const web = `${world.url}/${fullName(repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    name: run.name,
    head_sha: headSha,
    external_id: run.externalId,
    url,
    html_url: web,
    details_url: run.detailsUrl ?? web,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: iso(run.startedAt),
    completed_at: isoOrNull(run.completedAt),
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appJson(world),
    pull_requests: await checkPulls(world, repository, headSha),
  };
}

export function annotationJson(world: World, run: CheckRun, annotation: Annotation): Record<string, unknown> {
  return {
    title: null,
    raw_details: null,
    start_column: null,
    end_column: null,
    ...annotation,
    blob_href: `${world.url}/${fullName(run.suite.repository)}/blob/${run.suite.headSha}/${annotation.path}`,
  };
}

/** A suite has no state of its own: it is what its newest runs are. Without runs it stays `queued` (C9). */
export function suiteState(suite: CheckSuite): { status: string; conclusion: string | null } {
  const runs = latestRuns(suite.repository.runs.filter((run) => run.suite === suite));
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some((run) => run.status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const order = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped'];
  const worst = order.find((conclusion) => runs.some((run) => run.conclusion === conclusion));
  return { status: 'completed', conclusion: worst ?? 'neutral' };
}

/** Of runs with the same name only the newest counts (C7). */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

export async function checkSuiteJson(world: World, suite: CheckSuite): Promise<Record<string, unknown>> {
  const { repository } = suite;
  const url = `${repositoryUrl(world, repository)}/check-suites/${suite.id}`;
  const [commit] = await listCommits(repository.gitDir, suite.headSha, undefined, 1);
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch ?? null,
    head_sha: suite.headSha,
    ...suiteState(suite),
    url,
    before: commit?.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: await checkPulls(world, repository, suite.headSha),
    app: appJson(world),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.createdAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: latestRuns(repository.runs.filter((run) => run.suite === suite)).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: commit && {
      id: commit.sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: commit.committer.date,
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
    repository: repositoryJson(world, repository),
  };
}
