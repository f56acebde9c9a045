/** One statement of a script, without its semicolon and its comments. */
export interface Statement {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  /** Lines of the parts between top-level commas: `ALTER TABLE t ADD a int, ADD b int` has two. */
  readonly parts: readonly { readonly line: number; readonly endLine: number }[];
}

/** Past this a script is a dump; what comes after is not read. */
const maxStatements = 5_000;
/**
 * Splits a script at its semicolons; quotes, dollar quotes, comments and parentheses hide theirs. One pass.
 *
 * @param firstLine line of the file on which the text begins, 1-based
 */
export function splitStatements(text: string, firstLine = 1): Statement[] {
  const statements: Statement[] = [];
  const backslashes = text.includes('`');
  let line = firstLine;
  let start = -1;
  // What is kept of the statement so far, and where the rest begins. Comments become their line feeds: PostgreSQL's lexer
  // takes time quadratic in nested comments that nobody closes.
  let kept = '';
  let from = 0;
  let startLine = line;
  let lastLine = line;
  let depth = 0;
  let parts: { line: number; endLine: number }[] = [];
  let partLine = -1;
  // Inside a function's body of SQL (`BEGIN ATOMIC … END`), whose semicolons are its own.
  let atomic = false;

  const touch = (at: number) => {
    if (start < 0) {
      start = at;
      from = at;
      kept = '';
      startLine = line;
    }
    if (partLine < 0) partLine = line;
    lastLine = line;
  };
  const closePart = () => {
    if (partLine >= 0) parts.push({ line: partLine, endLine: lastLine });
    partLine = -1;
  };
  const close = (at: number) => {
    closePart();
    if (start >= 0) statements.push({ text: kept + text.slice(from, at), line: startLine, endLine: lastLine, parts });
    start = -1;
    depth = 0;
    parts = [];
    atomic = false;
  };

  for (let at = 0; at < text.length && statements.length < maxStatements; ) {
    const char = text[at] as string;
    if (char === '\n') line++;
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (char === '\\' && start < 0) {
      // A command of psql, to the end of its line.
      at = after(text, '\n', at) - 1;
      if (text[at] !== '\n') break;
      continue;
    }
    const end = endOfOpaque(text, at, backslashes);
    if (end > at) {
      const comment = char === '-' || char === '/';
      if (!comment) touch(at);
      const breaks = newlines(text, at, end);
      line += breaks;
      if (comment && start >= 0) {
        kept += `${text.slice(from, at)} ${'\n'.repeat(breaks)}`;
        from = end;
      }
      if (!comment) lastLine = line;
      at = end;
      continue;
    }
    if (char === ';' && depth === 0 && !(atomic && !/\bEND\s{0,20}$/i.test(text.slice(Math.max(0, at - 24), at)))) {
      const copies = start >= 0 && /\bFROM\s{1,20}STDIN\b/i.test(text.slice(Math.max(from, at - 300), at));
      close(at);
      const data = copies ? after(text, '\n\\.', at) : at;
      line += newlines(text, at, data);
      at = Math.max(at, data - 1);
    } else if (char === ',' && depth === 0) closePart();
    else {
      touch(at);
      if (char === 'A' || char === 'a') atomic ||= beginsBody(text, at);
      if (char === '(') depth++;
      else if (char === ')') depth = Math.max(0, depth - 1);
    }
    at++;
  }
  close(text.length);
  return statements;
}

/**
 * Lines of the file on which parts of a statement begin; the statement's own for a part without an offset.
 *
 * @param offsets in bytes of UTF-8, as PostgreSQL counts, ascending
 */
export function placesOf(
  statement: Statement,
  offsets: readonly (number | undefined)[],
): { readonly line: number; readonly endLine: number }[] {
  const bytes = Buffer.from(statement.text);
  let line = statement.line;
  let next = bytes.indexOf('\n');
  return offsets.map((offset) => {
    if (offset === undefined) return statement;
    for (; next >= 0 && next < offset; next = bytes.indexOf('\n', next + 1)) line++;
    return { line, endLine: line };
  });
}

/** Whether the word here is the ATOMIC of `BEGIN ATOMIC`. */
function beginsBody(text: string, at: number): boolean {
  return /^atomic\b/i.test(text.slice(at, at + 7)) && /\bBEGIN\s{1,20}$/i.test(text.slice(Math.max(0, at - 26), at));
}

/** Where the quoted text or comment that begins here ends; the same place when none begins. One that is not closed runs to the end. */
function endOfOpaque(text: string, at: number, backslashes: boolean): number {
  const char = text[at] as string;
  if (char === "'") return endOfString(text, at, backslashes || /e/i.test(text[at - 1] ?? ''));
  if (char === '"' || char === '`') return after(text, char, at + 1);
  if (text.startsWith('--', at)) return after(text, '\n', at) - (text.indexOf('\n', at) < 0 ? 0 : 1);
  if (text.startsWith('/*', at)) return after(text, '*/', at + 2);
  if (char !== '$') return at;
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(text)?.[0];
  return tag ? after(text, tag, at + tag.length) : at;
}

const dollarTag = /\$(?:[A-Za-z_]\w{0,62})?\$/y;

function after(text: string, close: string, from: number): number {
  const at = text.indexOf(close, from);
  return at < 0 ? text.length : at + close.length;
}

/** A backslash escapes in MySQL and in PostgreSQL's E'…' only; a doubled quote reads as two strings side by side. */
function endOfString(text: string, start: number, backslashes: boolean): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && backslashes) at++;
    else if (text[at] === "'") return at + 1;
  }
  return text.length;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
