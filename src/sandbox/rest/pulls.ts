import { listCommits, mergeBase } from '../git.ts';
import { git } from '../git-process.ts';
import { type Call, listed, ok, paginate, type Route } from '../http.ts';
import { repositoryUrl } from '../json/accounts.ts';
import { commitJson, commitsOf, fileListJson, pullJson, pullSummaryJson } from '../json/pulls.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Pull } from '../types.ts';
import { pullOf, repositoryOf } from './find.ts';

const reads = { pull_requests: 'read' } as const;

/** Pull requests, their files and commits, and comparisons. */
export const pullRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls',
    as: 'installation',
    needs: reads,
    answer(call) {
      const pulls = [...repositoryOf(call).pulls.values()].filter((pull) => isWanted(call, pull));
      const newest = call.query.get('direction') !== 'asc';
      const key = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
      pulls.sort((a, b) => (newest ? b[key] - a[key] || b.number - a.number : a[key] - b[key] || a.number - b.number));
      return listed(call, pulls, (pull) => pullSummaryJson(call.world, pull));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}',
    as: 'installation',
    needs: reads,
    async answer(call) {
      const pull = pullOf(call);
      const [format] = /\b(?:diff|patch)\b/.exec(call.accept) ?? [];
      if (!format) return ok(await pullJson(call.world, pull));
      const files = await call.world.filesOf(pull);
      if (files.length <= call.world.limits.compareFiles && format === 'patch') {
        const range = `${await call.world.mergeBaseOf(pull)}..${pull.headSha}`;
        const mailbox = await git(pull.repository.gitDir, ['format-patch', '--stdout', '--no-signature', range]);
        return ok(mailbox.toString('utf8'), { 'content-type': 'application/vnd.github.patch; charset=utf-8' });
      }
      if (files.length <= call.world.limits.compareFiles) {
        return ok(files.map((file) => `diff --git a/${file.path} b/${file.path}\n${file.patch ?? ''}\n`).join(''));
      }
      const message = `Sorry, the diff exceeded the maximum number of files (${call.world.limits.compareFiles}). Consider using 'List pull requests files' API or locally cloning the repository instead.`;
      throw new Refusal(406, { message, errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }] });
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/files',
    as: 'installation',
    needs: reads,
    async answer(call) {
      const pull = pullOf(call);
      const all = (await call.world.filesOf(pull)).slice(0, call.world.limits.pullFiles);
      const page = paginate(call, all);
      return ok(fileListJson(call.world, pull.repository, pull.headSha, page.items), page.headers);
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/commits',
    as: 'installation',
    needs: reads,
    async answer(call) {
      const pull = pullOf(call);
      const commits = (await commitsOf(call.world, pull)).slice(0, call.world.limits.compareCommits);
      return listed(call, commits, (commit) => commitJson(call.world, pull.repository, commit));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    as: 'installation',
    needs: reads,
    async answer(call) {
      const repository = repositoryOf(call);
      const sha = await call.world.commitOf(repository, call.params.commit_sha ?? '');
      const pulls = [...repository.pulls.values()].filter((pull) => pull.headSha === sha);
      return listed(call, pulls, (pull) => pullSummaryJson(call.world, pull));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/compare/{basehead}',
    as: 'installation',
    needs: { contents: 'read' },
    answer: compare,
  },
];

function isWanted({ query }: Call, pull: Pull): boolean {
  const state = query.get('state') ?? 'open';
  if (state !== 'all' && pull.state !== state) return false;
  const base = query.get('base');
  if (base !== null && pull.baseRef !== base) return false;
  const head = query.get('head');
  return head === null || head === `${pull.headRepository.owner.login}:${pull.headRef}`;
}

async function compare(call: Call) {
  const { world } = call;
  const repository = repositoryOf(call);
  const [baseName = '', headName = ''] = (call.params.basehead ?? '').split('...');
  const base = await world.commitOf(repository, baseName.replace(/^[^/:]+:/, ''));
  const head = await world.commitOf(repository, headName.replace(/^[^/:]+:/, ''));
  if (base === undefined || head === undefined) throw notFound();
  const { gitDir } = repository;
  const common = await mergeBase(gitDir, base, head);
  if (common === undefined)
    throw new Refusal(404, { message: `No common ancestor between ${baseName} and ${headName}.` });
  const ahead = await listCommits(gitDir, head, base);
  const behind = await listCommits(gitDir, base, head);
  const [baseCommit] = await listCommits(gitDir, base, undefined, 1);
  const [commonCommit] = await listCommits(gitDir, common, undefined, 1);
  const firstPage = (Number(call.query.get('page')) || 1) === 1;
  const page = paginate(call, ahead);
  const paged = call.query.has('page') || call.query.has('per_page');
  const commits = paged ? page.items : ahead.slice(0, world.limits.compareCommits);
  const files = firstPage ? (await world.files(gitDir, common, head)).slice(0, world.limits.compareFiles) : [];
  const status =
    ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged';
  const url = `${repositoryUrl(world, repository)}/compare/${baseName}...${headName}`;
  return ok(
    {
      url,
      html_url: url,
      permalink_url: url,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: baseCommit && commitJson(world, repository, baseCommit),
      merge_base_commit: commonCommit && commitJson(world, repository, commonCommit),
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: commits.map((commit) => commitJson(world, repository, commit)),
      files: fileListJson(world, repository, head, files),
    },
    paged ? page.headers : {},
  );
}
