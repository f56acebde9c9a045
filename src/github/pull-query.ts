import type { Octokit } from '@octokit/rest';
import { policyPath } from '../review/policy.ts';
import { type Blob, blobFields, collect, type RepositoryName } from './blobs.ts';
import { AnswerLost } from './errors.ts';
import { ask, numbered } from './graphql.ts';
import { type ThreadPage, threadFields } from './threads.ts';
import { type Tree, treeFields, treeOf } from './tree.ts';

/** A pull request at the moment it was read. */
export interface PullRequest {
  readonly repositoryId: number;
  readonly number: number;
  /** The head as it is now: a job for another head has nothing to do. */
  readonly head: string;
  readonly baseRef: string;
  readonly open: boolean;
  readonly draft: boolean;
  /** Absent when the account is gone. */
  readonly author?: string;
  readonly changedFiles: number;
  readonly commits: number;
}

/** Texts of the policy files, each from where the pull request cannot change it. */
export interface PolicyTexts {
  readonly organisation?: string;
  readonly repository?: string;
  readonly baseline?: string;
}

interface PullAnswer {
  readonly repository: {
    readonly databaseId: number;
    readonly policy: Partial<Blob> | null;
    readonly baseline: Partial<Blob> | null;
    readonly tree?: Parameters<typeof treeOf>[0];
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly baseRefName: string;
      readonly state: string;
      readonly isDraft: boolean;
      readonly author: { readonly login: string } | null;
      readonly changedFiles: number;
      readonly commits: { readonly totalCount: number };
      readonly reviewThreads: ThreadPage;
    };
  };
  readonly organisation: { readonly policy: Partial<Blob> | null } | null;
}

interface PullQuery extends RepositoryName {
  readonly number: number;
  readonly head: string;
  readonly baseRef: string;
  readonly baselinePath: string;
  /** `commit:path` of the first texts, brought along so that they cost no request of their own. */
  readonly expressions: readonly string[];
}

interface PullRead {
  readonly pull: PullRequest;
  readonly policy: PolicyTexts;
  readonly firstThreads: ThreadPage;
  /** Absent when the tree was too heavy for this query. */
  readonly tree?: Tree;
  readonly blobs: Map<string, Blob>;
  /** How many of the texts were asked for: all, or none when they were too heavy. */
  readonly textsAsked: number;
}

/**
 * Reads in one request what a review must know besides the file list: the pull request, its threads, the policies, every
 * path of the head, and the first hundred texts. Too heavy for GitHub's ten seconds: asked again without tree and texts.
 */
export async function readPull(octokit: Octokit, query: PullQuery): Promise<PullRead> {
  try {
    return await send(octokit, query, true);
  } catch (error) {
    if (!(error instanceof AnswerLost)) throw error;
    return send(octokit, { ...query, expressions: [] }, false);
  }
}

async function send(octokit: Octokit, asked: PullQuery, withTree: boolean): Promise<PullRead> {
  const { declared, values } = numbered('e', asked.expressions);
  const texts = asked.expressions.map((_, i) => `b${i}: object(expression: $e${i}) { ${blobFields} }`).join('\n');
  const query = `query Pull($owner: String!, $repo: String!, $number: Int!, $after: String, $policy: String!, $baseline: String!${withTree ? ', $tree: String!' : ''}${declared}) {
    repository(owner: $owner, name: $repo) {
      databaseId
      pullRequest(number: $number) {
        headRefOid baseRefName state isDraft changedFiles author { login }
        commits(first: 1) { totalCount }
        ${threadFields}
      }
      policy: object(expression: $policy) { ${blobFields} }
      baseline: object(expression: $baseline) { ${blobFields} }
      ${withTree ? `tree: object(expression: $tree) { ${treeFields} }` : ''}
      ${texts}
    }
    organisation: repository(owner: $owner, name: ".github") {
      policy: object(expression: "HEAD:${policyPath}") { ${blobFields} }
    }
  }`;
  const base = `refs/heads/${asked.baseRef}`;
  const answer = await ask<PullAnswer>(
    octokit,
    query,
    {
      owner: asked.owner,
      repo: asked.repo,
      number: asked.number,
      after: null,
      policy: `${base}:${policyPath}`,
      baseline: `${base}:${asked.baselinePath}`,
      ...(withTree ? { tree: `${asked.head}:` } : {}),
      ...values,
    },
    ['organisation'],
  );
  return read(answer, asked);
}

function read({ repository, organisation }: PullAnswer, asked: PullQuery): PullRead {
  const { pullRequest: pull } = repository;
  const blobs = new Map<string, Blob>();
  collect(repository as unknown as Record<string, unknown>, asked.expressions, blobs);
  const tree = treeOf(repository.tree);
  const [own, org, baseline] = [repository.policy?.text, organisation?.policy?.text, repository.baseline?.text];
  return {
    pull: {
      repositoryId: repository.databaseId,
      number: asked.number,
      head: pull.headRefOid,
      baseRef: pull.baseRefName,
      open: pull.state === 'OPEN',
      draft: pull.isDraft,
      ...(pull.author ? { author: pull.author.login } : {}),
      changedFiles: pull.changedFiles,
      commits: pull.commits.totalCount,
    },
    policy: {
      ...(org ? { organisation: org } : {}),
      ...(own ? { repository: own } : {}),
      ...(baseline ? { baseline } : {}),
    },
    firstThreads: pull.reviewThreads,
    ...(tree ? { tree } : {}),
    blobs,
    textsAsked: asked.expressions.length,
  };
}
