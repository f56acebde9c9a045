import { type ChangedFile, type PatchLine, readPatch } from '../diff.ts';
import { fullName } from '../json/accounts.ts';
import type { IssueComment, Pull, Review, ReviewComment, Thread } from '../types.ts';
import type { World } from '../world.ts';
import { checkBoxes } from './check-box.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { markdown } from './markdown.ts';

const shownFiles = 300;
const openLines = 1500;

/** A pull request: its check, what was said about it, its files with the comments on their lines. */
export async function pullPage(world: World, pull: Pull): Promise<string> {
  const files = await world.filesOf(pull);
  const reviews = pull.reviews.filter((review) => review.state !== 'PENDING' && review.body.trim() !== '');
  const said = [...reviews, ...pull.comments].sort((a, b) => a.id - b.id);
  return layout(
    world,
    `${pull.title} #${pull.number}`,
    html`${heading(pull)}${pull.body !== '' && html`<div class="box"><div class="body">${markdown(pull.body)}</div></div>`}
<h2>Checks</h2>${checkBoxes(pull)}
${said.length > 0 && html`<h2>Conversation</h2>${said.map(comment)}`}
<h2>Files changed <span class="soft">${files.length}</span></h2>${files.slice(0, shownFiles).map((file) => fileBox(pull, file))}
${files.length > shownFiles && html`<p class="soft">${files.length - shownFiles} more files are not drawn here.</p>`}`,
  );
}

function heading(pull: Pull): Html {
  const state = pull.mergedAt !== undefined ? 'merged' : pull.draft ? 'draft' : pull.state;
  const head =
    pull.headRepository === pull.repository ? pull.headRef : `${pull.headRepository.owner.login}:${pull.headRef}`;
  return html`<h1>${pull.title} <span>#${pull.number}</span></h1><p><span class="badge ${state}">${state}</span>
<span class="soft">by</span> <b>${pull.author.login}</b> <span class="soft">from</span> <code>${head}</code> <span class="soft">into</span> <code>${fullName(pull.repository)}:${pull.baseRef}</code>
<span class="soft">at</span> <code>${pull.headSha.slice(0, 7)}</code></p>`;
}

function comment(one: Review | IssueComment | ReviewComment): Html {
  const { author } = one;
  const minimized = 'minimized' in one ? one.minimized : undefined;
  const reactions = 'reactions' in one ? one.reactions : [];
  const emoji: Readonly<Record<string, string>> = {
    '+1': '👍',
    '-1': '👎',
    laugh: '😄',
    hooray: '🎉',
    confused: '😕',
    heart: '❤️',
    rocket: '🚀',
    eyes: '👀',
  };
  const body = html`<div class="said">${markdown(one.body)}${reactions.map((reaction) => html`<span class="bot" title="${reaction.user.login}">${emoji[reaction.content] ?? reaction.content}</span> `)}</div>`;
  return html`<div class="comment"><div class="who"><b>${author.login.replace(/\[bot\]$/, '')}</b> ${author.type === 'Bot' && html`<span class="bot">bot</span>`}</div>
${minimized === undefined ? body : html`<details class="said"><summary class="soft">This comment was marked as ${minimized.toLowerCase()}.</summary>${body}</details>`}</div>`;
}

function fileBox(pull: Pull, file: ChangedFile): Html {
  const threads = pull.threads.filter((thread) => thread.path === file.path);
  const lines = file.patch === undefined ? [] : readPatch(file.patch);
  const name = file.previousPath === undefined ? file.path : `${file.previousPath} → ${file.path}`;
  const apart = threads.filter((thread) => thread.line === undefined);
  const table = html`<table class="diff"><tbody>${apart.map((thread) => talk(pull, thread))}${lines.map((line) => diffRow(pull, threads, line))}</tbody></table>`;
  const tooLong = lines.length > openLines;
  return html`<div class="box file"><div class="top"><code>${name}</code> <span class="soft">${file.status === 'modified' ? '' : file.status}</span>
<span class="push"><b class="green">+${file.additions}</b> <b class="red">−${file.deletions}</b></span></div>
${lines.length === 0 && html`<div class="row soft">No text to show.</div>`}
${tooLong ? html`<details><summary class="soft">${lines.length} lines</summary>${table}</details>` : table}</div>`;
}

function diffRow(pull: Pull, threads: readonly Thread[], line: PatchLine): Html {
  if (line.kind === 'hunk')
    return html`<tr class="hunk"><td class="n"></td><td class="n"></td><td>${line.text}</td></tr>`;
  const sign = { added: '+', removed: '-', context: ' ', note: '' }[line.kind];
  const here = threads.filter((thread) =>
    thread.side === 'LEFT'
      ? line.kind === 'removed' && thread.line === line.old
      : line.new !== undefined && thread.line === line.new,
  );
  return html`<tr class="${line.kind}"><td class="n">${line.old}</td><td class="n">${line.new}</td><td>${sign}${line.text}</td></tr>${here.map((thread) => talk(pull, thread))}`;
}

function talk(pull: Pull, thread: Thread): Html {
  const at = `/${fullName(pull.repository)}/pull/${pull.number}`;
  const [root] = thread.comments;
  const about =
    thread.subject === 'file'
      ? 'On the file'
      : thread.line === undefined
        ? `Outdated, was on line ${thread.originalLine}`
        : undefined;
  const content = html`${about && html`<p class="soft">${about}</p>`}${thread.comments.map(comment)}
<form class="reply" method="post" action="${at}/reply"><input type="hidden" name="comment" value="${root?.id}"><textarea name="body" placeholder="Reply…" required></textarea><button>Reply</button>
<button formaction="${at}/resolve" formnovalidate>${thread.resolvedBy ? 'Unresolve' : 'Resolve'}</button></form>`;
  const shown = thread.resolvedBy
    ? html`<details><summary class="soft">Resolved by ${thread.resolvedBy.login}</summary>${content}</details>`
    : content;
  return html`<tr class="talk"><td colspan="3">${shown}</td></tr>`;
}
