/** One directive of an nginx configuration: `proxy_pass http://app;` or `location / { … }`. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  /** The directives between its braces, for a block. */
  readonly block?: readonly Directive[];
}

const maxDepth = 50;
/** Ends a word that has begun; a closing brace inside one is a part of it. */
const wordEnd = /[\s;{]/;

/**
 * Parses nginx's configuration language, one pass over the text. The libraries for it read files by themselves and drop the
 * lines, and the grammar is three rules: https://nginx.org/en/docs/beginners_guide.html#conf_structure
 *
 * @throws SyntaxError at a brace without its partner or a directive without its end; RangeError past `maxDepth` blocks
 */
export function parseNginx(text: string): readonly Directive[] {
  const root: Directive[] = [];
  const open: { directives: Directive[]; line: number }[] = [{ directives: root, line: 1 }];
  let words: string[] = [];
  let startLine = 1;
  let line = 1;
  const fail = (at: number): never => {
    throw new SyntaxError(`not nginx's language (${at}:1)`);
  };
  const close = (block?: Directive[]) => {
    const [name, ...args] = words;
    if (name === undefined) return fail(line);
    open.at(-1)?.directives.push({ name, args, line: startLine, ...(block && { block }) });
    words = [];
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    if (char === '\n') line++;
    if (/\s/.test(char)) at++;
    else if (char === '#') at = endOf(text, '\n', at);
    else if (char === ';') {
      // A semicolon alone is an empty directive, which nginx refuses and templates leave behind.
      if (words.length > 0) close();
      at++;
    } else if (char === '{') {
      at++;
      if (/_by_lua_block$/.test(words[0] ?? '')) {
        const end = endOfLua(text, at);
        line += lineFeeds(text, at, end);
        at = end;
        close([]);
        continue;
      }
      const block: Directive[] = [];
      const opened = startLine;
      close(block);
      open.push({ directives: block, line: opened });
      if (open.length > maxDepth) throw new RangeError('nested too deep');
    } else if (char === '}') {
      if (words.length > 0 || open.length === 1) fail(line);
      open.pop();
      at++;
    } else {
      if (words.length === 0) startLine = line;
      const end = char === '"' || char === "'" ? endOfQuoted(text, at) : endOfWord(text, at);
      words.push(text.slice(at, end));
      line += lineFeeds(text, at, end);
      at = end;
    }
  }
  if (words.length > 0) fail(startLine);
  if (open.length > 1) fail(open.at(-1)?.line ?? line);
  return root;
}

function endOf(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at + 1;
  }
  return text.length;
}

/** A variable may stand in braces (`${host}`), and a backslash hides the character after it. */
function endOfWord(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\\') at++;
    else if (char === '$' && text[at + 1] === '{') at = endOf(text, '}', at);
    else if (wordEnd.test(char)) return at;
  }
  return text.length;
}

/** Lua is another language: its braces are counted outside its strings and comments, and nothing else of it is looked at. */
function endOfLua(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") at = endOfQuoted(text, at) - 1;
    else if (char === '-' && text[at + 1] === '-') at = endOf(text, '\n', at);
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
