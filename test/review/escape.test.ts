import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { clip, escapeMarkdown, escapeSentence, fenced, inlineCode, showInvisible } from '../../src/review/escape.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('`', '``', '```', '|', '@admin', '#1', '<img src=x>', '</details>', '<!--', '-->', '\n', '\r\n'),
      fc.constantFrom(
        '[a](https://example.org)',
        '![a](b)',
        '**',
        '_',
        '~~',
        '$',
        '\\',
        '\u202e',
        '\u200b',
        '&lt;',
        '> ',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const html = (markdown: string) => String(marked.parse(markdown, { gfm: true, async: false }));
/** The one paragraph that running text becomes, or undefined where it became anything else. */
const paragraph = (markdown: string) => /^<p>([^<]*)<\/p>\s*$/.exec(html(markdown))?.[1];

describe('running text', () => {
  test('mentions nobody and refers to no issue', () => {
    expect(escapeMarkdown('ask @octocat or @org/team about #12')).not.toMatch(/@[a-z]|#\d/);
  });

  test('becomes no HTML, link, emphasis or list, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(paragraph(`Named ${escapeMarkdown(text)} here`)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  test('stays in its cell of a table', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, quoted) => {
        const table = `| a | b |\n| --- | --- |\n| ${escapeMarkdown(text)} | ${inlineCode(quoted || 'x')} |`;
        expect(html(table).match(/<td>/g)).toHaveLength(2);
        expect(html(table).match(/<tr>/g)).toHaveLength(2);
      }),
      { numRuns: 300 },
    );
  });

  test('shows the controls that reorder or hide text', () => {
    for (const c of ['\u202e', '\u2066', '\u200b', '\ufeff', '\u0007', '\u{e0041}']) {
      const shown = showInvisible(`a${c}b`);
      expect(shown).toBe(`a\\u{${c.codePointAt(0)?.toString(16)}}b`);
    }
    expect(showInvisible('a\tb\nc é 漢 🛑')).toBe('a\tb\nc é 漢 🛑');
  });
});

describe('code in a sentence', () => {
  test('holds its backticks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(text.trim() !== '' && !/^\s|\s$/.test(showInvisible(text)));
        expect(html(`Named ${inlineCode(text)} here`)).toMatch(/^<p>Named <code>[^<]*<\/code> here<\/p>\s*$/);
      }),
      { numRuns: 300 },
    );
  });

  test('a sentence keeps its quotes as code and escapes what lies between', () => {
    expect(html(escapeSentence('`req.query` reaches <b>`eval`</b>'))).toBe(
      '<p><code>req.query</code> reaches &lt;b&gt;<code>eval</code>&lt;/b&gt;</p>\n',
    );
  });

  test('a backtick without a partner is text', () => {
    expect(html(escapeSentence('one ` alone'))).toBe('<p>one ` alone</p>\n');
  });
});

describe('a fenced block', () => {
  test('is closed by nothing inside it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const page = html(`${fenced(text, 'suggestion')}\n\nAfter`);
        expect(page.endsWith('</code></pre>\n<p>After</p>\n')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('cutting', () => {
  test('never gives more than the limit and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 60, max: 300 }), (text, limit) => {
        const cut = clip(text, limit);
        expect(cut.length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(cut.isWellFormed()).toBe(true);
        if (text.length <= limit) expect(cut).toBe(text);
        else expect(cut).toContain('cut');
      }),
    );
  });
});
