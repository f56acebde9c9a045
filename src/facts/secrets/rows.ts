import { classifyName } from './name.ts';

/** A password in a table, and its offset in the text. */
export interface TableValue {
  readonly value: string;
  readonly at: number;
  /** The column is of keys and tokens: only random text is one. */
  readonly isToken: boolean;
}

const maxRows = 200;
/** A longer row is data. */
const maxRow = 1_000;
const insertion = /\binsert\s{1,4}into\s{1,4}[\w."`[\]]{1,80}\s{0,4}\(([^()\n]{1,400})\)\s{0,4}(?:values\s{0,4})?$/i;

/**
 * Reads the passwords of the rows that stand below `INSERT INTO users (email, password) VALUES`, by the column that each is for.
 *
 * @param end offset of the end of the statement's first line, which is `line`
 */
export function rowsBelow(text: string, end: number, line: string): TableValue[] {
  const columns = insertion.exec(line)?.[1]?.split(',').map(kindOfColumn);
  if (!columns?.some((kind) => kind !== undefined)) return [];
  const found: TableValue[] = [];
  let at = afterBlanks(text, end);
  if (/^values\b/i.test(text.slice(at, at + 8))) at = afterBlanks(text, at + 6);
  for (let row = 0; row < maxRows && text[at] === '('; row++) {
    const { cells, next } = cellsOf(text, at + 1);
    found.push(...cells.flatMap(({ value, start }, column) => told(columns[column], value, start)));
    at = afterBlanks(text, next);
    if (text[at] === ',') at = afterBlanks(text, at + 1);
  }
  return found;
}

function told(kind: 'password' | 'token' | undefined, value: string, at: number): TableValue[] {
  return kind === undefined || value.length < 4 ? [] : [{ value, at, isToken: kind === 'token' }];
}

function kindOfColumn(column: string): 'password' | 'token' | undefined {
  const kind = classifyName(column.trim().replace(/["`[\]]/g, ''));
  return kind === 'password' ? 'password' : kind === 'secret' ? 'token' : undefined;
}

/** The cells of a row up to its bracket: what stands in single quotes, the rest empty. */
function cellsOf(text: string, from: number): { cells: { value: string; start: number }[]; next: number } {
  const cells = [{ value: '', start: from }];
  let depth = 0;
  let at = from;
  for (; at < from + maxRow && at < text.length; at++) {
    const c = text[at];
    if (c === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0 || close > from + maxRow) break;
      const cell = cells.at(-1);
      if (cell && depth === 0) cells[cells.length - 1] = { value: text.slice(at + 1, close), start: at + 1 };
      at = close;
    } else if (c === '(') depth++;
    else if (c === ')') {
      if (depth === 0) return { cells, next: at + 1 };
      depth--;
    } else if (c === ',' && depth === 0) cells.push({ value: '', start: at });
  }
  return { cells: [], next: at };
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && at < from + maxRow && /\s/.test(text[at] as string)) at++;
  return at;
}

const tables = /\.(?:csv|tsv)$/i;
const userLists = /(?:^|\/)userlist\.txt$/i;
const passFiles = /(?:^|\/)\.?pgpass(?:\.conf)?$/i;
/** PgBouncer's `"user" "password"`; a hash is none. */
const listedUser = /^"[^"]{1,60}" "(?!md5[0-9a-f]{32}"|SCRAM-SHA)([^"]{4,100})"/;
/** PostgreSQL's `host:port:database:user:password`. */
const listedServer = /^[^\s:#]{1,100}:(?:\d{1,5}|\*):[^\s:]{1,60}:[^\s:]{1,60}:(\S{4,100})$/;

const mailPasswords = /(?:^|\/)sasl_passwd$/i;
/** Postfix's `[host]:port user:password`. */
const listedRelay = /^[^\s#]{1,100}\s{1,8}[^\s:]{1,60}:([^\s$]{4,100})$/;

/** The form of a line, by the program that reads the file. */
function formOf(path: string): RegExp | undefined {
  if (userLists.test(path)) return listedUser;
  if (passFiles.test(path)) return listedServer;
  return mailPasswords.test(path) ? listedRelay : undefined;
}

/** Reads the passwords of a file that is a table of accounts: CSV under a heading, the lists of PgBouncer, PostgreSQL and Postfix. */
export function tableValues(path: string, text: string): TableValue[] {
  if (tables.test(path)) return csvValues(text);
  const form = formOf(path);
  if (!form) return [];
  return linesOf(text).flatMap(({ line, at }) => {
    const value = form.exec(line)?.[1];
    return value ? [{ value, at: at + line.lastIndexOf(value), isToken: false }] : [];
  });
}

function csvValues(text: string): TableValue[] {
  const [heading, ...rows] = linesOf(text);
  const separator = /[,;\t]/.exec(heading?.line ?? '')?.[0];
  if (!heading || !separator) return [];
  const columns = heading.line.split(separator).map(kindOfColumn);
  if (!columns.some((kind) => kind !== undefined)) return [];
  return rows.flatMap(({ line, at }) => {
    let start = at;
    // A quoted cell that holds the separator moves what follows it: such a row is left out.
    const cells = line.split(separator);
    if (cells.length !== columns.length) return [];
    return cells.flatMap((cell, column) => {
      const value = cell.trim().replace(/^"|"$/g, '');
      const place = start;
      start += cell.length + 1;
      return told(columns[column], value, place);
    });
  });
}

/** The first lines of a text with their offsets; long ones are left out. */
function linesOf(text: string): { line: string; at: number }[] {
  const found: { line: string; at: number }[] = [];
  for (let at = 0; at < text.length && found.length <= maxRows; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    if (stop - at < maxRow) found.push({ line: text.slice(at, stop).replace(/\r$/, ''), at });
    at = stop + 1;
  }
  return found;
}
