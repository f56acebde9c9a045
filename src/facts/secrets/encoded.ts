import { type FoundToken, tokensAt, tokenWords } from './tokens.ts';
import { type UrlCredential, urlCredentialAt } from './urls.ts';

/** How a text begins when what is encoded in it begins with a token's word or a database's scheme. */
interface Announcement {
  readonly word: string;
  readonly encoding: 'base64' | 'hex';
  /** Index in `tokenWords`; absent for a URL. */
  readonly token?: number;
}

/** Shorter beginnings are found in any text of letters; longer ones make the prefilter's table larger than a processor's cache. */
const minWord = 4;
const maxBytes = 4;
const schemes = ['postgres', 'mysql://', 'mongodb', 'redis://', 'rediss://', 'amqp://', 'amqps://'];

const announcements: readonly Announcement[] = [
  ...tokenWords.flatMap((word, token) => (word.length < minWord ? [] : beginnings(word, token))),
  ...schemes.flatMap((scheme) => beginnings(scheme)),
];
const percent = '%3a%2f%2f';

/** What the prefilter looks for: a value is looked for where it is encoded from its first character on. */
export const encodedWords: readonly string[] = [...new Set(announcements.map(({ word }) => word)), percent];

function beginnings(word: string, token?: number): Announcement[] {
  const bytes = Buffer.from(word).subarray(0, maxBytes);
  const known = token === undefined ? {} : { token };
  return [
    // Six bits a character: the last one is made of the word and of what follows it.
    { word: bytes.toString('base64').slice(0, Math.floor((bytes.length * 8) / 6)), encoding: 'base64', ...known },
    { word: bytes.toString('hex'), encoding: 'hex', ...known },
  ];
}

export interface Encoded {
  readonly encoding: 'base64' | 'hex' | 'percent';
  readonly tokens: readonly FoundToken[];
  readonly url?: UrlCredential;
}

/**
 * Decodes, once, what begins at a place in a line, and finds the token or the URL's password in it.
 *
 * @param at offset at which one of `encodedWords` stands, in any case
 */
export function encodedAt(line: string, at: number): Encoded | undefined {
  if (line[at] === '%') return percentAt(line, at);
  for (const { word, encoding, token } of announcements) {
    if (encoding === 'base64' ? !line.startsWith(word, at) : line.slice(at, at + word.length).toLowerCase() !== word)
      continue;
    const text = decoded(line, at, encoding);
    if (text === undefined) continue;
    if (token !== undefined) return { encoding, tokens: tokensAt(text, token, 0) };
    const url = urlCredentialAt(text, text.indexOf('://'));
    if (url) return { encoding, tokens: [], url };
  }
  return undefined;
}

const runs = { base64: /[A-Za-z0-9+/_-]{16,2000}/y, hex: /[0-9A-Fa-f]{32,4000}/y };

/** The text that is encoded from a place on; undefined where the run begins earlier or holds bytes that are no text. */
function decoded(line: string, at: number, encoding: 'base64' | 'hex'): string | undefined {
  if (/[A-Za-z0-9+/_-]/.test(line[at - 1] ?? '') && !line.startsWith('0x', at - 2)) return undefined;
  const run = runs[encoding];
  run.lastIndex = at;
  const found = run.exec(line)?.[0];
  const text = found && Buffer.from(found, encoding).toString('latin1').trim();
  return text && /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : undefined;
}

const maxBefore = 20;
const maxAfter = 400;

function percentAt(line: string, at: number): Encoded | undefined {
  const scheme = /[A-Za-z0-9+.]{1,20}$/.exec(line.slice(Math.max(0, at - maxBefore), at))?.[0];
  const rest = /^[\w.~%!*()-]{9,400}/.exec(line.slice(at, at + maxAfter))?.[0];
  if (scheme === undefined || rest === undefined) return undefined;
  try {
    const url = urlCredentialAt(scheme + decodeURIComponent(rest), scheme.length);
    return url && { encoding: 'percent', tokens: [], url };
  } catch {
    // A stray percent sign: nothing is encoded here.
    return undefined;
  }
}
