import { fullName } from '../json/accounts.ts';
import { latestRuns } from '../json/checks.ts';
import type { Annotation, CheckRun, Pull } from '../types.ts';
import { type Html, html } from './html.ts';
import { checkMark } from './layout.ts';
import { markdown } from './markdown.ts';

/** The checks of a pull request's head, each with its summary, its annotations and its buttons. */
export function checkBoxes(pull: Pull): Html {
  const runs = latestRuns(pull.repository.runs.filter((run) => run.suite.headSha === pull.headSha));
  if (runs.length === 0) return html`<div class="box"><div class="row soft">No check yet.</div></div>`;
  return html`${runs.map((run) => checkBox(pull, run))}`;
}

function checkBox(pull: Pull, run: CheckRun): Html {
  const at = `/${fullName(pull.repository)}/pull/${pull.number}`;
  const state = run.conclusion ?? run.status.replace('_', ' ');
  return html`<div class="box check"><div class="top">${checkMark(run)} <b>${run.name}</b> <span>${run.title ?? ''}</span> <span class="soft">${state}</span>
<span class="push"></span>${run.status === 'completed' && buttons(at, run)}</div>
${run.summary !== undefined && html`<div class="body">${markdown(run.summary)}${run.text !== undefined && markdown(run.text)}</div>`}
${run.annotations.length > 0 && html`<details class="body"><summary>${run.annotations.length} ${run.annotations.length === 1 ? 'annotation' : 'annotations'}</summary>${run.annotations.map(annotationRow)}</details>`}</div>`;
}

function buttons(at: string, run: CheckRun): Html {
  return html`${run.actions.map(
    (action) => html`<form method="post" action="${at}/click"><input type="hidden" name="run" value="${run.id}">
<button name="identifier" value="${action.identifier}" title="${action.description}">${action.label}</button></form>`,
  )}<form method="post" action="${at}/rerequest"><input type="hidden" name="run" value="${run.id}"><button>Re-run</button></form>`;
}

const levels = { notice: 'soft', warning: 'amber', failure: 'red' } as const;

function annotationRow(one: Annotation): Html {
  return html`<p><span class="level ${levels[one.annotation_level]}">${one.annotation_level}</span> <code>${one.path}:${one.start_line}</code>
${one.title && html`<b>${one.title}</b>`}<br><span class="lines">${one.message}</span></p>`;
}
