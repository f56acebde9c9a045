import { createHash } from 'node:crypto';
import { escapeHtml } from './html.ts';

/** One style sheet, in the page: a lesson is one request. Colours by role; light and dark follow the reader's system. */
const style = `
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5c6470; --paper: #fbfaf7; --card: #fff; --rule: #e3e0d8;
  --accent: #0b6e69; --code: #f3f1ea; --bad: #fdebe8; --bad-edge: #c5372c; --good-edge: #2e7d4f; --mark: #f9cfc8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e4df; --soft: #a0a7b1; --paper: #14171b; --card: #1b1f24;
  --rule: #2d333b; --accent: #5cc6bf; --code: #20252b; --bad: #2c1d1c; --bad-edge: #e5695e; --good-edge: #57b27d; --mark: #5a2b27; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.65 system-ui, -apple-system, "Segoe UI", sans-serif; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; font-size: .95rem; }
header a { color: var(--soft); text-decoration: none; margin-right: 1.25rem; }
header a:first-child { color: var(--ink); font-weight: 650; }
header a:hover, a:hover { text-decoration: underline; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 2.1rem; letter-spacing: -.02em; margin: 2.2rem 0 1rem; }
h2 { font-size: 1.4rem; margin: 2.8rem 0 .8rem; padding-top: 1.4rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); text-underline-offset: .15em; }
p, li { text-wrap: pretty; }
blockquote { margin: 1.2rem 0; padding: .1rem 1.1rem; border-left: 3px solid var(--accent); color: var(--soft); }
code, pre { font: .86em/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
:not(pre) > code { background: var(--code); border-radius: 4px; padding: .12em .35em; overflow-wrap: break-word; }
pre { background: var(--code); border-radius: 8px; padding: .9rem 1rem; overflow-x: auto; tab-size: 2; }
pre.bad { border-left: 3px solid var(--bad-edge); } pre.good { border-left: 3px solid var(--good-edge); }
pre.bad, pre.good { margin-top: .2rem; }
mark { background: var(--mark); color: inherit; display: inline-block; min-width: 100%; }
table { border-collapse: collapse; display: block; overflow-x: auto; } th, td { border-bottom: 1px solid var(--rule); padding: .4rem .8rem .4rem 0; text-align: left; vertical-align: top; }
section.rule { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: .2rem 1.3rem 1rem; margin: 1.6rem 0; scroll-margin-top: 1rem; }
section.rule:target { border-color: var(--accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--accent) 25%, transparent); }
section.rule h3 { margin-top: 1rem; } section.rule h3 a { color: inherit; text-decoration: none; }
.label { font-size: .8rem; color: var(--soft); margin: 1rem 0 0; } .severity { font-size: .78rem; color: var(--soft); font-weight: 500; margin-left: .5rem; }
ol.lessons { list-style: none; padding: 0; } ol.lessons li { border-top: 1px solid var(--rule); }
ol.lessons a { display: flex; gap: 1rem; padding: .7rem 0; text-decoration: none; color: inherit; } ol.lessons a:hover b { color: var(--accent); }
ol.lessons .number { color: var(--soft); width: 1.6rem; text-align: right; flex: none; font-variant-numeric: tabular-nums; } ol.lessons small { color: var(--soft); display: block; }
nav.pager { display: flex; justify-content: space-between; gap: 1rem; margin-top: 3rem; }
footer { color: var(--soft); font-size: .9rem; padding-top: 2.5rem; padding-bottom: 3rem; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing may load or run but this page's own style. */
export const pageHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
} as const;

/** A whole page. `content` is HTML that its maker has escaped. */
export function page(title: string, description: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%230b6e69'/%3E%3Ccircle cx='8' cy='8' r='3' fill='white'/%3E%3C/svg%3E">
<style>${style}</style>
</head>
<body>
<header><a href="/">Hindsight</a><a href="/lessons">Lessons</a></header>
<main>
${content}
</main>
<footer>Hindsight reviews pull requests of backends for secrets and the ten mistakes that take production down.</footer>
</body>
</html>
`;
}
