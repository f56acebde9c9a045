import { isRandom } from './random.ts';

export interface AssignedValue {
  readonly value: string;
  readonly at: number;
  readonly quoted: boolean;
}

const maxValue = 4_000;
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
  /(?:process\.env(?:\.\w{1,60}|\[['"]\w{1,60}['"]\])|[\w.]{0,30}(?:getenv|environ\.get|get_env|getEnvOrDefault|env|ENV\.fetch|config\.get)\(['"][\w.]{1,60}['"])\)?\s{0,3}(?:\|\||\?\?|,|\?:)\s{0,3}/iy;
/** `isDev ? 'one' : 'other'`: either is written here. */
const choice = /[\w.!]{1,40}\s{1,3}\?\s{0,3}(?=['"`])/y;
/** Bytes written one by one: eight or more. */
const bytes =
  /(?:new\s)?(?:\[\]byte|byte\[\]|\[\]uint8|bytes\(|bytearray\(|Uint8Array\(|Buffer\.from\()?\s{0,2}[[{]((?:\s{0,12}(?:0x[0-9a-f]{1,2}|\d{1,3})\s{0,12},){7}[^\]}\n]{0,400})/iy;
/** What makes bytes or a secret type of a literal. */
const wrapper =
  /(?:b|r|u|f|@|L|new\s\w{1,30}\(|\[\]byte\(|Buffer\.from\(|String\(|SecretStr\(|\w{1,20}\.encode\()(?=['"`])/y;
const setter =
  /(?:^|[^A-Za-z0-9])(?:set|with|use|add)?_?[A-Z]?\w{0,20}(?:password|passwd|secret|token|apikey|api_key|credentials?)$/i;
const opening = /\\?["'`]/y;

/** Reads the literal that follows a name (its identifier is `start`..`end`), in any of the usual syntaxes. */
export function assignedValue(line: string, start: number, end: number, bare: boolean): AssignedValue | undefined {
  let at = end;
  // The name's own closing: `"name"`, `\"name\"`, `['name']`, `$name}`, `name[]`.
  if (line.startsWith('[]', at)) at += 2;
  while (at < line.length && closings.has(line[at] as string) && at - end < 4) at++;
  const closed = at > end;
  at = skipBlanks(line, at);
  if (typed.test(line[at] ?? '')) at += lengthOf(type, line, at);
  const sign = signs.has(line[at] as string) ? textOf(operator, line, at) : '';
  if (sign === '') {
    if (line[at] === '(')
      return setter.test(line.slice(Math.max(0, end - 50), end)) ? quotedAt(line, skipBlanks(line, at + 1)) : undefined;
    if (line[at] === '>' && line[start - 1] === '<') return elementText(line, at + 1);
    if (closed) return attributeValue(line, end);
    return at > end ? unassigned(line, start, at, bare) : undefined;
  }
  at = skipBlanks(line, at + sign.length);
  if (sign === ',') return pairedAt(line, start, end, at);
  const direct = quotedAt(line, at);
  if (direct) return direct;
  at += lengthOf(lookup, line, at);
  at += lengthOf(choice, line, at);
  const list = bytesAt(line, at);
  if (list) return list;
  at += lengthOf(wrapper, line, at);
  const quoted = quotedAt(line, at);
  if (quoted || textOf(opening, line, at) !== '') return quoted;
  if (sign.startsWith('==') || sign.startsWith('!')) return undefined;
  if (bare) return bareAt(line, at);
  if (sign === '=' && /[?&]/.test(line[start - 1] ?? '')) return parameterAt(line, at);
  return sign === '=' || sign === ':=' ? randomAt(line, at) : undefined;
}

/**
 * `put("password", "x")` names its value, and so does `["password", "x"]`; `encode(password), 'utf8'` does not, nor does one
 * of a list stand for the next.
 */
function pairedAt(line: string, start: number, end: number, at: number): AssignedValue | undefined {
  if (!/["'`]/.test(line[end] === '\\' ? (line[end + 1] ?? '') : (line[end] ?? ''))) return undefined;
  const opened = /([([{,])\s{0,4}\\?["'`]$/.exec(line.slice(Math.max(0, start - 8), start))?.[1] ?? '';
  const value = quotedAt(line, at + lengthOf(wrapper, line, at));
  // Of two plain words neither says what the other is: `Colorizer('PASS', 'green')`, `Consumer("key", "secret", "app")`.
  if (!value || /^[a-z]{1,30}$/.test(value.value)) return undefined;
  if (opened === '(' || opened === '') return value;
  // The literal's own quotes and escapes are not counted: what closes the pair stands soon behind it.
  const after = /["'`]\s{0,4}([)\]},])/.exec(
    line.slice(value.at + value.value.length, value.at + value.value.length + 12),
  );
  return { '[': ']', '{': '}', ',': ')' }[opened] === after?.[1] ? value : undefined;
}

/** The value of a URL's query parameter, inside a literal. */
function parameterAt(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[A-Za-z0-9_.~%+-]{10,300}(?![A-Za-z0-9_.~%+({$-])/y, line, at);
  return value === '' ? undefined : { value, at, quoted: true };
}

/** A list of bytes, as hex: what the value is does not depend on how it is written. */
function bytesAt(line: string, at: number): AssignedValue | undefined {
  bytes.lastIndex = at;
  const found = bytes.exec(line);
  if (!found?.[1]) return undefined;
  const numbers = found[1].match(/0x[0-9a-f]{1,2}|\d{1,3}/gi) ?? [];
  return { value: Buffer.from(numbers.map(Number)).toString('hex'), at, quoted: true };
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
  return /(?:^|\s)--?$/.test(line.slice(Math.max(0, start - 3), start)) || line.startsWith('-', start)
    ? bareAt(line, at)
    : randomAt(line, at);
}

/** Without quotes or an operator only what nobody writes by hand counts. */
function randomAt(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[A-Za-z0-9+/=_.~-]{16,300}/y, line, at);
  return value !== '' && !/[([]/.test(line[at + value.length] ?? '') && isRandom(value)
    ? { value, at, quoted: true }
    : undefined;
}

function quotedAt(line: string, at: number): AssignedValue | undefined {
  const open = textOf(opening, line, at);
  if (open === '') return undefined;
  // Inside a string the quotes are escaped themselves: `"{\"password\": \"x\"}"`.
  const start = at + open.length;
  if (open.length === 2) {
    const close = line.indexOf(open, start);
    return close < 0 || close - start > maxValue
      ? undefined
      : { value: line.slice(start, close), at: start, quoted: true };
  }
  let value = '';
  for (let i = start; i < line.length && value.length <= maxValue; i++) {
    const c = line[i] as string;
    if (c === '\\' && i + 1 < line.length) {
      value += line[++i];
      continue;
    }
    if (c === open) {
      // A literal that goes on (`'a' + b`) is a part, not a secret.
      return /^\s{0,3}(?:\+|\.\s?\$|%\s?[({]|\.format)/.test(line.slice(i + 1, i + 12))
        ? undefined
        : { value, at: start, quoted: true };
    }
    value += c;
  }
  return undefined;
}

function bareAt(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[^\s'"`,;<>(){}[\]|&]{3,500}/y, line, at);
  if (value === '') return undefined;
  // Code in a text: a call, a member, an index.
  if (/[([]/.test(line[at + value.length] ?? '') || /^[a-z_]\w{0,60}(?:\.[a-z_]\w{0,60}){1,8}$/i.test(value))
    return undefined;
  // Plain words with a word behind them are a list or prose: `passwd: files systemd`.
  if (/^[a-z]+$/.test(value) && /^ +[A-Za-z]/.test(line.slice(at + value.length, at + value.length + 8)))
    return undefined;
  return { value, at, quoted: false };
}

/** `<password>x</password>` */
function elementText(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[^<>]{3,200}(?=<\/)/y, line, at);
  return value === '' ? undefined : { value, at, quoted: true };
}

/** `name="password" value="x"` and `<string name="password">x</string>`. */
function attributeValue(line: string, end: number): AssignedValue | undefined {
  const rest = line.slice(end, end + maxValue);
  const found =
    /^["']?\s{1,6}(?:value|defaultValue|content)\s{0,2}=\s{0,2}["']([^"'<>]{3,200})["']/.exec(rest) ??
    /^["']>([^<>]{3,200})<\//.exec(rest);
  return found?.[1] ? { value: found[1], at: end + found.index, quoted: true } : undefined;
}

function textOf(sticky: RegExp, line: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(line)?.[0] ?? '';
}

function lengthOf(sticky: RegExp, line: string, at: number): number {
  return textOf(sticky, line, at).length;
}

function skipBlanks(line: string, at: number): number {
  let i = at;
  while (line[i] === ' ' || line[i] === '\t') i++;
  return i;
}
