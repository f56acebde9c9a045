import { Marked } from 'marked';
import { exampleLines } from './example-code.ts';
import { escapeHtml, inlineCode } from './html.ts';
import { page } from './layout.ts';
import type { ExampleCode, LessonPage, RuleSection } from './lesson.ts';

const marked = new Marked({ gfm: true });

/**
 * The page of one lesson: its story, then what Hindsight looks for, each rule under its own anchor.
 *
 * @param lesson trusted: its Markdown and rules are part of this program
 * @param neighbours the lessons before and after it, to read on
 */
export function renderLesson(
  lesson: LessonPage,
  neighbours: { readonly previous?: LessonPage | undefined; readonly next?: LessonPage | undefined } = {},
): string {
  const story = marked.parse(lesson.markdown, { async: false });
  const index = lesson.rules.map(({ id }) => `<a href="#${escapeHtml(id)}">${escapeHtml(id)}</a>`).join(' · ');
  const rules =
    lesson.rules.length === 0
      ? ''
      : `<h2 id="rules">The rules</h2>\n<p class="label">${index}</p>\n${lesson.rules.map(renderRule).join('\n')}`;
  const link = (other: LessonPage | undefined, label: (title: string) => string) =>
    other ? `<a href="/lessons/${other.slug}">${label(inlineCode(other.title))}</a>` : '<span></span>';
  const pager = `<nav class="pager">${link(neighbours.previous, (title) => `← ${title}`)}${link(neighbours.next, (title) => `${title} →`)}</nav>`;
  return page(`${lesson.title} · Hindsight`, firstSentence(lesson), `${story}\n${rules}\n${pager}`);
}

/** The list of all lessons. */
export function renderLessons(lessons: readonly LessonPage[]): string {
  return page(
    'Ten lessons · Hindsight',
    'Ten mistakes that take backends down, and how not to make them.',
    `<h1>Ten lessons</h1>\n<p>Each is a mistake that works on your machine, passes its tests, and takes production down some months later.</p>\n${list(lessons)}`,
  );
}

/** Where a link to a lesson leads that there is not. */
export function renderNoLesson(lessons: readonly LessonPage[]): string {
  return page(
    'No such lesson · Hindsight',
    'There is no lesson at this address.',
    `<h1>No such lesson</h1>\n<p>These are the ten there are.</p>\n${list(lessons)}`,
  );
}

/** The home page: what this server is, and where to read on. */
export function renderHome(lessons: readonly LessonPage[]): string {
  return page(
    'Hindsight',
    'A pull-request reviewer for people who build backends.',
    `<h1>See it before production does</h1>
<p>This is Hindsight, a GitHub App that reads pull requests of backend code. It looks for leaked secrets and for the ten mistakes that take
production down, comments on the lines in question, says why they matter there, and links to the lesson behind.</p>
<p>It speaks up only about lines that a pull request adds, and stays silent when it does not know.</p>
<h2>The lessons</h2>
${list(lessons)}
<h2>For operators</h2>
<p><a href="/healthz">Health</a>, <a href="/readyz">readiness</a>, <a href="/metrics">metrics</a>, the
<a href="/openapi.yaml">description of these endpoints</a> and the <a href="/hindsight.schema.json">schema of the policy file</a>.</p>`,
  );
}

function list(lessons: readonly LessonPage[]): string {
  const items = lessons.map(
    (lesson) =>
      `<li><a href="/lessons/${lesson.slug}"><span class="number">${lesson.number}</span><span><b>${inlineCode(lesson.title)}</b><small>${inlineCode(firstSentence(lesson))}</small></span></a></li>`,
  );
  return `<ol class="lessons">\n${items.join('\n')}\n</ol>`;
}

/** The first sentence of the story: what the list and search engines show. */
function firstSentence(lesson: LessonPage): string {
  const paragraph = lesson.markdown.split('\n\n').find((block) => /^[A-Z"“*_`]/.test(block.trim())) ?? '';
  const plain = paragraph
    .replace(/\s+/g, ' ')
    .replace(/[*_]{1,2}/g, '')
    .trim();
  const end = plain.search(/[.!?](\s|$)/);
  return end < 0 ? plain : plain.slice(0, end + 1);
}

function renderRule(rule: RuleSection): string {
  const id = escapeHtml(rule.id);
  return `<section class="rule" id="${id}">
<h3><a href="#${id}">${id}</a><span class="severity">${escapeHtml(rule.severity)}</span></h3>
<p>${inlineCode(rule.summary)}</p>
<p>${inlineCode(rule.why)}</p>
<p><b>What to do.</b> ${inlineCode(rule.fix)}</p>
${rule.bad
  .slice(0, 2)
  .map((example) => renderExample('Flagged', 'bad', example))
  .join('\n')}
${rule.good
  .slice(0, 2)
  .map((example) => renderExample('Fine', 'good', example))
  .join('\n')}
</section>`;
}

function renderExample(label: string, kind: 'bad' | 'good', example: ExampleCode): string {
  const where = example.path ? ` · ${escapeHtml(example.path)}` : '';
  const before = example.before
    ? `<p class="label">Before${where}</p>\n<pre><code>${renderCode(example.before)}</code></pre>\n`
    : '';
  return `${before}<p class="label">${label}${where}</p>\n<pre class="${kind}"><code>${renderCode(example.code)}</code></pre>`;
}

function renderCode(code: string): string {
  return exampleLines(code)
    .map(({ text, flagged }) => (flagged ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text)))
    .join('\n');
}
