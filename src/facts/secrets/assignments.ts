import { classifyName, type NameClass } from './name.ts';
import { isRandom } from './value.ts';

/** A name and the literal given to it, as far as a line shows. Offsets count in the line. */
export interface Assignment {
  readonly name: string;
  readonly nameClass: NameClass;
  readonly value: string;
  readonly at: number;
  readonly quoted: boolean;
}

/** An identifier that holds a word of secrets. Bounded on both sides: linear. */
const naming =
  /[A-Za-z0-9_.-]{0,60}(?:pass|pwd|secret|token|key|cred|auth|bearer|jwt|salt|dsn|hmac|psk|senha|signature)[A-Za-z0-9_.-]{0,40}/gi;
/** Formats in which a bare word can be a value. */
const bareFormats =
  /(?:^|\/)(?:\.env[\w.-]*|Dockerfile[\w.-]*|Makefile|\.netrc|\.npmrc|\.pypirc|\.pgpass)$|\.(?:env|ini|properties|conf|cfg|cnf|toml|ya?ml|sh|bash|zsh|txt|log|config|tf|tfvars|md|rst|example|dist|template|sample|mk|npmrc)$/i;
const quotes = new Set(['"', "'", '`']);
const maxValue = 500;

/** Whether values need no quotes in a file of this path. */
export function takesBareValues(path: string): boolean {
  return bareFormats.test(path);
}

/** Finds what a line assigns to names that mean secrets, in any of the usual syntaxes. */
export function assignmentsIn(line: string, bare: boolean): Assignment[] {
  const found: Assignment[] = [];
  naming.lastIndex = 0;
  for (let match = naming.exec(line); match; match = naming.exec(line)) {
    const name = match[0].replace(/^[.-]+|[.:-]+$/g, '');
    const nameClass = classifyName(name);
    if (nameClass === 'none' || /\$\{$/.test(line.slice(0, match.index))) continue;
    const end = match.index + match[0].length;
    const value = valueAfter(line, end, bare) ?? xmlValue(line, end, name);
    if (value && value.value.length <= maxValue) found.push({ name, nameClass, ...value });
  }
  return found;
}

type Value = Pick<Assignment, 'value' | 'at' | 'quoted'>;

function valueAfter(line: string, from: number, bare: boolean): Value | undefined {
  let at = from;
  // The name's own closing: `"name"`, `['name']`, `$name}`.
  while (at < line.length && /['"`\]})]/.test(line[at] as string) && at - from < 3) at++;
  at = skipBlanks(line, at);
  // A type between the name and the value: `password: string = "x"`, `String password = `, `token string = "x"`.
  const type =
    /^(?:[?!]?:\s{0,3})?(?:string|String|str|char\*?|\[\]byte|Option<String>|&str|&'static str|Text|SecretStr)\s{0,4}(?==)/.exec(
      line.slice(at, at + 40),
    );
  if (type) at += type[0].length;
  const operator = /^(?:=>|:{1,3}=|===?|!==?|\|\|=?|\?\?=?|->|[?.+]=|=|:|,|- (?=['"]))/.exec(line.slice(at, at + 4));
  const call = /^\(\s{0,3}/.exec(line.slice(at, at + 4));
  if (!operator && !call) {
    // `--password value`, `IDENTIFIED BY`, `openweather token 'value'`.
    if (quotes.has(line[at] ?? '') && at > from && /\s/.test(line[from] ?? '')) return quotedAt(line, at);
    return flagValue(line, from, at, bare) ?? (at > from ? randomAt(line, at, bare) : undefined);
  }
  // `put("password", "x")` names the value; `encode(password), 'utf8'` does not.
  if (operator?.[0] === ',' && !/['"`]/.test(line[from] ?? '')) return undefined;
  if (
    call &&
    !/(?:^|[^A-Za-z0-9])(?:set|with|use|add)?_?[A-Z]?\w{0,20}(?:password|passwd|secret|token|apikey|api_key)$/i.test(
      line.slice(Math.max(0, from - 50), from),
    )
  )
    return undefined;
  at = skipBlanks(line, at + (operator ?? call ?? [''])[0].length);
  // `process.env.X || 'value'`, `getenv("X", "value")`: the literal after the lookup.
  const lookup =
    /^(?:process\.env(?:\.\w{1,60}|\[['"]\w{1,60}['"]\])|os\.(?:getenv|environ\.get)\(['"]\w{1,60}['"]|getenv\(['"]\w{1,60}['"]|env\(['"]\w{1,60}['"]|ENV\.fetch\(['"]\w{1,60}['"])\)?\s{0,3}(?:\|\||\?\?|,|\?:)\s{0,3}/.exec(
      line.slice(at, at + 160),
    );
  if (lookup) at += lookup[0].length;
  const wrapper = /^(?:b|r|u|f|@|new\s\w{1,30}\(|\[\]byte\(|Buffer\.from\(|String\()(?=['"`])/.exec(
    line.slice(at, at + 40),
  );
  if (wrapper) at += wrapper[0].length;
  if (quotes.has(line[at] ?? '')) return quotedAt(line, at);
  if (operator?.[0] === ',' || call || operator?.[0].startsWith('==') || operator?.[0].startsWith('!'))
    return undefined;
  return bare ? bareAt(line, at) : operator?.[0] === '=' ? randomAt(line, at, true) : undefined;
}

/** `openweather TOKEN a79…`, `"TOKEN=a79…\n"`: without quotes or operator only what nobody writes by hand counts. */
function randomAt(line: string, at: number, bare: boolean): Value | undefined {
  if (!bare) return undefined;
  const value = /^[A-Za-z0-9+/=_.~-]{16,300}/.exec(line.slice(at, at + maxValue))?.[0];
  return value !== undefined && isRandom(value) ? { value, at, quoted: true } : undefined;
}

function quotedAt(line: string, at: number): Value | undefined {
  const quote = line[at] as string;
  let value = '';
  for (let i = at + 1; i < line.length && value.length <= maxValue; i++) {
    const c = line[i] as string;
    if (c === '\\' && i + 1 < line.length) {
      value += line[++i];
      continue;
    }
    if (c === quote) {
      // A literal that goes on (`'a' + b`) is a part, not a secret.
      return /^\s{0,3}(?:\+|\.\s?\$|%\s?[({]|\.format)/.test(line.slice(i + 1, i + 12))
        ? undefined
        : { value, at: at + 1, quoted: true };
    }
    value += c;
  }
  return undefined;
}

function bareAt(line: string, at: number): Value | undefined {
  const value = /^[^\s'"`,;<>(){}[\]|]{3,}/.exec(line.slice(at, at + maxValue))?.[0];
  if (value === undefined) return undefined;
  // Code in a text: a call, a member, an index.
  if (/^[\w.]*[([]/.test(line.slice(at, at + value.length + 1)) || /^[a-z_]\w*(?:\.\w+)+$/i.test(value))
    return undefined;
  return { value, at, quoted: false };
}

function flagValue(line: string, from: number, at: number, bare: boolean): Value | undefined {
  if (at === from) return undefined;
  const before = line.slice(Math.max(0, from - 64), from);
  return bare && /(?:^|\s)--?[\w-]{1,60}$/.test(before) ? bareAt(line, at) : undefined;
}

/** `<password>x</password>` and `name="password" value="x"`. */
function xmlValue(line: string, end: number, name: string): Value | undefined {
  const rest = line.slice(end, end + maxValue);
  const element = /^>([^<>]{3,200})<\//.exec(rest);
  if (element?.[1] && line[end - name.length - 1] === '<') return { value: element[1], at: end + 1, quoted: true };
  const attribute = /^["']?\s{1,6}(?:value|defaultValue|content)\s{0,2}=\s{0,2}(["'])([^"'<>]{3,200})\1/.exec(rest);
  return attribute?.[2] ? { value: attribute[2], at: end + attribute.index, quoted: true } : undefined;
}

function skipBlanks(line: string, at: number): number {
  let i = at;
  while (line[i] === ' ' || line[i] === '\t') i++;
  return i;
}
