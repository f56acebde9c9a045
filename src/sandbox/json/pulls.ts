import type { ChangedFile } from '../diff.ts';
import { type Commit, listCommits } from '../git.ts';
import type { Pull, Repository } from '../types.ts';
import type { World } from '../world.ts';
import { fullName, iso, isoOrNull, nodeId, repositoryJson, repositoryUrl, userJson } from './accounts.ts';

/** What lists, payloads and searches carry of a pull request. */
export async function pullSummaryJson(world: World, pull: Pull): Promise<Record<string, unknown>> {
  const url = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  const issue = `${repositoryUrl(world, pull.repository)}/issues/${pull.number}`;
  const web = `${world.url}/${fullName(pull.repository)}/pull/${pull.number}`;
  const statuses = `${repositoryUrl(world, pull.repository)}/statuses/${pull.headSha}`;
  const baseSha = (await world.commitOf(pull.repository, pull.baseRef)) ?? '';
  const links = {
    self: url,
    html: web,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(world, pull.repository)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses,
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: statuses,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userJson(world, pull.author),
    body: pull.body === '' ? null : pull.body,
    labels: [],
    milestone: null,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: isoOrNull(pull.closedAt),
    merged_at: isoOrNull(pull.mergedAt),
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: endJson(world, pull.headRepository, pull.headRef, pull.headSha),
    base: endJson(world, pull.repository, pull.baseRef, baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
    draft: pull.draft,
  };
}

function endJson(world: World, repository: Repository, ref: string, sha: string): Record<string, unknown> {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: userJson(world, repository.owner),
    repo: repositoryJson(world, repository),
  };
}

/** A pull request with its counts, as asked for by number and as webhooks carry it. */
export async function pullJson(world: World, pull: Pull): Promise<Record<string, unknown>> {
  const files = await world.filesOf(pull);
  const commits = await commitsOf(world, pull);
  return {
    ...(await pullSummaryJson(world, pull)),
    merged: pull.mergedAt !== undefined,
    mergeable: true,
    rebaseable: true,
    mergeable_state: pull.draft ? 'draft' : 'clean',
    merged_by: null,
    comments: pull.comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** Commits of a pull request, oldest first. */
export async function commitsOf(world: World, pull: Pull): Promise<readonly Commit[]> {
  return listCommits(pull.repository.gitDir, pull.headSha, await world.mergeBaseOf(pull));
}

export function commitJson(world: World, repository: Repository, commit: Commit): Record<string, unknown> {
  const url = `${repositoryUrl(world, repository)}/commits/${commit.sha}`;
  const gitUrl = `${repositoryUrl(world, repository)}/git`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${gitUrl}/trees/${commit.tree}` },
      url: `${gitUrl}/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url,
    html_url: `${world.url}/${fullName(repository)}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({ sha, url: url.replace(commit.sha, sha), html_url: '' })),
  };
}

/**
 * Files as an answer carries them: past the patch budget of one answer they come with zero counts and no patch (D3); a file
 * whose own patch is too large comes with its counts and no patch (D2).
 */
export function fileListJson(
  world: World,
  repository: Repository,
  head: string,
  files: readonly ChangedFile[],
): Record<string, unknown>[] {
  const { limits } = world;
  let lines = 0;
  return files.map((file) => {
    const own = file.patch?.split('\n').length ?? 0;
    lines += own;
    const starved = lines > limits.patchLinesPerAnswer && lines !== own;
    const shown = !starved && isShown(world, file);
    const path = file.path.split('/').map(encodeURIComponent).join('/');
    const web = `${world.url}/${fullName(repository)}`;
    return {
      sha: file.oid,
      filename: file.path,
      status: file.status,
      additions: starved ? 0 : file.additions,
      deletions: starved ? 0 : file.deletions,
      changes: starved ? 0 : file.additions + file.deletions,
      blob_url: `${web}/blob/${head}/${path}`,
      raw_url: `${web}/raw/${head}/${path}`,
      contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${head}`,
      ...(shown && { patch: file.patch }),
      ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
    };
  });
}

/** Does GitHub show this file's diff at all? Only then can a comment stand on its lines. */
export function isShown(world: World, file: ChangedFile): boolean {
  if (file.patch === undefined) return false;
  const { limits } = world;
  return file.patch.length <= limits.patchBytesPerFile && file.patch.split('\n').length <= limits.patchLinesPerFile;
}
