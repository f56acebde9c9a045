import { fingerprintIn } from '../review/markdown.ts';

/**
 * From a webhook to what has to be done. Pure: nothing is asked of GitHub before the work is stored. Payloads are typed by
 * what is read of them, every field of which GitHub documents for the event.
 */

/** A repository, and the installation that reaches it. */
interface InstalledIn {
  readonly installation: number;
  readonly repository: number;
  readonly owner: string;
  readonly repo: string;
}

/** A pull request's head to be reviewed. */
export interface ReviewTask extends InstalledIn {
  readonly number: number;
  readonly head: string;
  readonly baseRef: string;
  /** Which review of this head: `push` for the first, else named after what asked for another. */
  readonly round: string;
}

/** A commit of the merge queue to be checked. */
export interface GroupTask extends InstalledIn {
  readonly head: string;
  readonly base: string;
  readonly baseRef: string;
  /** The pull request that the group adds, read from the name of its branch. */
  readonly number: number | undefined;
}

/** A re-run asked for on a commit: which pull requests have it as their head must be asked first. */
export interface RerunTask extends InstalledIn {
  readonly head: string;
  readonly round: string;
  /** Also dismiss what was found there, in the name of this person. */
  readonly acceptedBy?: string;
}

/** Something a person wrote to us. */
export interface CommandTask extends InstalledIn {
  readonly number: number;
  readonly commentId: number;
  readonly kind: 'review-comment' | 'issue-comment';
  /** The comment that opened the thread, of a reply. */
  readonly inReplyTo?: number;
  readonly who: string;
  readonly command: Command;
}

export interface Command {
  readonly verb: 'ignore' | 'false-positive' | 'explain' | 'recheck';
  readonly reason: string;
}

export type Work =
  | { readonly name: 'review'; readonly task: ReviewTask; readonly startAfterSeconds?: number }
  | { readonly name: 'group'; readonly task: GroupTask }
  | { readonly name: 'cancel-group'; readonly task: GroupTask }
  | { readonly name: 'rerun'; readonly task: RerunTask }
  | { readonly name: 'command'; readonly task: CommandTask }
  | { readonly name: 'sweep' };

interface Payload {
  readonly action?: string;
  readonly installation?: { readonly id: number };
  readonly repository?: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } };
  readonly sender?: { readonly login: string; readonly type: string };
  readonly pull_request?: {
    readonly number: number;
    readonly state: string;
    readonly head: { readonly sha: string };
    readonly base: { readonly ref: string };
    readonly user?: { readonly login: string } | null;
  };
  readonly changes?: { readonly base?: unknown };
  readonly merge_group?: {
    readonly head_sha: string;
    readonly head_ref: string;
    readonly base_sha: string;
    readonly base_ref: string;
  };
  readonly check_run?: { readonly head_sha: string; readonly name: string };
  readonly check_suite?: { readonly head_sha: string };
  readonly requested_action?: { readonly identifier: string };
  readonly comment?: { readonly id: number; readonly body: string; readonly in_reply_to_id?: number };
  readonly thread?: {
    readonly comments: readonly {
      readonly body: string;
      readonly user?: { readonly type: string } | null;
    }[];
  };
  readonly issue?: { readonly number: number; readonly pull_request?: unknown };
}

/** People resolve several threads one after the other: one review for all of them. */
const afterResolvingSeconds = 5;
const reviewed = new Set(['opened', 'reopened', 'synchronize', 'ready_for_review', 'edited']);

/**
 * What a delivery asks of us; nothing for the events and actions that do not concern a review.
 *
 * @param guid names the delivery; a redelivery has the same, so it asks for the same round
 */
export function workOf(event: string, guid: string, payload: Payload): Work | undefined {
  if (event === 'installation' || event === 'installation_repositories') return installationWork(payload);
  const { installation, repository, action = '' } = payload;
  if (!installation || !repository) return undefined;
  const at = {
    installation: installation.id,
    repository: repository.id,
    owner: repository.owner.login,
    repo: repository.name,
  };
  if (event === 'pull_request') return pullWork(at, guid, payload);
  if (event === 'pull_request_review_thread') return threadWork(at, guid, payload);
  if (event === 'merge_group' && payload.merge_group) {
    const { head_sha: head, base_sha: base, base_ref, head_ref } = payload.merge_group;
    const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(head_ref)?.[1];
    const baseRef = base_ref.replace(/^refs\/heads\//, '');
    const task = { ...at, head, base, baseRef, number: number === undefined ? undefined : Number(number) };
    if (action === 'checks_requested') return { name: 'group', task };
    return action === 'destroyed' ? { name: 'cancel-group', task } : undefined;
  }
  if (event === 'check_suite' && payload.check_suite && action === 'rerequested') {
    return { name: 'rerun', task: { ...at, head: payload.check_suite.head_sha, round: `rerun-${guid}` } };
  }
  if (event === 'check_run' && payload.check_run) return checkWork(at, guid, payload);
  if (event === 'pull_request_review_comment' || event === 'issue_comment') return commandWork(event, at, payload);
  return undefined;
}

function pullWork(
  at: InstalledIn,
  guid: string,
  { action = '', pull_request: pull, changes }: Payload,
): Work | undefined {
  if (pull?.state !== 'open' || !reviewed.has(action)) return undefined;
  // A new title changes nothing of the code; a new base does.
  if (action === 'edited' && !changes?.base) return undefined;
  const again = action === 'edited' || action === 'ready_for_review';
  return { name: 'review', task: taskOf(at, pull, again ? `${action}-${guid}` : 'push') };
}

function taskOf(at: InstalledIn, pull: NonNullable<Payload['pull_request']>, round: string): ReviewTask {
  return { ...at, number: pull.number, head: pull.head.sha, baseRef: pull.base.ref, round };
}

/** A thread of ours that somebody else than the author resolved, or opened again: the finding may count no longer. */
function threadWork(
  at: InstalledIn,
  guid: string,
  { action = '', thread, pull_request: pull, sender }: Payload,
): Work | undefined {
  if (pull?.state !== 'open' || (action !== 'resolved' && action !== 'unresolved')) return undefined;
  if (!sender || sender.type === 'Bot' || sender.login === pull.user?.login) return undefined;
  const [opening] = thread?.comments ?? [];
  if (opening?.user?.type !== 'Bot' || fingerprintIn(opening.body) === undefined) return undefined;
  return { name: 'review', task: taskOf(at, pull, `${action}-${guid}`), startAfterSeconds: afterResolvingSeconds };
}

function checkWork(at: InstalledIn, guid: string, payload: Payload): Work | undefined {
  const { check_run: run, requested_action: button, action, sender } = payload;
  if (!run) return undefined;
  const task = { ...at, head: run.head_sha, round: `rerun-${guid}` };
  if (action === 'rerequested') return { name: 'rerun', task };
  if (action !== 'requested_action') return undefined;
  // GitHub shows the buttons to people who may write, and to nobody else.
  if (button?.identifier === 'accept' && sender) {
    return { name: 'rerun', task: { ...task, acceptedBy: sender.login } };
  }
  return button?.identifier === 'recheck' ? { name: 'rerun', task } : undefined;
}

function commandWork(event: string, at: InstalledIn, payload: Payload): Work | undefined {
  const { action, comment, sender, issue, pull_request: pull } = payload;
  const number = pull?.number ?? (issue?.pull_request ? issue.number : undefined);
  if (action !== 'created' || !comment || number === undefined || !sender || sender.type === 'Bot') return undefined;
  const command = parseCommand(comment.body);
  if (!command) return undefined;
  return {
    name: 'command',
    task: {
      ...at,
      number,
      commentId: comment.id,
      kind: event === 'issue_comment' ? 'issue-comment' : 'review-comment',
      ...(comment.in_reply_to_id === undefined ? {} : { inReplyTo: comment.in_reply_to_id }),
      who: sender.login,
      command,
    },
  };
}

function installationWork({ action = '' }: Payload): Work | undefined {
  // What is gone needs nothing: its jobs end when GitHub gives no token.
  return ['created', 'unsuspend', 'added', 'new_permissions_accepted'].includes(action) ? { name: 'sweep' } : undefined;
}

/** Reads a command: the first line of a comment, `/hindsight verb reason`. */
export function parseCommand(body: string): Command | undefined {
  const [line = ''] = body.trimStart().slice(0, 500).split(/\r?\n/);
  const found = /^\/hindsight[ \t]+(ignore|false-positive|explain|recheck)\b(.*)$/i.exec(line);
  if (!found) return undefined;
  return {
    verb: (found[1] ?? '').toLowerCase() as Command['verb'],
    reason: (found[2] ?? '')
      .replace(/^[ \t:-]{1,60}/, '')
      .trim()
      .slice(0, 300),
  };
}
