/**
 * Text from a pull request on its way into Markdown. GitHub renders our comments with our name on them: nothing in a
 * path or an identifier may mention people, close our fences, draw tables, or hide itself.
 */

/** Controls that reorder or hide text (Unicode TR 36, "Trojan Source"), and other control characters but tab and line feed. */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Shows invisible characters as their code points, so that a reader sees them. */
export function showInvisible(text: string): string {
  return text.replace(invisible, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Escapes text for running Markdown: no HTML, no mention, no reference, no table cell break, no emphasis, no link. */
export function escapeMarkdown(text: string): string {
  return (
    showInvisible(text)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
      // GitHub links mentions, references and addresses after Markdown is read: a backslash does not stop it.
      .replace(/[@#]|:(?=\/\/)|www(?=\.)/gi, '$&\u200b')
      .replace(/\r?\n/g, ' ')
  );
}

/** Text as inline code, whatever backticks it holds; a pipe is escaped because GitHub splits table cells before code. */
export function inlineCode(text: string): string {
  const clean = showInvisible(text).replace(/\r?\n/g, ' ').replace(/\|/g, '\\|');
  const longest = longestRun(clean, '`');
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${clean}${fence}` : `${fence} ${clean} ${fence}`;
}

/** A fenced block whose fence is longer than any inside. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * Escapes a sentence of ours that may quote identifiers in backticks: quotes stay code, the rest is escaped.
 */
export function escapeSentence(text: string): string {
  return text
    .split('`')
    .map((part, i, parts) => {
      if (i % 2 === 0) return escapeMarkdown(part);
      // The last backtick has no partner: it is text.
      return i === parts.length - 1 ? escapeMarkdown(`\`${part}`) : inlineCode(part);
    })
    .join('');
}

/** Cuts a text to at most `limit` UTF-16 units, on a line end where one is near, and says so. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const note = '\n\n… (cut: GitHub takes no more)';
  const cut = text.slice(0, limit - note.length).replace(/[\ud800-\udbff]$/, '');
  const line = cut.lastIndexOf('\n');
  return (line > cut.length / 2 ? cut.slice(0, line) : cut) + note;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const c of text) {
    run = c === character ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
