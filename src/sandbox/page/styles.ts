/** The page's style sheet: system fonts, few colours, light and dark. */
export const styles = `
:root { color-scheme: light dark; --back: #fff; --side: #f6f8fa; --text: #1f2328; --soft: #59636e; --line: #d1d9e0;
  --link: #0969da; --green: #1a7f37; --red: #d1242f; --amber: #9a6700; --purple: #8250df;
  --added: #dafbe1; --added-number: #aceebb; --removed: #ffebe9; --removed-number: #ffcecb; --hunk: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --side: #151b23; --text: #f0f6fc; --soft: #9198a1; --line: #3d444d;
  --link: #4493f8; --green: #3fb950; --red: #f85149; --amber: #d29922; --purple: #ab7df8;
  --added: #12261e; --added-number: #1b4721; --removed: #25171c; --removed-number: #542426; --hunk: #121d2f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
header { background: var(--side); border-bottom: 1px solid var(--line); padding: 12px 24px; display: flex; gap: 12px; align-items: baseline; }
header b { font-size: 15px; } header span { color: var(--soft); }
main { max-width: 1080px; margin: 24px auto; padding: 0 24px; }
h1 { font-weight: 400; font-size: 26px; margin: 0 0 8px; } h1 span { color: var(--soft); }
h2 { font-size: 17px; margin: 32px 0 12px; }
code, pre, .diff { font: 12px/20px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { background: var(--side); padding: 2px 5px; border-radius: 5px; } pre { background: var(--side); padding: 12px; border-radius: 6px; overflow-x: auto; }
pre code { padding: 0; background: none; }
.soft { color: var(--soft); } .green { color: var(--green); } .red { color: var(--red); } .amber { color: var(--amber); }
.badge { display: inline-block; padding: 3px 12px; border-radius: 2em; color: #fff; font-weight: 500; font-size: 13px; background: #1f883d; }
.badge.draft { background: #59636e; } .badge.merged { background: #8250df; } .badge.closed { background: #cf222e; }
.box { border: 1px solid var(--line); border-radius: 6px; margin: 16px 0; overflow: hidden; background: var(--back); }
.box > .top { background: var(--side); padding: 8px 16px; border-bottom: 1px solid var(--line); display: flex; gap: 10px; align-items: center; flex-wrap: wrap; }
.box > .top .push { margin-left: auto; } .box > .body { padding: 4px 16px 12px; }
.box > .row { padding: 12px 16px; border-top: 1px solid var(--line); display: flex; gap: 12px; align-items: baseline; } .box > .row:first-child { border-top: 0; }
.row .push { margin-left: auto; }
table { border-collapse: collapse; } .body table { margin: 8px 0; display: block; overflow-x: auto; }
.body th, .body td { border: 1px solid var(--line); padding: 5px 12px; text-align: left; } .body th { background: var(--side); } .body [align=right] { text-align: right; }
.body td code { overflow-wrap: anywhere; } tr:target { background: var(--hunk); }
.body td:first-child, .body td:last-child { white-space: nowrap; }
.diff { width: 100%; table-layout: fixed; } .diff td { padding: 0 10px; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .n { width: 50px; text-align: right; color: var(--soft); user-select: none; white-space: nowrap; }
.diff .added { background: var(--added); } .diff .added .n { background: var(--added-number); }
.diff .removed { background: var(--removed); } .diff .removed .n { background: var(--removed-number); }
.diff .hunk td { background: var(--hunk); color: var(--soft); padding: 4px 10px; }
.diff .talk td { white-space: normal; padding: 12px 16px; background: var(--side); border-top: 1px solid var(--line); border-bottom: 1px solid var(--line);
  font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
.comment { border: 1px solid var(--line); border-radius: 6px; background: var(--back); max-width: 780px; margin: 0 0 8px; }
.comment > .who { padding: 8px 14px 0; } .comment > .said { padding: 0 14px 4px; }
.bot { border: 1px solid var(--line); border-radius: 2em; padding: 0 7px; font-size: 12px; color: var(--soft); }
.level { border-radius: 2em; padding: 0 8px; font-size: 12px; border: 1px solid currentColor; white-space: nowrap; }
.suggestion { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; margin: 8px 0; } .suggestion div { background: var(--side); padding: 4px 12px; color: var(--soft); font-size: 12px; }
.suggestion pre { margin: 0; border-radius: 0; background: var(--added); }
.lines { white-space: pre-line; } details > summary { cursor: pointer; } form { margin: 0; }
input, textarea { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 6px; padding: 5px 10px; }
textarea { width: 100%; min-height: 36px; resize: vertical; }
button { font: inherit; font-weight: 500; color: inherit; background: var(--side); border: 1px solid var(--line); border-radius: 6px; padding: 4px 14px; cursor: pointer; white-space: nowrap; flex: none; }
button.main { background: #1f883d; border-color: #1f883d; color: #fff; }
.reply { display: flex; gap: 8px; max-width: 780px; align-items: flex-start; } .reply textarea { height: 36px; }
.fields { display: flex; gap: 8px; flex-wrap: wrap; align-items: flex-end; padding: 8px 0; } .fields label:first-child { flex: 1 1 320px; }
.fields label { color: var(--soft); font-size: 12px; } .fields input { display: block; width: 100%; font-size: 14px; color: var(--text); } .fields button { font-size: 14px; padding: 5px 14px; }
.spin { display: inline-block; width: 12px; height: 12px; border: 2px solid var(--amber); border-right-color: transparent; border-radius: 50%; animation: spin 1s linear infinite; }
@keyframes spin { to { transform: rotate(1turn); } }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { .spin { animation: none; } }
@media (max-width: 600px) { header, main { padding-left: 14px; padding-right: 14px; } .body th, .body td { padding: 4px 7px; font-size: 12px; }
  .box > .body, .box > .top { padding-left: 12px; padding-right: 12px; } .diff .n { width: 34px; } .diff td { padding: 0 6px; } .fields label { flex: 1 1 100%; } }
.wrong { border: 1px solid var(--red); color: var(--red); border-radius: 6px; padding: 8px 14px; margin: 8px 0; }
`;

/** Reloads when something changed, unless somebody is typing. */
export const script = `
const first = document.body.dataset.version;
setInterval(async () => {
  const typing = [...document.querySelectorAll('textarea, input')].some((field) => field.value !== field.defaultValue);
  if (typing || document.hidden) return;
  const version = await fetch('/version').then((answer) => answer.text()).catch(() => first);
  if (version !== first) location.reload();
}, 1000);
`;
