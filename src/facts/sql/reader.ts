import type { SourceFile } from '../../review/types.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import { declaredDialect, dialectBySyntax } from './dialect.ts';
import { newTablesOf } from './new-tables.ts';
import { type Runner, readScript, readStatements } from './script.ts';
import { undoScript, withFormerTypes } from './way-back.ts';

/** GitHub shows no diff of a larger file, and a script of this size is data. */
const maxLength = 1_000_000;
/** More syntax errors than this are one misunderstanding. */
const maxErrors = 3;
const undoFile = /(?:[._-](?:down|undo|rollback|revert)|(?:^|\/)(?:down|rollback|revert))\.sql$|(?:^|\/)U\d+__/i;
const undoMarker =
  /^[ \t]{0,40}--[ \t]{0,40}(?:\+goose[ \t]down|migrate:down|\+migrate[ \t]down|down[ \t]migration|rollback)\b/im;

/** Plain SQL files. */
export const sqlReader: Reader = {
  id: 'sql',
  // Seeds fill a database that nobody uses yet.
  reads: (path) => /\.sql$/i.test(path) && !/(?:^|\/)seed(?:s|ers?)?(?:\/|[._-])/i.test(path),
  read(file, project) {
    if (file.after === undefined) return {};
    if (file.after.length > maxLength) throw new RangeError('too long to be a migration');
    const { text, undo } = halvesOf(file, project);
    const script = readScript(text, runnerOf(file, text, project));
    const back = undo && undo.length <= maxLength ? readStatements(undo, script.dialect, 1).drafts : [];
    if (script.statements > 0 && script.unread === script.statements) throw new SyntaxError('no statement is SQL');
    const added = new Set(file.added);
    const failed = script.errors
      .filter(({ line, endLine }) => linesFrom(line, endLine).some((at) => added.has(at)))
      .slice(0, maxErrors)
      .map(({ line }) => `syntax error in the statement of line ${line}`);
    const changes = withFormerTypes(script.changes, back);
    return { sql: { dialect: script.dialect, changes, unread: script.unread }, failed };
  },
  notes: ({ file, sql }) =>
    sql && sql.unread > 0 ? [`${file.path}: ${sql.unread} SQL statements were not understood and not reviewed.`] : [],
};

function linesFrom(line: number, endLine: number): readonly number[] {
  return Array.from({ length: endLine - line + 1 }, (_, i) => line + i);
}

/** A migration's way forth, and its way back: meant to drop what the other made, it is not reviewed. */
function halvesOf(file: SourceFile, project: Project): { text: string; undo?: string | undefined } {
  const text = file.after ?? '';
  if (undoFile.test(file.path)) return { text: '' };
  const at = text.search(undoMarker);
  return at < 0 ? { text, undo: undoScript(file, project) } : { text: text.slice(0, at), undo: text.slice(at) };
}

function runnerOf(file: SourceFile, text: string, project: Project): Runner {
  const bySyntax = dialectBySyntax(text);
  const dialect = bySyntax === 'unknown' ? declaredDialect(file.path, project) : bySyntax;
  return { dialect, transaction: transactionOf(file.path, text), newTables: newTablesOf(project) };
}

/**
 * Whether the runner that the path or the text gives away wraps a script in a transaction. Prisma sends a script in one
 * message, which PostgreSQL runs as one implicit transaction when it holds several statements; drizzle-kit always wraps.
 */
function transactionOf(path: string, text: string): Runner['transaction'] {
  if (
    /^[ \t]{0,40}--[ \t]{0,40}(?:\+goose\s+NO\s+TRANSACTION|migrate:up\s+transaction:false|disable[- ]ddl[- ]transaction)/im.test(
      text,
    )
  )
    return false;
  if (/(?:^|\/)prisma\//i.test(path)) return 'several';
  if (/(?:^|\/)drizzle\//i.test(path) || /^--> statement-breakpoint/m.test(text)) return true;
  if (/^[ \t]{0,40}--[ \t]{0,40}(?:\+goose|migrate:up)\b/im.test(text)) return true;
  return 'unknown';
}
