import { isBinary } from '../blob-reader.ts';
import { type Commit, listCommits, type TreeEntry } from '../git.ts';
import { requirePermission } from '../http.ts';
import { iso, isoOrNull, nodeId } from '../json/accounts.ts';
import { latestRuns, suiteState } from '../json/checks.ts';
import type { CheckRun, CheckSuite, Repository } from '../types.ts';
import type { Asker } from './asker.ts';
import { type ConnectionArguments, connection } from './connection.ts';

export function commitNode(asker: Asker, repository: Repository, commit: Commit): Record<string, unknown> {
  const person = ({ name, email, date }: Commit['author']) => ({ name, email, date });
  const [headline = '', ...rest] = commit.message.split('\n');
  return {
    __typename: 'Commit',
    id: `C_${commit.sha}`,
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    author: person(commit.author),
    committer: person(commit.committer),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    repository: () => asker.back.repository(repository),
    tree: () => asker.back.object(repository, `${commit.sha}^{tree}`),
    parents: async (page: ConnectionArguments) => {
      const parents = await Promise.all(commit.parents.map((sha) => listCommits(repository.gitDir, sha, undefined, 1)));
      return connection(parents.flat(), page, (one) => commitNode(asker, repository, one));
    },
    file: async ({ path }: { path: string }) => {
      const entry = (await asker.world.tree(repository.gitDir, commit.sha)).get(path);
      return entry ? entryNode(asker, repository, entry) : null;
    },
    checkSuites: (page: ConnectionArguments & { filterBy?: { appId?: number; checkName?: string } }) => {
      requirePermission(asker.token, { checks: 'read' });
      const all = repository.suites.filter((suite) => suite.headSha === commit.sha);
      return connection(all, page, (suite) => suiteNode(asker, suite));
    },
    associatedPullRequests: (page: ConnectionArguments) => {
      const all = [...repository.pulls.values()].filter((pull) => pull.headSha === commit.sha);
      return connection(all, page, (pull) => asker.back.pull(pull));
    },
  };
}

function suiteNode(asker: Asker, suite: CheckSuite): Record<string, unknown> {
  const { status, conclusion } = suiteState(suite);
  return {
    __typename: 'CheckSuite',
    id: nodeId('CS', suite.id),
    databaseId: suite.id,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    app: {
      id: nodeId('A', asker.world.app.id),
      databaseId: asker.world.app.id,
      slug: asker.world.app.slug,
      name: asker.world.app.name,
    },
    checkRuns: (
      page: ConnectionArguments & {
        filterBy?: { checkName?: string; checkType?: string; appId?: number; status?: string };
      },
    ) => {
      const { checkName, checkType, status: wanted } = page.filterBy ?? {};
      const own = suite.repository.runs.filter((run) => run.suite === suite);
      const runs = (checkType === 'ALL' ? own : latestRuns(own))
        .filter((run) => !checkName || run.name === checkName)
        .filter((run) => !wanted || run.status.toUpperCase() === wanted);
      return connection(runs, page, runNode);
    },
  };
}

const runNode = (run: CheckRun) => ({
  __typename: 'CheckRun',
  id: nodeId('CR', run.id),
  databaseId: run.id,
  name: run.name,
  status: run.status.toUpperCase(),
  conclusion: run.conclusion?.toUpperCase() ?? null,
  externalId: run.externalId,
  startedAt: iso(run.startedAt),
  completedAt: isoOrNull(run.completedAt),
  title: run.title ?? null,
  summary: run.summary ?? null,
  text: run.text ?? null,
});

export function entryNode(asker: Asker, repository: Repository, entry: TreeEntry): Record<string, unknown> {
  const name = entry.path.split('/').at(-1) ?? entry.path;
  return {
    __typename: 'TreeEntry',
    name,
    path: entry.path,
    nameRaw: Buffer.from(name).toString('base64'),
    pathRaw: Buffer.from(entry.path).toString('base64'),
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.oid,
    size: entry.size ?? 0,
    extension: /\.[^.]*$/.exec(name)?.[0] ?? '',
    isGenerated: false,
    object: () => asker.back.object(repository, entry.oid),
    isBinary: async () =>
      entry.type === 'blob'
        ? isBinary((await asker.world.blob(repository.gitDir, entry.oid)) ?? Buffer.alloc(0))
        : null,
  };
}
