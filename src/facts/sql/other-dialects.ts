import mysql from 'node-sql-parser/build/mysql.js';
import sqlite from 'node-sql-parser/build/sqlite.js';
import type { SchemaChange } from '../sql.ts';
import type { Draft } from './postgres-node.ts';
import type { Statement } from './split.ts';

/** A node of node-sql-parser's tree. */
// biome-ignore lint/suspicious/noExplicitAny: the published types leave most of ALTER out
type Node = Record<string, any>;

const parsers = { mysql: new mysql.Parser(), sqlite: new sqlite.Parser() };
/** The grammar is a backtracking one: past this length or depth a statement is data. */
const maxLength = 20_000;
const maxDepth = 40;

/**
 * What one statement of MySQL (MariaDB) or SQLite does.
 *
 * @throws SyntaxError when it is not of the dialect, RangeError when it is too large to parse in bounded time
 */
export function readOther(dialect: 'mysql' | 'sqlite', statement: Statement): Draft[] {
  if (statement.text.length > maxLength || depthOf(statement.text) > maxDepth) throw new RangeError('too large');
  // A setting of the connection, which the parser does not know.
  if (/^\s*PRAGMA\b/i.test(statement.text)) return [];
  // SQLite takes the brackets of SQL Server for quotes; the parser does not.
  const text = dialect === 'sqlite' ? statement.text.replaceAll(/\[(\w{1,128})\]/g, '"$1"') : statement.text;
  const tree = parsers[dialect].astify(text) as unknown as Node | Node[];
  return (Array.isArray(tree) ? tree : [tree]).flatMap((node) => read(node, statement));
}

function read(node: Node, at: Statement): Draft[] {
  const place = { line: at.line, endLine: at.endLine, columns: [] as readonly string[] };
  const table = lower((Array.isArray(node.table) ? node.table[0] : node.table)?.table);
  if (node.type === 'create' && node.keyword === 'table') return createTable(node, table, at);
  if (node.type === 'create' && /index$/.test(node.keyword ?? '')) {
    const index = {
      name: lower(typeof node.index === 'string' ? node.index : node.index?.name) ?? '',
      columns: names(node.index_columns),
      unique: /unique/i.test(node.index_type ?? ''),
      where: node.where != null,
    };
    return [{ ...place, op: 'create-index', table, ...index }];
  }
  if (node.type === 'alter') {
    const parts: Node[] = Array.isArray(node.expr) ? node.expr : [node.expr];
    return parts.flatMap((part, i) =>
      alter(part ?? {}, table, (parts.length === at.parts.length && at.parts[i]) || at),
    );
  }
  if (node.type === 'rename')
    return (node.table ?? []).map(([from, to]: Node[]) => ({
      ...place,
      op: 'rename-table',
      table: lower(from?.table),
      name: lower(to?.table) ?? '',
    }));
  if (node.type === 'drop' && node.keyword === 'table')
    return (node.name ?? []).map((n: Node) => ({ ...place, op: 'drop-table', table: lower(n.table) }));
  if (node.type === 'drop' && node.keyword === 'database') return [{ ...place, op: 'drop-database' }];
  if (node.type === 'truncate') return [{ ...place, op: 'truncate', table: lower(node.name?.[0]?.table) }];
  if (node.type === 'update' || node.type === 'delete') {
    const bounded = node.where != null || node.limit != null;
    return [{ ...place, op: node.type, table: table ?? lower(node.from?.[0]?.table), where: bounded }];
  }
  return [{ ...place, op: 'other', table }];
}

function createTable(node: Node, table: string | undefined, at: Statement): Draft[] {
  const place = { line: at.line, endLine: at.endLine, table };
  const definitions: Node[] = node.create_definitions ?? [];
  const temporary = node.temporary != null;
  const out: Draft[] = [];
  let keyed = node.as != null || node.query_expr != null || node.like != null;
  for (const definition of definitions) {
    if (definition.primary_key) keyed = true;
    if (definition.resource === 'column') {
      out.push({ ...place, op: 'add-column', ...column(definition), temporary });
      if (definition.unique || definition.primary_key)
        out.push({ ...place, ...constraint({ ...definition, constraint_type: 'UNIQUE' }), temporary });
      if (definition.reference_definition)
        out.push({ ...place, ...constraint({ ...definition, constraint_type: 'FOREIGN KEY' }), temporary });
    }
    if (definition.resource === 'index')
      out.push({ ...place, op: 'create-index', columns: names(definition.definition), temporary });
    if (definition.resource !== 'constraint') continue;
    const draft = constraint(definition);
    if (draft.constraint === 'primary-key') keyed = true;
    out.push({ ...place, ...draft, temporary });
  }
  return [{ ...place, op: 'create-table', columns: [], keyed, temporary }, ...out];
}

function alter(part: Node, table: string | undefined, at: { line: number; endLine: number }): Draft[] {
  const place = { line: at.line, endLine: at.endLine, table };
  const columns = names([part.old_column ?? part.column]);
  if (part.resource === 'column') {
    if (part.action === 'add') return [{ ...place, op: 'add-column', ...column(part) }];
    if (part.action === 'drop') return [{ ...place, op: 'drop-column', columns }];
    if (part.action === 'rename') return [{ ...place, op: 'rename-column', columns }];
    if (part.action === 'change') {
      const renamed = names([part.old_column])[0] !== names([part.column])[0];
      if (renamed) return [{ ...place, op: 'rename-column', columns }];
    }
    if (part.action === 'modify' || part.action === 'change')
      return [
        { ...place, op: 'change-type', ...column(part), restates: part.nullable != null || part.default_val != null },
      ];
  }
  if (part.resource === 'table' && part.action === 'rename')
    return [{ ...place, op: 'rename-table', columns: [], name: lower(part.table) ?? '' }];
  if (part.resource === 'constraint' && part.action === 'add')
    return [{ ...place, ...constraint(part.create_definitions ?? {}) }];
  if (part.resource === 'index' && part.action === 'add')
    return [{ ...place, op: 'create-index', columns: names(part.definition) }];
  return [{ ...place, op: 'other', columns: [] }];
}

function column(definition: Node): Pick<SchemaChange, 'columns' | 'type' | 'notNull' | 'default'> {
  return {
    columns: names([definition.column]),
    type: typeOf(definition.definition),
    notNull: definition.nullable?.type === 'not null',
    default: definition.default_val ? 'constant' : 'none',
  };
}

function constraint(definition: Node): Pick<Draft, 'op' | 'columns' | 'constraint' | 'references'> {
  const type = String(definition.constraint_type ?? '').toLowerCase();
  const of: SchemaChange['constraint'] = type.startsWith('foreign')
    ? 'foreign-key'
    : type.startsWith('primary')
      ? 'primary-key'
      : type.startsWith('unique')
        ? 'unique'
        : 'check';
  const columns = names(Array.isArray(definition.definition) ? definition.definition : [definition.column]);
  return {
    op: 'add-constraint',
    columns,
    constraint: of,
    references: lower(definition.reference_definition?.table?.[0]?.table),
  };
}

/** `varchar(64)`: the type with its size. */
function typeOf(definition: Node | undefined): string {
  const name = String(definition?.dataType ?? '').toLowerCase();
  return typeof definition?.length === 'number' ? `${name}(${definition.length})` : name;
}

/** SQLite takes a double-quoted name for a string where no column has it; the parser does so always. */
function names(columns: readonly (Node | undefined)[] | undefined): string[] {
  return (columns ?? []).flatMap((c) => {
    const quoted = c?.type === 'double_quote_string' ? c.value : undefined;
    return lower(c?.column?.expr?.value ?? c?.column ?? quoted) ?? [];
  });
}

function lower(name: unknown): string | undefined {
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '(') deepest = Math.max(deepest, ++depth);
    else if (char === ')') depth--;
  }
  return deepest;
}
