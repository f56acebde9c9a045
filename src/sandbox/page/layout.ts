import { createHash } from 'node:crypto';
import type { CheckRun } from '../types.ts';
import type { World } from '../world.ts';
import { type Html, html } from './html.ts';

/** A whole page. */
export function layout(world: World, title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script></head>
<body data-version="${version(world)}"><header><b><a href="/">Sandbox</a></b> <span>a GitHub on this machine, for trying Hindsight</span></header>
<main>${content}</main></body></html>`.html;
}

/** Changes whenever a page would look different. */
export function version(world: World): string {
  const hash = createHash('sha256');
  for (const repository of world.repositories.values()) {
    for (const run of repository.runs)
      hash.update(`${run.id}${run.status}${run.conclusion}${run.annotations.length}${run.summary}`);
    for (const pull of repository.pulls.values()) {
      hash.update(`${pull.id}${pull.headSha}${pull.state}${pull.draft}${pull.reviews.length}`);
      for (const thread of pull.threads) hash.update(`${thread.id}${thread.line}${thread.resolvedBy?.login}`);
      const said = [...pull.comments, ...pull.threads.flatMap((thread) => thread.comments)];
      for (const one of said) hash.update(`${one.id}${one.body}${one.minimized}${one.reactions.length}`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const marks: Readonly<Record<string, readonly [string, string]>> = {
  success: ['green', '✓'],
  failure: ['red', '✗'],
  timed_out: ['red', '✗'],
  action_required: ['red', '!'],
  neutral: ['soft', '■'],
  skipped: ['soft', '⊘'],
  cancelled: ['soft', '⊘'],
};

/** The sign in front of a check. */
export function checkMark(run: CheckRun): Html {
  if (run.status !== 'completed') return html`<span class="spin" title="${run.status}"></span>`;
  const [colour, sign] = marks[run.conclusion ?? ''] ?? ['soft', '?'];
  return html`<b class="${colour}" title="${run.conclusion}">${sign}</b>`;
}
