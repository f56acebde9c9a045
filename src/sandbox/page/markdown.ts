import { Marked } from 'marked';
import { escapeHtml, type Html, raw, showHidden } from './html.ts';

/** Tags that GitHub keeps and that cannot do anything; attributes are not kept. */
const harmless = /&lt;(\/?(?:details|summary|sub|sup|kbd|br|b|i|em|strong|code|p|hr)) ?(open)? ?\/?&gt;/g;

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) =>
      escapeHtml(withoutComments(text)).replace(harmless, (_, tag: string, open = '') => `<${tag}${open && ' open'}>`),
    link({ href, tokens }) {
      const inside = this.parser.parseInline(tokens);
      return isPlain(href) ? `<a href="${escapeHtml(href)}" rel="noreferrer nofollow">${inside}</a>` : inside;
    },
    image: ({ text }) => escapeHtml(text),
    code: ({ text, lang }) =>
      lang === 'suggestion'
        ? `<div class="suggestion"><div>Suggested change</div><pre>${escapeHtml(text)}</pre></div>`
        : `<pre><code>${escapeHtml(text)}</code></pre>`,
  },
});

/** Markdown of a comment or a check as HTML, with nothing in it that could run, load or pose as the page. */
export const markdown = (text: string): Html => raw(showHidden(marked.parse(text, { async: false })));

const isPlain = (href: string): boolean => /^(?:https?:\/\/|\/|#)/i.test(href);

function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('<!--', at);
    if (start < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    const end = text.indexOf('-->', start + 4);
    if (end < 0) return kept;
    at = end + 3;
  }
}
