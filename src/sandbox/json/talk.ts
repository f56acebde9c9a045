import type { IssueComment, Reaction, Review, ReviewComment } from '../types.ts';
import type { World } from '../world.ts';
import { fullName, iso, nodeId, repositoryUrl, userJson } from './accounts.ts';

export function reviewJson(world: World, review: Review): Record<string, unknown> {
  const { pull } = review;
  const pullUrl = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  const web = `${world.url}/${fullName(pull.repository)}/pull/${pull.number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: userJson(world, review.author),
    body: review.body,
    state: review.state,
    html_url: web,
    pull_request_url: pullUrl,
    author_association: 'NONE',
    _links: { html: { href: web }, pull_request: { href: pullUrl } },
    ...(review.state !== 'PENDING' && { submitted_at: iso(review.submittedAt) }),
    commit_id: review.commit,
  };
}

export function reviewCommentJson(world: World, comment: ReviewComment): Record<string, unknown> {
  const { thread } = comment;
  const { pull } = thread;
  const base = repositoryUrl(world, pull.repository);
  const web = `${world.url}/${fullName(pull.repository)}/pull/${pull.number}#discussion_r${comment.id}`;
  const root = thread.comments[0];
  const url = `${base}/pulls/comments/${comment.id}`;
  const outdated = thread.subject === 'line' && thread.line === undefined;
  return {
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    url,
    html_url: web,
    pull_request_url: `${base}/pulls/${pull.number}`,
    pull_request_review_id: comment.review.id,
    diff_hunk: thread.hunk,
    path: thread.path,
    commit_id: outdated ? thread.originalCommit : thread.commit,
    original_commit_id: thread.originalCommit,
    user: userJson(world, comment.author),
    body: comment.body,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: 'NONE',
    _links: { self: { href: url }, html: { href: web }, pull_request: { href: `${base}/pulls/${pull.number}` } },
    subject_type: thread.subject,
    // REST gives a comment on a whole file the line 1, GraphQL gives it none.
    line: thread.subject === 'file' ? 1 : (thread.line ?? null),
    original_line: thread.subject === 'file' ? 1 : (thread.originalLine ?? null),
    start_line: thread.startLine ?? null,
    original_start_line: thread.originalStartLine ?? null,
    side: thread.side,
    start_side: thread.startSide ?? null,
    position: outdated ? null : 1,
    original_position: 1,
    reactions: rollup(url, comment.reactions),
    ...(root && root !== comment && { in_reply_to_id: root.id }),
  };
}

export function issueCommentJson(world: World, comment: IssueComment): Record<string, unknown> {
  const { pull } = comment;
  const base = repositoryUrl(world, pull.repository);
  const url = `${base}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url,
    html_url: `${world.url}/${fullName(pull.repository)}/pull/${pull.number}#issuecomment-${comment.id}`,
    issue_url: `${base}/issues/${pull.number}`,
    user: userJson(world, comment.author),
    body: comment.body,
    author_association: 'NONE',
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    performed_via_github_app: null,
    reactions: rollup(url, comment.reactions),
  };
}

export function reactionJson(world: World, reaction: Reaction): Record<string, unknown> {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: userJson(world, reaction.user),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  };
}

export const reactionContents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;

function rollup(url: string, reactions: readonly Reaction[]): Record<string, unknown> {
  const counts = reactionContents.map((content) => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}
