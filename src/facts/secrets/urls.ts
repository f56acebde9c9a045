import { isRandom } from './random.ts';
import { classifyValue } from './value.ts';
import { isQuoted } from './written-value.ts';

export interface UrlCredential {
  readonly value: string;
  /** A host nobody else reaches: this machine, an example domain. */
  readonly local: boolean;
  /** User and password are the words of a manual (`user:password`), or the server's own default (`postgres:postgres`). */
  readonly manual: boolean;
  /** The host is one that nobody can have (RFC 2606): the whole URL is an example. */
  readonly example: boolean;
}

const maxAuthority = 400;
const endOfAuthority = /[\s/'"`<>|\\?#]/;
const localHost =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\b|hostname\b|(?:[\w-]{1,60}\.){0,4}example\.|db_?host\b|server\b)/i;
const exampleHost = /^(?:[\w-]{1,60}\.){0,6}(?:example(?:\.(?:com|org|net))?|test|invalid)(?:[:/]|$)/i;
/** `AuthToken@FromPhoneNo`: a manual's name for what stands there. */
const namedHost = /^[A-Z][a-z]+[A-Z][A-Za-z]*$/;
const manualUser =
  /^(?:user|username|usr|u|login|name|me|admin|root|postgres|mysql|guest|sa|test\w{0,8}|some\w{0,8}|db_?user\w{0,4}|my_?user\w{0,4}|your\w{0,12}|foo|bob|alice|joe)$/i;
const manualPassword =
  /^(?:pass|password|passwd|pwd|p|pw|test\w{0,8}|some_?pass\w{0,6}|postgres|mysql|admin|root|guest|foo|bar|example|my_?pass\w{0,6}|db_?pass\w{0,6}|your\w{0,12}|token|key|hidden|placeholder|dummy|redacted)$/i;

/** What a template fills in when the program runs: `${host}`, `%s`, `{host}`, `#{host}`, `$HOST`. */
const filledIn = /^(?:f?\$\{?\w|#?\{|%[sdv])/;
/** The literal ends, and something is put behind it: `'postgres://app:x@' + host`. */
const continues = /^["'`]\s{0,3}[+.,%]/;

/** Reads the password of a URL with credentials. `at` is the offset of `://` in the line. */
export function urlCredentialAt(line: string, at: number): UrlCredential | undefined {
  if (!/[a-z0-9+.]/i.test(line[at - 1] ?? '')) return undefined;
  const rest = line.slice(at + 3, at + 3 + maxAuthority);
  const stop = rest.search(endOfAuthority);
  // `mongodb://user:pass@one,two`: the first host is enough.
  const authority = firstHost(stop < 0 ? rest : rest.slice(0, stop));
  const last = authority.lastIndexOf('@');
  const colon = authority.indexOf(':');
  if (last <= 0 || colon < 0 || colon >= last - 2) return undefined;
  const user = authority.slice(0, colon);
  const value = authority.slice(colon + 1, last);
  const host = authority.slice(last + 1);
  if (/^[$%{(<[*]|\$\{|\{\{|\$\(|%[sdv]\b|^\.+$|^x+$/i.test(value)) return undefined;
  // Beside a user whom a template fills in, only what looks like a password is one: `https://${login}:x-oauth-basic@…`.
  if (filledIn.test(user) ? !isMixed(value) : /[${}()[\],;=*]|%[sdv]|^\.+$|^:|^x+$|^localhost$/i.test(user))
    return undefined;
  const isFilledIn = filledIn.test(host) || (host === '' && continues.test(rest.slice(stop)));
  if (!isFilledIn && (!/^[\w[]/.test(host) || /:$/.test(host))) return undefined;
  const manual = (manualPassword.test(value) && (manualUser.test(user) || user === value)) || namedHost.test(host);
  return {
    value,
    local: isFilledIn ? manual : localHost.test(host) || !host.includes('.'),
    example: exampleHost.test(host),
    manual,
  };
}

/** Small letters or capitals, and digits: no word that a protocol gives its own meaning. */
function isMixed(value: string): boolean {
  return value.length >= 6 && /[A-Za-z]/.test(value) && /\d/.test(value) && classifyValue(value, 'password') !== 'text';
}

const goSource = /[\w.-]{1,60}:([^\s:@"'`$%{}]{3,80})@(?:tcp|unix)\(([^)]{0,80})/g;

/** Reads the passwords of Go's data source names: `user:password@tcp(host:3306)/shop`. */
export function sourcePasswords(line: string): UrlCredential[] {
  return Array.from(line.matchAll(goSource), ({ 0: whole, 1: value = '', 2: host = '' }) => ({
    value,
    local: localHost.test(host) || !host.includes('.'),
    example: exampleHost.test(host),
    manual: manualPassword.test(value) && manualUser.test(whole.slice(0, whole.indexOf(':'))),
  }));
}

/** Words of connection strings; the password's own name and a separator are asked for first. */
const connectionString = /(?:server|host|data source|database|initial catalog|uid|user id|endpoint|jdbc|redis)/i;
/** PostgreSQL's keywords and values, apart by blanks: `host=db user=app password=x dbname=shop`. */
const keywords = /\b(?:host|dbname|user|port)=\S{1,100}\s/;
const keyValue = /(?:^|[;,"'\s?&])(?:password|pwd)\s{0,2}=\s{0,2}([^;,"'\s&<>[\]]{3,100})/gi;

/** A variable, a member, a call: what a named argument is given (`connect(host=host, password=cfg.password)`). */
const expression =
  /^[A-Za-z_]\w{0,80}(?:\.\w{1,80}){0,8}(?:\(.{0,100}|[)\]}]{1,9})$|^[A-Za-z_]{1,80}(?:\.[A-Za-z_]{1,80}){0,8}$/;

/** Reads the passwords of `Server=…;Password=…`. */
export function connectionPasswords(line: string): string[] {
  if (!(/[;,&]/.test(line) || keywords.test(line)) || !connectionString.test(line)) return [];
  return Array.from(line.matchAll(keyValue))
    .filter(({ 0: pair, 1: value = '', index }) => {
      if (/^[$%{<(]/.test(value)) return false;
      return !expression.test(value) || /^[;&?]/.test(pair) || isQuoted(line, index + 1);
    })
    .map((match) => match[1] as string);
}

function firstHost(authority: string): string {
  const comma = authority.indexOf(',', authority.indexOf('@'));
  return comma < 0 ? authority : authority.slice(0, comma);
}

const basic = /\bBasic\s{1,3}([A-Za-z0-9+/]{12,300}={0,2})/g;

/**
 * Reads the passwords of Basic headers: the base64 decodes to `user:password` (RFC 7617). Random text that decodes to
 * something else is taken as it is: nobody writes it by hand.
 */
export function basicPasswords(line: string): { readonly value: string; readonly isUser: boolean }[] {
  const found: { value: string; isUser: boolean }[] = [];
  for (const { 1: given = '' } of line.matchAll(basic)) {
    const text = Buffer.from(given, 'base64').toString('latin1');
    const colon = text.indexOf(':');
    const value = text.slice(colon + 1);
    const user = text.slice(0, Math.max(0, colon));
    if (manualUser.test(user) && manualPassword.test(value)) continue;
    if (colon > 0 && /^[\x20-\x7e]+$/.test(text)) found.push({ value, isUser: user === value });
    else if (isRandom(given) && /\d/.test(given) && /auth/i.test(line)) found.push({ value: given, isUser: false });
  }
  return found;
}
