import { createHash } from 'node:crypto';
import type { Octokit } from '@octokit/rest';
import { policyPath } from '../review/policy.ts';
import type { EarlierComment } from '../review/review-plan.ts';
import type { ContextFile, Snapshot, Unread } from '../review/types.ts';
import { type Blob, type RepositoryName, readBlobs } from './blobs.ts';
import { readBurntLines } from './burnt.ts';
import { changedFiles, hasHeadText } from './changed-files.ts';
import { type ListedFile, listFiles } from './file-list.ts';
import { type PolicyTexts, type PullRequest, readPull } from './pull-query.ts';
import { earlierComments, type Resolution, readThreads, resolutionsOf, type Thumbs, thumbsOf } from './threads.ts';
import { readTree } from './tree.ts';

/** Context files a reader may ask for, and how large one may be. */
const maxContextFiles = 100;
/** Texts that the first query brings along: a hundred files and the manifests above them. */
const firstTexts = 120;

export interface PullRequestAddress extends RepositoryName {
  readonly number: number;
  readonly head: string;
  /** The base branch, from the event: its policy applies. */
  readonly baseRef: string;
}

export interface SourceOptions {
  /** Paths of unchanged files that the readers of source code would like to see. */
  readonly wants: (snapshot: Snapshot) => readonly string[];
  readonly baselinePath: string;
}

/** Everything a review of a pull request may know. */
export interface PullRequestRead {
  readonly snapshot: Snapshot;
  readonly pull: PullRequest;
  readonly policy: PolicyTexts;
  /** The policy file as this pull request would have it, when it changes it. */
  readonly proposedPolicy?: string;
  readonly comments: readonly EarlierComment[];
  readonly thumbs: readonly Thumbs[];
  readonly resolutions: readonly Resolution[];
  /** Names the change by its blobs: equal digests mean equal contents of every changed file at the head. */
  readonly digest: string;
}

/**
 * Reads a pull request in few requests: the file list (one a hundred files), one query for everything else and the first
 * hundred texts, one for context, one for the commits when there are several.
 *
 * @returns `superseded` when the head is no longer the one asked for, or the pull request is closed
 */
export async function readPullRequest(
  octokit: Octokit,
  address: PullRequestAddress,
  options: SourceOptions,
): Promise<PullRequestRead | { readonly superseded: PullRequest }> {
  const { head } = address;
  const { files: listed, cut } = await listFiles(octokit, address);
  const manifests = manifestsAbove(listed, head);
  const wanted = [...manifests, ...listed.filter(hasHeadText).map((file) => `${head}:${file.path}`)];
  const read = await readPull(octokit, {
    ...address,
    baselinePath: options.baselinePath,
    expressions: wanted.slice(0, firstTexts),
  });
  if (read.pull.head !== head || !read.pull.open) return { superseded: read.pull };
  const { pull, blobs } = read;
  // What the query asked for and is missing is not there.
  const rest = wanted.slice(read.textsAsked);
  for (const [expression, blob] of await readBlobs(octokit, address, rest)) blobs.set(expression, blob);

  const tree = read.tree ?? (await readTree(octokit, address, head));
  const changed = await changedFiles(octokit, {
    ...address,
    listed,
    blobs,
    ...(tree ? { tree } : {}),
    mergeBase: () => readMergeBase(octokit, address, address.baseRef, head),
  });
  const unread: Unread[] = [...changed.unread, ...missing(listed, pull, cut)];
  let snapshot: Snapshot = {
    head,
    base: pull.baseRef,
    files: changed.files,
    context: contextFrom(manifests, blobs, head),
    ...(tree ? { tree: [...tree.keys()] } : {}),
    unread,
  };
  snapshot = await withContext(octokit, address, snapshot, options, pull.commits > 1 ? 1 : 2);
  if (pull.commits > 1) {
    const { burnt, unread: notSeen } = await readBurntLines(octokit, address, snapshot.files);
    snapshot = { ...snapshot, burnt, unread: [...snapshot.unread, ...notSeen] };
  }
  const threads = await readThreads(octokit, address, read.firstThreads);
  const proposed = snapshot.files.find((file) => file.path === policyPath);
  return {
    snapshot,
    pull,
    policy: read.policy,
    ...(proposed ? { proposedPolicy: proposed.after ?? '' } : {}),
    comments: earlierComments(threads),
    thumbs: thumbsOf(threads),
    resolutions: resolutionsOf(threads),
    digest: digestOf(listed),
  };
}

/** Reads what the readers want, in at most so many rounds of one request each. */
async function withContext(
  octokit: Octokit,
  at: RepositoryName,
  snapshot: Snapshot,
  options: SourceOptions,
  rounds: number,
): Promise<Snapshot> {
  let grown = snapshot;
  const tried = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const tree = grown.tree && new Set(grown.tree);
    const paths = options
      .wants(grown)
      .filter((path) => !tried.has(path) && (tree?.has(path) ?? true))
      .slice(0, maxContextFiles - grown.context.length);
    if (paths.length === 0) break;
    for (const path of paths) tried.add(path);
    const expressions = paths.map((path) => `${snapshot.head}:${path}`);
    const blobs = await readBlobs(octokit, at, expressions);
    grown = { ...grown, context: [...grown.context, ...contextFrom(expressions, blobs, snapshot.head)] };
  }
  return grown;
}

function contextFrom(expressions: readonly string[], blobs: ReadonlyMap<string, Blob>, head: string): ContextFile[] {
  return expressions.flatMap((expression) => {
    const blob = blobs.get(expression);
    if (!blob || blob.text === null || blob.isTruncated) return [];
    return [{ path: expression.slice(head.length + 1), text: blob.text, blob: blob.oid }];
  });
}

/** package.json of every folder above a changed file, which every review of JavaScript needs; those that changed apart. */
function manifestsAbove(listed: readonly ListedFile[], head: string): string[] {
  const changed = new Set(listed.map((file) => file.path));
  const folders = new Set(['']);
  for (const { path } of listed) {
    const parts = path.split('/').slice(0, -1);
    for (let depth = 1; depth <= Math.min(parts.length, 4); depth++) folders.add(`${parts.slice(0, depth).join('/')}/`);
    if (folders.size >= 20) break;
  }
  return [...folders]
    .slice(0, 20)
    .map((folder) => `${folder}package.json`)
    .filter((path) => !changed.has(path))
    .map((path) => `${head}:${path}`);
}

/** GitHub lists 3,000 files at most. The rest is named as what it is: not seen. */
function missing(listed: readonly ListedFile[], pull: PullRequest, cut: boolean): Unread[] {
  const hidden = pull.changedFiles - listed.length;
  if (hidden <= 0 || !cut) return [];
  return [{ path: `(${hidden} more files)`, reason: `GitHub lists ${listed.length} changed files and no more` }];
}

/** Where the head left the base branch. Asked on a page without files and commits: the answer is what is wanted, not they. */
async function readMergeBase(octokit: Octokit, at: RepositoryName, base: string, head: string): Promise<string> {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    owner: at.owner,
    repo: at.repo,
    basehead: `${base}...${head}`,
    per_page: 1,
    page: 2,
  });
  return data.merge_base_commit.sha;
}

/** Digest of a list of changed files: paths, what happened to each, and the blobs of the head. */
export function digestOf(listed: readonly ListedFile[]): string {
  const lines = listed.map(({ path, previousPath, status, sha }) =>
    [path, previousPath ?? '', status, sha ?? ''].join('\0'),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
