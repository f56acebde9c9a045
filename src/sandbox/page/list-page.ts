import type { LocalRequest } from '../actions/review-local.ts';
import { fullName } from '../json/accounts.ts';
import { latestRuns } from '../json/checks.ts';
import type { Pull } from '../types.ts';
import type { World } from '../world.ts';
import { type Html, html } from './html.ts';
import { checkMark, layout } from './layout.ts';

/** All pull requests, newest first, and the box to review a repository of one's own. */
export function listPage(world: World, wrong?: { readonly message: string; readonly asked: LocalRequest }): string {
  const pulls = [...world.repositories.values()].flatMap((repository) => [...repository.pulls.values()]);
  pulls.sort((a, b) => b.id - a.id);
  return layout(
    world,
    'Pull requests',
    html`<h1>Pull requests</h1><div class="box">${pulls.map(row)}${pulls.length === 0 && html`<div class="row soft">None yet.</div>`}</div>${localBox(wrong)}`,
  );
}

function row(pull: Pull): Html {
  const runs = latestRuns(pull.repository.runs.filter((run) => run.suite.headSha === pull.headSha));
  const comments = pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0);
  return html`<div class="row">${runs.map(checkMark)}<div><b><a href="/${fullName(pull.repository)}/pull/${pull.number}">${pull.title}</a></b><br>
<span class="soft">${fullName(pull.repository)} #${pull.number}, by ${pull.author.login}${pull.draft && ', a draft'}</span></div>
<span class="push soft">${comments} ${comments === 1 ? 'comment' : 'comments'}</span></div>`;
}

function localBox(wrong?: { readonly message: string; readonly asked: LocalRequest }): Html {
  const { path, base, head } = wrong?.asked ?? { path: '', base: 'main', head: 'HEAD' };
  return html`<div class="box"><div class="top"><b>Review a repository of mine</b></div><form class="body" method="post" action="/review-local">
<p class="soft">A git repository on this machine and two commits (branches, tags, SHAs). It is read where it is and not changed; nothing leaves this machine.</p>
${wrong && html`<div class="wrong" role="alert">${wrong.message[0]?.toUpperCase()}${wrong.message.slice(1)}.</div>`}
<div class="fields"><label>Folder<input name="path" placeholder="~/projects/api" required value="${path}"></label>
<label>Base<input name="base" required value="${base}"></label><label>Head<input name="head" required value="${head}"></label><button class="main">Open a pull request</button></div></form></div>`;
}

/** An address that nothing is at, and the way back. */
export function missingPage(world: World): string {
  return layout(
    world,
    'Not found',
    html`<h1>Nothing is here</h1><p>It may have been part of an earlier demo: each starts anew. <a href="/">All pull requests</a></p>`,
  );
}
