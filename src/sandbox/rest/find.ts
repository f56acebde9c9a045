import type { Call } from '../http.ts';
import { notFound } from '../refusal.ts';
import type { CheckRun, CheckSuite, IssueComment, Pull, Repository, ReviewComment } from '../types.ts';

/** The repository of a call, as far as its token may see it. */
export const repositoryOf = ({ world, params, token }: Call): Repository => world.repository(params, token);

export const pullOf = (call: Call): Pull => call.world.pull(repositoryOf(call), Number(call.params.pull_number));

export function reviewCommentOf(call: Call): ReviewComment {
  const id = Number(call.params.comment_id);
  for (const pull of repositoryOf(call).pulls.values()) {
    for (const thread of pull.threads) {
      const found = thread.comments.find((comment) => comment.id === id);
      if (found) return found;
    }
  }
  throw notFound();
}

export function issueCommentOf(call: Call): IssueComment {
  const id = Number(call.params.comment_id);
  for (const pull of repositoryOf(call).pulls.values()) {
    const found = pull.comments.find((comment) => comment.id === id);
    if (found) return found;
  }
  throw notFound();
}

export function runOf(call: Call): CheckRun {
  const run = repositoryOf(call).runs.find(({ id }) => id === Number(call.params.check_run_id));
  if (!run) throw notFound();
  return run;
}

export function suiteOf(call: Call): CheckSuite {
  const suite = repositoryOf(call).suites.find(({ id }) => id === Number(call.params.check_suite_id));
  if (!suite) throw notFound();
  return suite;
}
