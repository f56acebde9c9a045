/** One statement of a script, without its semicolon and without the comments before it. */
export interface Statement {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  /** Lines of the parts between top-level commas: `ALTER TABLE t ADD a int, ADD b int` has two. */
  readonly parts: readonly { readonly line: number; readonly endLine: number }[];
}

/** Past this a script is a dump; what comes after is not read. */
const maxStatements = 5_000;
const opaque = /'(?:[^'\\]|\\.|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)?\$/y;

/**
 * Splits a script at its semicolons; quotes, dollar quotes, comments and parentheses hide theirs. One pass.
 *
 * @param firstLine line of the file on which the text begins, 1-based
 */
export function splitStatements(text: string, firstLine = 1): Statement[] {
  const statements: Statement[] = [];
  let line = firstLine;
  let start = -1;
  let startLine = line;
  let lastLine = line;
  let depth = 0;
  let parts: { line: number; endLine: number }[] = [];
  let partLine = -1;

  const touch = (at: number) => {
    if (start < 0) {
      start = at;
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
    if (start >= 0) statements.push({ text: text.slice(start, at), line: startLine, endLine: lastLine, parts });
    start = -1;
    depth = 0;
    parts = [];
  };

  for (let at = 0; at < text.length && statements.length < maxStatements; ) {
    const char = text[at] as string;
    if (char === '\n') line++;
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    const end = endOfOpaque(text, at);
    if (end > at) {
      const comment = char === '-' || char === '/';
      if (!comment) touch(at);
      line += newlines(text, at, end);
      if (!comment) lastLine = line;
      at = end;
      continue;
    }
    if (char === ';' && depth === 0) close(at);
    else if (char === ',' && depth === 0) closePart();
    else {
      touch(at);
      if (char === '(') depth++;
      else if (char === ')') depth = Math.max(0, depth - 1);
    }
    at++;
  }
  close(text.length);
  return statements;
}

/** Where the quoted text or comment that begins here ends; the same place when none begins. */
function endOfOpaque(text: string, at: number): number {
  if (!`'"\`-/$`.includes(text[at] as string)) return at;
  opaque.lastIndex = at;
  const found = opaque.exec(text);
  if (!found) return at;
  if (!found[0].startsWith('$')) return at + found[0].length;
  const close = text.indexOf(found[0], at + found[0].length);
  return close < 0 ? text.length : close + found[0].length;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
