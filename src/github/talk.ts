import type { Octokit } from '@octokit/rest';
import { fingerprintIn } from '../review/markdown.ts';
import type { RepositoryName } from './blobs.ts';
import { statusOf } from './errors.ts';
import type { CommandTask } from './events.ts';

/** Whether a person may write to the repository: only then do commands count. */
export async function mayWrite(octokit: Octokit, at: RepositoryName, login: string): Promise<boolean> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
      owner: at.owner,
      repo: at.repo,
      username: login,
    });
    return data.permission === 'admin' || data.permission === 'write';
  } catch (error) {
    // 404: no collaborator.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** A finding as the comment that opened a thread names it. */
export interface Said {
  readonly fingerprint: string;
  readonly rule: string | undefined;
}

/**
 * Reads which finding a thread is about. Only a comment of this very app counts.
 *
 * @param botLogin login of the app's bot, `name[bot]`
 */
export async function findingOf(
  octokit: Octokit,
  at: RepositoryName,
  commentId: number,
  botLogin: string,
): Promise<Said | undefined> {
  const { data } = await octokit.rest.pulls.getReviewComment({ owner: at.owner, repo: at.repo, comment_id: commentId });
  const fingerprint = fingerprintIn(data.body);
  if (!fingerprint || data.user?.login !== botLogin) return undefined;
  return { fingerprint, rule: /\[Learn: ([a-z0-9-]+)\]/.exec(data.body)?.[1] };
}

/** Shows the person that the command was taken (`+1`), refused (`-1`) or not understood (`confused`). Repeating it changes nothing. */
export async function react(octokit: Octokit, task: CommandTask, content: '+1' | '-1' | 'confused'): Promise<void> {
  const at = { owner: task.owner, repo: task.repo, comment_id: task.commentId, content };
  if (task.kind === 'issue-comment') await octokit.rest.reactions.createForIssueComment(at);
  else await octokit.rest.reactions.createForPullRequestReviewComment(at);
}

/** Answers in a review thread, once: the marker names the comment that is answered. */
export async function replyOnce(octokit: Octokit, task: CommandTask, body: string, mayExist: boolean): Promise<void> {
  const marker = `<!-- hindsight-reply:${task.commentId} -->`;
  const { owner, repo, number, inReplyTo } = task;
  if (inReplyTo === undefined) return;
  if (mayExist) {
    const comments = await octokit.paginate(octokit.rest.pulls.listReviewComments, {
      owner,
      repo,
      pull_number: number,
      per_page: 100,
      sort: 'created',
      direction: 'desc',
    });
    if (comments.some((comment) => comment.body.includes(marker))) return;
  }
  await octokit.rest.pulls.createReplyForReviewComment({
    owner,
    repo,
    pull_number: number,
    comment_id: inReplyTo,
    body: `${body}\n${marker}`,
  });
}
