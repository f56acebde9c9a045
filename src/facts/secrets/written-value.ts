import { isRandom } from './random.ts';

/** A literal on a line: its offset, and whether anything marks where it ends. */
export interface AssignedValue {
  readonly value: string;
  readonly at: number;
  readonly quoted: boolean;
  /** Made into bytes on the spot, as keys are. */
  readonly isBytes?: true;
}

/** A longer literal is data. */
export const maxValue = 4_000;
/** A quote, also an escaped one. */
export const opening = /\\?["'`]/y;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The value of a URL's query parameter, inside a literal. */
export function parameterAt(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[A-Za-z0-9_.~%+-]{10,300}(?![A-Za-z0-9_.~%+({$-])/y, line, at);
  return value === '' ? undefined : { value, at, quoted: true };
}

/** A header or a setting inside a literal or a document inside code: `'X-Api-Key: 8f…'`, `{ token: 8f… }`. */
export function embeddedAt(line: string, at: number): AssignedValue | undefined {
  const from = at + lengthOf(/(?:Bearer|Token|ApiKey|SSWS)\s{1,3}/iy, line, at);
  const value = textOf(/[A-Za-z0-9+/=_.~-]{16,300}/y, line, from);
  const rest = line.slice(from + value.length, from + value.length + 12);
  const ends = /^\\?["'`]/.test(rest) || (value.length >= 20 && /^\s{0,4}\}?\s{0,4}$/.test(rest));
  if (value === '' || !ends || !/\d/.test(value) || !(isRandom(value) || uuid.test(value))) return undefined;
  return { value, at: from, quoted: true };
}

/** Without quotes or an operator only what nobody writes by hand counts. */
export function randomAt(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[A-Za-z0-9+/=_.~-]{16,300}/y, line, at);
  return value !== '' && !/[([]/.test(line[at + value.length] ?? '') && isRandom(value)
    ? { value, at, quoted: true }
    : undefined;
}

/** A literal in quotes that is whole: nothing is put behind it. */
export function quotedAt(line: string, at: number): AssignedValue | undefined {
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
      const meant = escapeAt(line, i + 1);
      value += meant.text;
      i += meant.length;
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

/** What an escape stands for: `\u200b`, `\x41`, `\n`; any other character is itself. */
function escapeAt(line: string, at: number): { readonly text: string; readonly length: number } {
  const code = textOf(/u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}/y, line, at);
  if (code !== '') return { text: String.fromCharCode(Number.parseInt(code.slice(1), 16)), length: code.length };
  const c = line[at] as string;
  return { text: /[nrt]/.test(c) ? ' ' : c, length: 1 };
}

/** A value without quotes, up to a blank or a sign; nothing that reads as code or as prose. */
export function bareAt(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[^\s'"`,;<>(){}[\]|&]{3,500}/y, line, at);
  if (value === '') return undefined;
  // Code in a text: a call, a member, an index.
  if (/[([]/.test(line[at + value.length] ?? '') || /^[a-z_]\w{0,60}(?:\.[a-z_]\w{0,60}){1,8}$/i.test(value))
    return undefined;
  // Plain words with a word behind them are a list or prose: `passwd: files systemd`.
  if (/^[A-Za-z]+$/.test(value) && /^ +[A-Za-z]/.test(line.slice(at + value.length, at + value.length + 8)))
    return undefined;
  return { value, at, quoted: false };
}

/** `<password>x</password>` */
export function elementText(line: string, at: number): AssignedValue | undefined {
  const value = textOf(/[^<>]{3,200}(?=<\/)/y, line, at);
  return value === '' ? undefined : { value, at, quoted: true };
}

/** `name="password" value="x"` and `<string name="password">x</string>`. */
export function attributeValue(line: string, end: number): AssignedValue | undefined {
  const rest = line.slice(end, end + maxValue);
  const found =
    /^["']?\s{1,6}(?:value|defaultValue|content)\s{0,2}=\s{0,2}["']([^"'<>]{3,200})["']/.exec(rest) ??
    /^["']>([^<>]{3,200})<\//.exec(rest);
  return found?.[1] ? { value: found[1], at: end + found.index, quoted: true } : undefined;
}

/** What an expression with the flag `y` matches at a place; empty when it does not. */
export function textOf(sticky: RegExp, line: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(line)?.[0] ?? '';
}

/** Length of what an expression matches at a place. */
export function lengthOf(sticky: RegExp, line: string, at: number): number {
  return textOf(sticky, line, at).length;
}

/** Offset of the next character that is no blank. */
export function skipBlanks(line: string, at: number): number {
  let i = at;
  while (line[i] === ' ' || line[i] === '\t') i++;
  return i;
}

/** Whether a place in a line stands between quotes. */
export function isQuoted(line: string, place: number): boolean {
  let quote = '';
  for (let at = 0; at < place; at++) {
    const character = line[at] as string;
    if (quote !== '' && character === '\\') at++;
    else if (quote === '' ? /["'`]/.test(character) : character === quote) quote = quote === '' ? character : '';
  }
  return quote !== '';
}
