import type { Octokit } from '@octokit/rest';
import { checkName } from './check-run.ts';
import { ask } from './graphql.ts';

/** Only what moved lately is looked at: an old pull request gets its check with its next push. */
const recentMs = 3 * 24 * 3_600_000;
/** Pages of a hundred repositories that one sweep looks at. Of more, each sweep looks at the next. */
const pagesPerSweep = 10;
const sweepsEveryMs = 300_000;
const repositoriesPerQuery = 20;

/** A pull request and how its head's check stands. */
export interface OpenPull {
  readonly repository: number;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly head: string;
  readonly baseRef: string;
  readonly updatedAt: number;
  readonly check: 'none' | 'open' | 'completed';
}

/** Installations that are neither suspended nor removed. */
export async function activeInstallations(app: Octokit): Promise<number[]> {
  const ids: number[] = [];
  for await (const { data } of app.paginate.iterator(app.rest.apps.listInstallations, { per_page: 100 })) {
    for (const installation of data) if (!installation.suspended_at) ids.push(installation.id);
    if (ids.length >= 5_000) break;
  }
  return ids;
}

interface RepositoryAnswer {
  readonly pullRequests: {
    readonly nodes: readonly {
      readonly number: number;
      readonly headRefOid: string;
      readonly baseRefName: string;
      readonly updatedAt: string;
      readonly commits: {
        readonly nodes: readonly {
          readonly commit: {
            readonly checkSuites: {
              readonly nodes: readonly {
                readonly checkRuns: {
                  readonly nodes: readonly { readonly status: string; readonly conclusion: string | null }[];
                } | null;
              }[];
            } | null;
          };
        }[];
      };
    }[];
  };
}

/**
 * Lists the recently moved open pull requests of an installation and how their checks stand, twenty repositories a request.
 *
 * @param octokit client of the installation
 */
export async function recentOpenPulls(octokit: Octokit, appId: number, now = Date.now()): Promise<OpenPull[]> {
  const repositories = await recentRepositories(octokit, now);
  const found: OpenPull[] = [];
  for (let i = 0; i < repositories.length; i += repositoriesPerQuery) {
    const batch = repositories.slice(i, i + repositoriesPerQuery);
    const declared = batch.map((_, n) => `, $o${n}: String!, $r${n}: String!`).join('');
    const fields = batch.map((_, n) => `r${n}: repository(owner: $o${n}, name: $r${n}) { ${pullFields} }`).join('\n');
    const variables = Object.fromEntries(
      batch.flatMap(({ owner, repo }, n) => [
        [`o${n}`, owner],
        [`r${n}`, repo],
      ]),
    );
    const aliases = batch.map((_, n) => `r${n}`);
    const answer = await ask<Record<string, RepositoryAnswer | null>>(
      octokit,
      `query OpenPulls($app: Int!, $check: String!${declared}) { ${fields} }`,
      { app: appId, check: checkName, ...variables },
      aliases,
    );
    for (const [n, at] of batch.entries()) {
      for (const pull of answer[`r${n}`]?.pullRequests.nodes ?? []) {
        const updatedAt = Date.parse(pull.updatedAt);
        if (updatedAt < now - recentMs) continue;
        const statuses = pull.commits.nodes
          .flatMap(({ commit }) => commit.checkSuites?.nodes ?? [])
          .flatMap((suite) => suite.checkRuns?.nodes ?? [])
          // A cancelled run says that another one was to come.
          .filter(({ conclusion }) => conclusion !== 'CANCELLED')
          .map(({ status }) => status);
        found.push({
          ...at,
          number: pull.number,
          head: pull.headRefOid,
          baseRef: pull.baseRefName,
          updatedAt,
          check: statuses.length === 0 ? 'none' : statuses.every((one) => one === 'COMPLETED') ? 'completed' : 'open',
        });
      }
    }
  }
  return found;
}

const pullFields = `pullRequests(first: 50, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
  nodes {
    number headRefOid baseRefName updatedAt
    commits(last: 1) {
      nodes {
        commit {
          checkSuites(first: 5, filterBy: { appId: $app }) {
            nodes { checkRuns(first: 5, filterBy: { checkName: $check, checkType: LATEST }) { nodes { status conclusion } } }
          }
        }
      }
    }
  }
}`;

async function recentRepositories(
  octokit: Octokit,
  now: number,
): Promise<{ repository: number; owner: string; repo: string }[]> {
  const found: { repository: number; owner: string; repo: string }[] = [];
  let pages: readonly number[] = [1];
  for (let n = 0; n < pages.length; n++) {
    const page = pages[n] ?? 1;
    const { data } = await octokit.rest.apps.listReposAccessibleToInstallation({ per_page: 100, page });
    for (const { id, owner, name, archived, disabled, pushed_at } of data.repositories) {
      // A push to a fork does not move `pushed_at` of the base, so this window is wider than the one of pull requests.
      const moved = pushed_at === null || Date.parse(pushed_at ?? '') > now - 30 * 24 * 3_600_000;
      if (!archived && !disabled && moved) found.push({ repository: id, owner: owner.login, repo: name });
    }
    if (page === 1) pages = pagesOfSweep(Math.ceil(data.total_count / 100), now);
  }
  return found;
}

/** The first page, and of the others as many as fit, further on with each sweep until all had their turn. */
function pagesOfSweep(last: number, now: number): number[] {
  const others = Math.max(0, last - 1);
  const taken = Math.min(others, pagesPerSweep - 1);
  const start = taken < others ? Math.floor(now / sweepsEveryMs) * taken : 0;
  return [1, ...Array.from({ length: taken }, (_, i) => 2 + ((start + i) % others))];
}
