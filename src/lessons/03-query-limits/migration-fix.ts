import type { SchemaChange } from '../../facts/sql.ts';
import type { Fix, SourceFile } from '../../review/types.ts';

/** What stands before the word CONCURRENTLY, by what is done. */
const beforeConcurrently: Readonly<Record<string, RegExp>> = {
  'create-index': /\bCREATE\s{1,20}(?:UNIQUE\s{1,20})?INDEX\b(?!\s{1,20}CONCURRENTLY\b)/gi,
  'drop-index': /\bDROP\s{1,20}INDEX\b(?!\s{1,20}CONCURRENTLY\b)/gi,
  reindex: /\bREINDEX\s{1,20}(?:INDEX|TABLE|SCHEMA|DATABASE)\b(?!\s{1,20}CONCURRENTLY\b)/gi,
  'detach-partition':
    /\bDETACH\s{1,20}PARTITION\s{1,20}(?:"?\w{1,63}"?\.)?"?\w{1,63}"?(?!\s{1,20}CONCURRENTLY\b)(?![\w".])/gi,
};

/**
 * The statement with CONCURRENTLY. Only where no transaction wraps the script for certain: inside one the statement would
 * fail when it is deployed.
 */
export function concurrently(file: SourceFile, change: SchemaChange): { fix?: Fix } {
  const place = beforeConcurrently[change.op];
  const lines = linesOf(file, change);
  if (!place || lines === undefined || change.inTransaction !== false) return {};
  const found = [...lines.matchAll(place)];
  const [match] = found;
  if (!match || found.length > 1) return {};
  const end = match.index + match[0].length;
  return replaced(change, `${lines.slice(0, end)} ${inCaseOf(match[0], 'CONCURRENTLY')}${lines.slice(end)}`);
}

/** The constraint with NOT VALID, which takes its lock for a moment whatever wraps the script. */
export function notValid(file: SourceFile, change: SchemaChange): { fix?: Fix } {
  const lines = linesOf(file, change);
  if (lines === undefined) return {};
  // One constraint on these lines, and nothing after it but the end of its statement or the comma of the next part.
  const adds = [...lines.matchAll(/\bADD\s{1,20}(?:CONSTRAINT|FOREIGN|CHECK)\b/gi)];
  const constraint = lines.trimEnd().replace(/[;,]$/, '').trimEnd();
  if (adds.length !== 1 || constraint.includes(';') || /--|\/\*/.test(lines)) return {};
  const words = inCaseOf(adds[0]?.[0] ?? '', 'NOT VALID');
  return replaced(change, `${constraint} ${words}${lines.slice(constraint.length)}`);
}

/** The statement below a lock_timeout. */
export function withTimeout(file: SourceFile, change: SchemaChange): { fix?: Fix } {
  const lines = linesOf(file, change);
  if (lines === undefined || !/^\s{0,80}ALTER\s/i.test(lines)) return {};
  const indent = /^\s*/.exec(lines)?.[0] ?? '';
  return replaced(change, `${indent}${inCaseOf(lines, 'SET')} lock_timeout = '2s';\n${lines}`);
}

/** Lines of plain SQL; those of a migration in code are a string of another language. */
function linesOf({ path, after }: SourceFile, { line, endLine }: SchemaChange): string | undefined {
  if (after === undefined || !/\.sql$/i.test(path) || endLine - line > 100) return undefined;
  return after
    .split('\n')
    .slice(line - 1, endLine)
    .join('\n');
}

function replaced({ line, endLine }: SchemaChange, text: string): { fix: Fix } {
  return { fix: { line, endLine, text } };
}

/** A keyword in the case of the text around it. */
function inCaseOf(text: string, keyword: string): string {
  return text === text.toLowerCase() ? keyword.toLowerCase() : keyword;
}
