import type { Octokit } from '@octokit/rest';
import type { Parts } from './app-parts.ts';
import type { ReviewTask } from './github/events.ts';
import type { PullRequestRead } from './github/source.ts';
import { mayWrite } from './github/talk.ts';
import type { Finding } from './review/types.ts';
import type { Dismissal } from './store/store.ts';

/** Whose permission is asked in one review. The rest is asked in the next. */
const maxPeople = 10;

/**
 * Takes a thread that a maintainer resolved, while its finding stands, for a dismissal; and an opened one for its end. The
 * author's own "Resolve" silences the comment and no more: nobody passes the check on their own work by a click.
 */
export async function keepResolutions(
  parts: Pick<Parts, 'store'>,
  octokit: Octokit,
  task: ReviewTask,
  { pull, resolutions }: Pick<PullRequestRead, 'pull' | 'resolutions'>,
  findings: readonly Finding[],
): Promise<void> {
  const { store } = parts;
  const present = new Set(findings.map(({ fingerprint }) => fingerprint));
  // The newest thread of a finding speaks for it.
  const latest = new Map(resolutions.map((one) => [one.fingerprint, one]));
  const standing = [...latest.values()].filter(({ fingerprint }) => present.has(fingerprint));
  await store.withdrawResolved(
    task.repository,
    standing.filter(({ by }) => by === undefined).map(({ fingerprint }) => fingerprint),
  );
  const byOthers = standing.filter(({ by }) => by !== undefined && by !== pull.author);
  if (byOthers.length === 0) return;
  const known = await store.dismissed(
    task.repository,
    byOthers.map(({ fingerprint }) => fingerprint),
  );
  const people = new Map<string, boolean>();
  const dismissed: Dismissal[] = [];
  for (const { fingerprint, by } of byOthers) {
    if (by === undefined || known.has(fingerprint)) continue;
    if (!people.has(by)) {
      if (people.size >= maxPeople) continue;
      people.set(by, await mayWrite(octokit, task, by));
    }
    if (people.get(by) !== true) continue;
    const why = `its thread in #${task.number} was resolved`;
    dismissed.push({ fingerprint, kind: 'resolved', who: by, why });
  }
  await store.dismiss(task.repository, dismissed);
}
