import type { Octokit } from '@octokit/rest';
import { fingerprintIn } from '../review/markdown.ts';
import type { EarlierComment } from '../review/review-plan.ts';
import type { RepositoryName } from './blobs.ts';
import { ask } from './graphql.ts';

interface Actor {
  readonly login: string;
}

interface CommentNode {
  readonly id: string;
  readonly databaseId: number;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
  readonly isMinimized: boolean;
  readonly author: Actor | null;
  readonly reactionGroups:
    | readonly { readonly content: string; readonly reactors: { readonly totalCount: number } }[]
    | null;
}

interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly resolvedBy: Actor | null;
  readonly comments: { readonly totalCount: number; readonly nodes: readonly CommentNode[] };
}

/** One page of review threads. */
export interface ThreadPage {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly ThreadNode[];
}

/** Selection of a page of threads; the variable `$after` is its cursor. */
export const threadFields = `reviewThreads(first: 100, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes {
    id isResolved isOutdated resolvedBy { login }
    comments(first: 20) {
      totalCount
      nodes {
        id databaseId body viewerDidAuthor isMinimized author { login }
        reactionGroups { content reactors(first: 1) { totalCount } }
      }
    }
  }
}`;

/** A pull request of more threads than this is read as far as this. */
const maxPages = 20;

/** Who resolved the thread of a finding: a person, or nobody. */
export interface Resolution {
  readonly fingerprint: string;
  readonly by?: string;
}

/** How many people put their thumbs up and down at a comment of ours. */
export interface Thumbs {
  readonly fingerprint: string;
  readonly up: number;
  readonly down: number;
}

/**
 * Reads every review thread of a pull request.
 *
 * @param first the first page, when another query has brought it along
 */
export async function readThreads(
  octokit: Octokit,
  at: RepositoryName & { readonly number: number },
  first?: ThreadPage,
): Promise<ThreadNode[]> {
  const threads: ThreadNode[] = [...(first?.nodes ?? [])];
  let page = first;
  for (let read = first ? 1 : 0; read < maxPages && (!page || page.pageInfo.hasNextPage); read++) {
    const query = `query Threads($owner: String!, $repo: String!, $number: Int!, $after: String) {
      repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ${threadFields} } }
    }`;
    const { owner, repo, number } = at;
    const answer = await ask<{ repository: { pullRequest: { reviewThreads: ThreadPage } } }>(octokit, query, {
      owner,
      repo,
      number,
      after: page?.pageInfo.endCursor ?? null,
    });
    page = answer.repository.pullRequest.reviewThreads;
    threads.push(...page.nodes);
  }
  return threads;
}

/**
 * Finds what earlier reviews said. A marker counts only in a comment that we wrote and that opens its thread: anybody can
 * copy a marker.
 */
export function earlierComments(threads: readonly ThreadNode[]): EarlierComment[] {
  return threads.flatMap((thread) => {
    const own = ownOpening(thread);
    if (!own) return [];
    const others = thread.comments.nodes.filter((comment) => !comment.viewerDidAuthor);
    return [
      {
        fingerprint: own.fingerprint,
        commentId: own.comment.databaseId,
        nodeId: own.comment.id,
        threadId: thread.id,
        body: own.comment.body,
        state: own.comment.body.includes('<!-- hindsight-state:fixed -->') ? ('fixed' as const) : ('open' as const),
        resolvedByHuman: thread.isResolved && thread.resolvedBy?.login !== own.comment.author?.login,
        humanReplied: others.length > 0 || thread.comments.totalCount > thread.comments.nodes.length,
        outdated: thread.isOutdated,
      },
    ];
  });
}

/** Says of each finding of ours whether a person, and who, resolved its thread. */
export function resolutionsOf(threads: readonly ThreadNode[]): Resolution[] {
  return threads.flatMap((thread) => {
    const own = ownOpening(thread);
    if (!own) return [];
    const by = thread.isResolved ? thread.resolvedBy?.login : undefined;
    const byPerson = by !== undefined && by !== own.comment.author?.login;
    return [{ fingerprint: own.fingerprint, ...(byPerson ? { by } : {}) }];
  });
}

/** Counts the reactions on our comments, none included: there is no webhook for them, so they are read when something else happens. */
export function thumbsOf(threads: readonly ThreadNode[]): Thumbs[] {
  return threads.flatMap((thread) => {
    const own = ownOpening(thread);
    const count = (content: string) =>
      own?.comment.reactionGroups?.find((group) => group.content === content)?.reactors.totalCount ?? 0;
    return own ? [{ fingerprint: own.fingerprint, up: count('THUMBS_UP'), down: count('THUMBS_DOWN') }] : [];
  });
}

function ownOpening(thread: ThreadNode): { comment: CommentNode; fingerprint: string } | undefined {
  const [comment] = thread.comments.nodes;
  const fingerprint = comment?.viewerDidAuthor ? fingerprintIn(comment.body) : undefined;
  return comment && fingerprint ? { comment, fingerprint } : undefined;
}
