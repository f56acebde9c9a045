import type { Dialect, SchemaChange } from '../sql.ts';
import { readOther } from './other-dialects.ts';
import { readPostgres } from './postgres.ts';
import { trigger } from './postgres-drop.ts';
import type { Draft } from './postgres-node.ts';
import { type Statement, splitStatements } from './split.ts';

export interface Script {
  readonly dialect: Dialect;
  readonly changes: readonly SchemaChange[];
  readonly statements: number;
  readonly unread: number;
  /** Statements that PostgreSQL would refuse: read by its own grammar, and no other program's notation. */
  readonly errors: readonly { readonly line: number; readonly endLine: number }[];
}

/** What the reader knows of how the script is run. */
export interface Runner {
  /** `several`: several statements sent at once are one implicit transaction. */
  readonly transaction: boolean | 'unknown' | 'several';
  readonly dialect: Dialect;
  /** Tables that other new files of the same change create. */
  readonly newTables: ReadonlySet<string>;
}

/** Reads a script of SQL in the dialect declared, else in the first that understands most of it, PostgreSQL first. */
export function readScript(text: string, runner: Runner, firstLine = 1): Script {
  const { dialect, drafts, unread, statements } = readStatements(text, runner.dialect, firstLine);
  const wrapped = runner.transaction === 'several' ? statements > 1 : runner.transaction;
  return {
    dialect,
    changes: settle(drafts, wrapped, runner.newTables),
    statements,
    unread: unread.length,
    errors: dialect === 'postgresql' ? unread.filter(({ text: own }) => !foreign.test(own)) : [],
  };
}

/** Not SQL and not meant to be: psql's commands, variables and COPY data, and the holes of templates. */
const foreign = /^[ \t]{0,40}\\|\{\{|\$\{|<%|(?:^|[^:\w]):['"]?[a-z_]\w{0,63}|^[ \t]{0,40}(?:GO|DELIMITER)\b/im;

/** As readScript, without what only the whole migration tells. */
export function readStatements(
  text: string,
  declared: Dialect,
  firstLine: number,
): { dialect: Dialect; drafts: Draft[]; unread: readonly Statement[]; statements: number } {
  const statements = splitStatements(text, firstLine);
  const tried: readonly Exclude<Dialect, 'unknown'>[] =
    declared === 'unknown' ? ['postgresql', 'mysql', 'sqlite'] : [declared];
  let best: { dialect: Dialect; drafts: Draft[]; unread: readonly Statement[] } | undefined;
  for (const dialect of tried) {
    const { drafts, unread } = readAll(statements, dialect);
    if (!best || unread.length < best.unread.length) best = { dialect, drafts, unread };
    if (unread.length === 0) break;
  }
  return { ...(best ?? { dialect: 'unknown', drafts: [], unread: [] }), statements: statements.length };
}

function readAll(
  statements: readonly Statement[],
  dialect: Exclude<Dialect, 'unknown'>,
): { drafts: Draft[]; unread: readonly Statement[] } {
  const drafts: Draft[] = [];
  const unread: Statement[] = [];
  for (const statement of statements) {
    try {
      drafts.push(...(dialect === 'postgresql' ? readPostgres(statement) : readOther(dialect, statement)));
    } catch {
      // The parser's message quotes the text; that a statement is not understood is all that is kept.
      unread.push(statement);
    }
  }
  return { drafts, unread };
}

/** Adds what only the order of statements tells: open transactions, tables made so far, and the names they end up with. */
export function settle(
  drafts: readonly Draft[],
  wrapped: boolean | 'unknown',
  others: ReadonlySet<string>,
): SchemaChange[] {
  const made = new Set(others);
  const finalNames = rebuiltTables(drafts);
  const rebuilt = new Set(finalNames.values());
  const remade = new Set(
    drafts.flatMap(({ op, name, table }) => (op === 'create-object' ? name : op === 'create-table' ? table : [])),
  );
  const dropsTrigger = drafts.some(({ op, name }) => op === 'other' && name === trigger);
  const indexTables = new Map<string, string>();
  let open = false;
  const changes: SchemaChange[] = [];
  for (const draft of drafts) {
    if (draft.op === 'begin') open = true;
    if (draft.op === 'create-table' && draft.table) made.add(draft.table);
    if (draft.op === 'create-index' && draft.name && draft.table) indexTables.set(draft.name, draft.table);
    const table = draft.table ?? (draft.op === 'drop-index' ? indexTables.get(draft.name ?? '') : undefined);
    // What is dropped comes back under its name, or goes with the trigger that called it.
    const back =
      (draft.op === 'drop-table' && rebuilt.has(table ?? '')) ||
      (draft.op === 'drop-object' && (dropsTrigger || remade.has(draft.name ?? '')));
    const op = back ? 'other' : draft.op;
    changes.push({
      ...draft,
      op,
      table: finalNames.get(table ?? '') ?? table,
      onNewTable: table !== undefined && made.has(table),
      inTransaction: open ? true : wrapped,
    });
    if (draft.op === 'commit') open = false;
    if (draft.op === 'rename-table' && draft.table && draft.name && made.has(draft.table)) made.add(draft.name);
  }
  return changes;
}

/**
 * New tables that take the name of an old one: how SQLite's tables are altered (https://www.sqlite.org/lang_altertable.html,
 * §7), by hand and by Prisma.
 *
 * @returns the name under which the script makes each, and the name it ends up with
 */
function rebuiltTables(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const made = new Set(drafts.flatMap((draft) => (draft.op === 'create-table' ? (draft.table ?? []) : [])));
  const names = new Map<string, string>();
  for (const { op, table, name } of drafts)
    if (op === 'rename-table' && table && name && made.has(table)) names.set(table, name);
  return names;
}
