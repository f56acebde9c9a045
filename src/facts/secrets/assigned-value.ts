import { bytesAt } from './listed-bytes.ts';
import { isRandom } from './random.ts';
import { saidAt, toldAt } from './told-value.ts';
import {
  type AssignedValue,
  attributeValue,
  bareAt,
  elementText,
  embeddedAt,
  isQuoted,
  lengthOf,
  maxValue,
  opening,
  parameterAt,
  quotedAt,
  randomAt,
  skipBlanks,
  textOf,
} from './written-value.ts';

const maxBefore = 20;
/** First characters of operators, and of what may stand between a name and its operator. */
const signs = new Set(['=', ':', '!', '|', '?', '-', '.', '+', ',']);
const typed = /[?!:sScO[&T]/;
const closings = new Set(['"', "'", '`', ']', '}', ')', '\\']);

/** A type between the name and the value: `password: string = "x"`, `String password = `, `token string = "x"`. */
const type =
  /(?:[?!]?:\s{0,3})?(?:string|String|str|char\*?|\[\]byte|Option<String>|&str|&'static str|Text|SecretStr|Optional\[str\])(?:\s\|\s\w{1,20})?\s{0,4}(?==)/y;
const operator = /=>|:{1,3}=|===?|!==?|\|\|=?|\?\?=?|->|[?.+]=|=|:|,|- (?=['"])/y;
/** The literal after the lookup: `process.env.X || 'value'`, `getenv("X", "value")`. */
const lookup =
  /(?:process\.env(?:\.\w{1,60}|\[['"]\w{1,60}['"]\])|[\w.]{0,30}(?:getenv|environ\.get|get_env|getEnvOrDefault|env|ENV\.fetch|config\.get)\(['"][\w.]{1,60}['"]|ENV\[['"]\w{1,60}['"]\])\)?\s{0,3}(?:\|\||\?\?|,|\?:)\s{0,3}/iy;
const template = /["']?<%=\s{0,3}(?=ENV)/y;
/** `isDev ? 'one' : 'other'`: either is written here. */
const choice = /[\w.!]{1,40}\s{1,3}\?\s{0,3}(?=['"`])/y;
/** What makes bytes or a secret type of a literal. */
const wrapper =
  /(?:b|r|u|f|@|L|N|new\s\w{1,30}\(|\[\]byte\(|Buffer\.from\(|String\(|SecretStr\(|\w{1,20}\.encode\()(?=['"`])/y;
const setter =
  /(?:^|[^A-Za-z0-9])(?:set|with|use|add)?_?[A-Z]?\w{0,20}(?:password|passwd|secret|token|apikey|api_key|credentials?)$/i;

/** Calls that make, look at or look for one: `newToken('number')`, `validatePassword('short')`. */
const asks =
  /(?:^|[^A-Za-z0-9])_?(?:new|next|read|parse|make|create|build|get|fetch|find|load|is|has|check|validate|verify|assert|expect|match|matches|test|compare|count|consume|peek|push|emit|on|request|send|reset|forgot|revoke|delete|remove|decode|extract|strip|mask|redact|filter)_?[A-Z_]\w{0,40}$/;

/** Reads the literal that follows a name (its identifier is `start`..`end`), in any of the usual syntaxes. */
export function assignedValue(line: string, start: number, end: number, bare: boolean): AssignedValue | undefined {
  let at = end;
  // The name's own closing: `"name"`, `\"name\"`, `['name']`, `$name}`, `name[]`.
  if (line.startsWith('[]', at)) at += 2;
  while (at < line.length && closings.has(line[at] as string) && at - end < 4) at++;
  const closed = at > end;
  // `ok ? 'pass' : 'fail'`: a choice between two texts, of which neither names the other.
  if (closed && /\?\s{0,3}["'`]$/.test(line.slice(Math.max(0, start - 5), start))) return undefined;
  at = skipBlanks(line, at);
  if (typed.test(line[at] ?? '')) at += lengthOf(type, line, at);
  const sign = signs.has(line[at] as string) ? textOf(operator, line, at) : '';
  if (sign === '') {
    if (line[at] === '(') return isSetter(line, end) ? quotedAt(line, skipBlanks(line, at + 1)) : undefined;
    if (line[at] === '>' && line[start - 1] === '<') return elementText(line, at + 1);
    if (closed) return attributeValue(line, end);
    return at > end ? unassigned(line, start, at, bare) : undefined;
  }
  at = skipBlanks(line, at + sign.length);
  if (sign === ',') return pairedAt(line, start, end, at);
  // A template of Ruby that looks a variable up, and its default: `"<%= ENV['X'] || 'value' %>"`.
  const looked = textOf(template, line, at);
  const direct = looked === '' ? quotedAt(line, at) : undefined;
  if (direct) return direct;
  at += looked.length;
  at += lengthOf(lookup, line, at);
  at += lengthOf(choice, line, at);
  const list = bytesAt(line, at);
  if (list) return list;
  // `API_KEYS = ["…", "…"]`: words in a list may be anything, what nobody writes by hand is what the name says.
  const listed = line[at] === '[' && /s["'\]]*$/i.test(line.slice(start, end)) ? quotedAt(line, at + 1) : undefined;
  if (listed && isRandom(listed.value)) return listed;
  const made = textOf(wrapper, line, at);
  at += made.length;
  const quoted = quotedAt(line, at);
  if (quoted && made === '[]byte(') return { ...quoted, isBytes: true };
  if (quoted || textOf(opening, line, at) !== '') return quoted;
  if (sign.startsWith('==') || sign.startsWith('!')) return undefined;
  if (bare) return bareAt(line, at);
  if (sign === '=' && /[?&]/.test(line[start - 1] ?? '')) return parameterAt(line, at);
  if (sign === ':') return embeddedAt(line, at) ?? toldAt(line, start, at);
  if (sign !== '=' && sign !== ':=') return undefined;
  const random = randomAt(line, at) ?? toldAt(line, start, at);
  // Outside quotes a name is a name: `this.cacheKey = GraphQLConfigKey;`.
  return random && /^[A-Za-z_$]+$/.test(random.value) && !isQuoted(line, at) ? undefined : random;
}

function isSetter(line: string, end: number): boolean {
  const called = line.slice(Math.max(0, end - 50), end);
  return setter.test(called) && !asks.test(called);
}

/**
 * `put("password", "x")` names its value, and so does `["password", "x"]`; `encode(password), 'utf8'` does not, nor does one
 * of a list stand for the next.
 */
function pairedAt(line: string, start: number, end: number, at: number): AssignedValue | undefined {
  if (!/["'`]/.test(line[end] === '\\' ? (line[end + 1] ?? '') : (line[end] ?? ''))) return undefined;
  // `'user.password', 'user.name'`: the end of a longer text names nothing.
  if (!/\\?["'`]$/.test(line.slice(Math.max(0, start - 2), start))) return undefined;
  const opened = /([([{,])\s{0,4}\\?["'`]$/.exec(line.slice(Math.max(0, start - 8), start))?.[1] ?? '';
  const value = quotedAt(line, at + lengthOf(wrapper, line, at));
  // Of two plain words neither says what the other is: `Colorizer('PASS', 'green')`, `Consumer("key", "secret", "app")`.
  if (!value || /^['"`]?[a-z]{1,30}['"`]?$/.test(value.value)) return undefined;
  if (opened === '(' || opened === '') return value;
  // The literal's own quotes and escapes are not counted: what closes the pair stands soon behind it.
  const after = /["'`]\s{0,4}([)\]},])/.exec(
    line.slice(value.at + value.value.length, value.at + value.value.length + 12),
  );
  return { '[': ']', '{': '}', ',': ')' }[opened] === after?.[1] ? value : undefined;
}

/** Reads the literal that a name is compared with, the literal first: `"x" == password`. */
export function comparedValue(line: string, start: number): AssignedValue | undefined {
  let last = start - 1;
  while (line[last] === ' ') last--;
  if (line[last] !== '=') return undefined;
  const before = line.slice(Math.max(0, start - maxValue), start);
  const sign = /[=!]==?\s{0,3}$/.exec(before);
  if (!sign) return undefined;
  const left = before.slice(0, sign.index).trimEnd();
  const quote = left.at(-1) ?? '';
  if (!/["'`]/.test(quote)) return undefined;
  const open = left.lastIndexOf(quote, left.length - 2);
  return open < 0 ? undefined : { value: left.slice(open + 1, -1), at: start - before.length + open + 1, quoted: true };
}

/** `--password value`, `IDENTIFIED BY`, `openweather token 'value'`, `password "value"`. */
function unassigned(line: string, start: number, at: number, bare: boolean): AssignedValue | undefined {
  const quoted = quotedAt(line, at);
  // A plain word in quotes behind a plain word is prose: "pass `one` as the mode".
  if (quoted) {
    const isProse =
      /^[a-z]{1,30}$/.test(quoted.value) ||
      line[quoted.at - 1] === '`' ||
      /\bpass$/i.test(line.slice(start, at).trimEnd());
    return isProse ? undefined : quoted;
  }
  if (!bare) return undefined;
  const before = line.slice(Math.max(0, start - maxBefore), start);
  // `--password x`; a Dockerfile's `ENV PASSWORD x`.
  return /(?:^|\s)--?$|^\s{0,9}ENV\s{1,9}$/.test(before) || line.startsWith('-', start)
    ? bareAt(line, at)
    : (randomAt(line, at) ?? saidAt(line, at));
}
