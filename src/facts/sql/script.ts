import type { Dialect, SchemaChange } from '../sql.ts';
import { readOther } from './other-dialects.ts';
import { readPostgres } from './postgres.ts';
import { trigger } from './postgres-drop.ts';
import type { Draft } from './postgres-node.ts';
import { type Statement, splitStatements } from './split.ts';
import { rebuiltTables, renamedTables } from './table-names.ts';

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
const foreign =
  /^[ \t]{0,40}\\|\\g(?:exec|set|desc|x)\b|\{\{|\$\{|<%|(?:^|[^:\w]):['"]?[a-z_]\w{0,63}|^[ \t]{0,40}(?:GO|DELIMITER)\b/im;

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
  const renamed = renamedTables(drafts);
  const remade = new Set(
    drafts.flatMap(({ op, name, table }) => (op === 'create-object' ? name : op === 'create-table' ? table : [])),
  );
  // A column of the old name takes the place of one that is renamed.
  const anew = new Set(
    drafts.flatMap(({ op, table, columns }) => (op === 'add-column' ? columns.map((name) => `${table}.${name}`) : [])),
  );
  const dropsTrigger = drafts.some(({ op, name }) => op === 'other' && name === trigger);
  const indexTables = new Map<string, string>();
  const newColumns = new Map<string, string | undefined>();
  const temporary = new Set(drafts.flatMap((draft) => (draft.temporary && draft.table ? draft.table : [])));
  let open = false;
  const changes: SchemaChange[] = [];
  for (const draft of drafts) {
    if (draft.op === 'begin') open = true;
    if (draft.op === 'create-table' && draft.table) made.add(draft.table);
    if (draft.op === 'create-index' && draft.name && draft.table) indexTables.set(draft.name, draft.table);
    const table = draft.table ?? (draft.op === 'drop-index' ? indexTables.get(draft.name ?? '') : undefined);
    // What is dropped comes back under its name, or goes with the trigger that called it.
    const back =
      (draft.op === 'drop-table' && (rebuilt.has(table ?? '') || renamed.has(table ?? ''))) ||
      (draft.op === 'rename-table' && renamed.get(draft.name ?? '') === 'made-anew') ||
      (draft.op === 'rename-column' && anew.has(`${table}.${draft.columns[0]}`)) ||
      (draft.op === 'drop-object' && (dropsTrigger || remade.has(draft.name ?? '')));
    const keys = draft.columns.map((column) => `${table}.${column}`);
    if (draft.op === 'add-column' && !draft.temporary) for (const key of keys) newColumns.set(key, draft.type);
    const onNewColumn = keys.length > 0 && keys.every((key) => newColumns.has(key));
    // The type of a column that is a moment old is stated again to say something else of it.
    const restated = draft.op === 'change-type' && onNewColumn && sameType(newColumns.get(keys[0] ?? ''), draft.type);
    const stays = restated && draft.notNull ? 'set-not-null' : 'other';
    changes.push({
      ...draft,
      op: back ? 'other' : restated ? stays : draft.op,
      table: finalNames.get(table ?? '') ?? table,
      onNewTable: table !== undefined && made.has(table),
      ...(onNewColumn && { onNewColumn }),
      ...(table !== undefined && temporary.has(table) && { temporary: true }),
      inTransaction: open ? true : wrapped,
    });
    if (draft.op === 'commit') open = false;
    if (draft.op === 'rename-table' && draft.table && draft.name && made.has(draft.table)) made.add(draft.name);
  }
  return changes;
}

const sameType = (one: string | undefined, other: string | undefined) => !one || !other || one === other;
