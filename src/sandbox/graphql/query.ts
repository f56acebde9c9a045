import { readNodeId } from '../json/accounts.ts';
import { Refusal } from '../refusal.ts';
import type { IssueComment, Pull, Repository, ReviewComment, Thread, Token } from '../types.ts';
import type { World } from '../world.ts';
import { type Asker, actorNode } from './asker.ts';
import { pullNode, repositoryNode } from './pull-nodes.ts';
import { commentNode, reviewCommentNode, reviewNode, threadNode } from './talk-nodes.ts';

const visibleRepositories = (world: World, token: Token): readonly Repository[] =>
  [...world.repositories.values()].filter(
    (one) => one.installation === token.installation && (!token.repositories || token.repositories.includes(one.name)),
  );

/** Pull requests, and what hangs on them, of the installation that asks. */
export const visiblePulls = (world: World, token: Token): readonly Pull[] =>
  visibleRepositories(world, token).flatMap((repository) => [...repository.pulls.values()]);

export function findThread(world: World, token: Token, id: string): Thread {
  const { id: number } = readNodeId(id);
  const found = visiblePulls(world, token)
    .flatMap((pull) => pull.threads)
    .find((thread) => thread.id === number);
  if (!found) throw noNode(id);
  return found;
}

/** A review comment or a comment of the conversation by its node id. */
export function findComment(world: World, token: Token, id: string): ReviewComment | IssueComment {
  const { id: number } = readNodeId(id);
  for (const pull of visiblePulls(world, token)) {
    const all = [...pull.comments, ...pull.threads.flatMap((thread) => thread.comments)];
    const found = all.find((one) => one.id === number);
    if (found) return found;
  }
  throw noNode(id);
}

export const isReviewComment = (one: ReviewComment | IssueComment): one is ReviewComment => 'thread' in one;

const noNode = (id: string): Refusal =>
  new Refusal(404, { message: `Could not resolve to a node with the global id of '${id}'` });

/** The root of queries. */
export function query(asker: Asker) {
  const { world, token } = asker;
  const repository = ({ owner, name }: { owner: string; name: string }) => {
    try {
      return repositoryNode(asker, world.repository({ owner, repo: name }, token));
    } catch {
      throw new Refusal(404, { message: `Could not resolve to a Repository with the name '${owner}/${name}'.` });
    }
  };
  const node = ({ id }: { id: string }): unknown => {
    const { kind, id: number } = readNodeId(id);
    const pulls = visiblePulls(world, token);
    if (kind === 'PR') return pullNode(asker, found(pulls, number, id));
    if (kind === 'PRRT') return threadNode(asker, findThread(world, token, id));
    const reviews = pulls.flatMap((pull) => pull.reviews);
    if (kind === 'PRR') return reviewNode(asker, found(reviews, number, id));
    if (kind === 'R') return repositoryNode(asker, found(visibleRepositories(world, token), number, id));
    const comment = findComment(world, token, id);
    return isReviewComment(comment) ? reviewCommentNode(asker, comment) : commentNode(asker, comment);
  };
  return {
    repository,
    node,
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => node({ id })),
    viewer: () => actorNode(world.app.bot),
    rateLimit: () => ({
      limit: world.limits.requestsPerHour,
      cost: 1,
      remaining: world.limits.requestsPerHour,
      nodeCount: 0,
      used: 0,
      resetAt: new Date(world.now() + 3_600_000).toISOString(),
    }),
  };
}

function found<T extends { readonly id: number }>(all: readonly T[], number: number, id: string): T {
  const one = all.find((item) => item.id === number);
  if (!one) throw noNode(id);
  return one;
}
