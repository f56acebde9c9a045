import { describe, expect, test } from '@jest/globals';
import type { LessonPage } from '../../src/web/lesson.ts';
import { renderHome, renderLesson } from '../../src/web/lesson-page.ts';

const lesson: LessonPage = {
  number: 9,
  slug: 'n-plus-one',
  title: 'One query too many',
  markdown: '# One query too many\n\nIt was fast with ten rows. Then came ten thousand.\n',
  rules: [
    {
      id: 'no-query-in-loop',
      severity: 'warning',
      summary: 'Ask once with `IN`, not once a row.',
      why: 'Each <row> costs a round trip.',
      fix: 'Collect the ids first.',
      bad: [{ path: 'orders.ts', code: '  for (const id of ids) {\n>   await read<Order>(id);\n  }\n' }],
      good: [{ code: 'await readAll(ids);' }],
    },
  ],
};

describe('a lesson page', () => {
  const html = renderLesson(lesson);

  test('has an anchor for each rule, where links from comments go', () => {
    expect(html).toContain('<section class="rule" id="no-query-in-loop">');
  });

  test('marks exactly the flagged lines of a bad example, and takes the margin off', () => {
    expect(html).toContain('<code>for (const id of ids) {\n<mark>  await read&lt;Order&gt;(id);</mark>\n}</code>');
  });

  test('keeps code that begins in the first column where it is', () => {
    const code = 'BEGIN;\n>CREATE INDEX a ON b (c);\nCOMMIT;';
    const page = renderLesson({ ...lesson, rules: lesson.rules.map((rule) => ({ ...rule, bad: [{ code }] })) });
    expect(page).toContain('<code>BEGIN;\n<mark>CREATE INDEX a ON b (c);</mark>\nCOMMIT;</code>');
  });

  test('escapes what rules say, and shows code as code', () => {
    expect(html).toContain('Each &lt;row&gt; costs');
    expect(html).toContain('Ask once with <code>IN</code>');
  });

  test('leads to the lessons beside it', () => {
    const next = { ...lesson, slug: 'api-contract', title: 'A promise broken' };
    expect(renderLesson(lesson, { next })).toContain('<a href="/lessons/api-contract">A promise broken →</a>');
  });
});

test('the home page lists each lesson with the first sentence of its story', () => {
  expect(renderHome([lesson])).toContain('<small>It was fast with ten rows.</small>');
});
