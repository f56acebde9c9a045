import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Node } from '../javascript/parse.ts';
import type { SchemaChange } from '../sql.ts';
import { addedColumns, changedColumn, tableParts } from './builder-columns.ts';
import { type Arguments, isEmpty, isTrue, option, type Part } from './builder-options.ts';
import { knexDrafts } from './knex.ts';
import { kyselyDrafts } from './kysely.ts';
import { columnsOf, pathOf, stringOf } from './literal.ts';
import type { Draft } from './postgres-node.ts';

const receivers = /(?:^|\.)(?:queryInterface|queryRunner|qi|pgm|context|migration|db)$/;

/** What one call of a migration builder does; nothing for any other call. */
export function builderDrafts(call: TSESTree.CallExpression, method: string): Draft[] {
  if (call.callee.type !== 'MemberExpression') return [];
  const knex = knexDrafts(call, method);
  if (knex.length > 0) return [...knex, ...kyselyDrafts(call, method)];
  const kysely = kyselyDrafts(call, method);
  if (kysely.length > 0) return kysely;
  const read = methods[method];
  if (!read || !isBuilder(call.callee.object)) return [];
  const table = stringOf(call.arguments[0]) ?? stringOf(option(call.arguments[0], 'name'));
  if (!table) return [];
  const place = { line: call.loc.start.line, endLine: call.loc.start.line, table: table.toLowerCase() };
  return read(call.arguments).map((draft) => ({ ...place, columns: [], ...draft }));
}

/** `queryRunner`, `this.queryInterface`, `sequelize.getQueryInterface()` */
function isBuilder(node: Node): boolean {
  if (node.type === 'CallExpression') return /(?:^|\.)getQueryInterface$/.test(pathOf(node.callee));
  return receivers.test(pathOf(node));
}

/** Methods that Sequelize, TypeORM and node-pg-migrate share: table first, then the column, index or constraint. */
const methods: Readonly<Record<string, (args: Arguments) => Part[]>> = {
  createTable: ([table, given]) => [
    { op: 'create-table', keyed: true },
    ...tableParts(table?.type === 'NewExpression' ? table : given),
  ],
  dropTable: () => [{ op: 'drop-table' }],
  renameTable: ([, to]) => [{ op: 'rename-table', name: stringOf(to) ?? '' }],
  addColumn: (args) => addedColumns(args),
  addColumns: (args) => addedColumns(args),
  removeColumn: ([, column]) => [{ op: 'drop-column', columns: columnsOf(column) }],
  dropColumn: ([, column]) => [{ op: 'drop-column', columns: columnsOf(column) }],
  dropColumns: ([, columns]) => [{ op: 'drop-column', columns: columnsOf(columns) }],
  renameColumn: ([, column]) => [{ op: 'rename-column', columns: columnsOf(column) }],
  alterColumn: ([, column, to]) => {
    const columns = columnsOf(column);
    const parts: Part[] = [];
    if (option(to, 'type')) parts.push({ op: 'change-type', columns });
    if (isTrue(option(to, 'notNull'))) parts.push({ op: 'set-not-null', columns });
    return parts;
  },
  changeColumn: ([, column, to]) => changedColumn(column, to),
  addIndex: ([, given, options]) => [index(given, options)],
  createIndex: ([, given, options]) => [index(given, options)],
  addConstraint: ([, given, options]) => constraints(options ?? given),
  createForeignKey: ([, key]) => [
    { op: 'add-constraint', constraint: 'foreign-key', columns: columnsOf(option(key, 'columnNames')) },
  ],
  createUniqueConstraint: ([, key]) => [
    { op: 'add-constraint', constraint: 'unique', columns: columnsOf(option(key, 'columnNames')) },
  ],
  bulkDelete: ([, where]) => (isEmpty(where) ? [{ op: 'delete', where: false }] : []),
  bulkUpdate: ([, , where]) => (isEmpty(where) ? [{ op: 'update', where: false }] : []),
};

/** Sequelize: (table, columns, options) or (table, { fields }). db-migrate: (table, name, columns, unique). */
function index(first: Node | undefined, second: Node | undefined): Part {
  const [given, options] =
    stringOf(first) !== undefined && second?.type === 'ArrayExpression' ? [second] : [first, second];
  const columns = columnsOf(option(given, 'fields') ?? option(given, 'columnNames') ?? given);
  const settings = [given, options];
  const set = (name: string) => settings.some((s) => isTrue(option(s, name)));
  return {
    op: 'create-index',
    columns,
    online: set('concurrently') || set('isConcurrent'),
    unique: set('unique') || set('isUnique'),
  };
}

function constraints(options: Node | undefined): Part[] {
  const columns = columnsOf(option(options, 'fields'));
  const type = (stringOf(option(options, 'type')) ?? '').toLowerCase();
  const named = new Map<string, NonNullable<SchemaChange['constraint']>>([
    ['foreign key', 'foreign-key'],
    ['unique', 'unique'],
    ['check', 'check'],
    ['primary key', 'primary-key'],
  ]).get(type);
  if (named) return [{ op: 'add-constraint', constraint: named, columns }];
  if (option(options, 'foreignKeys')) {
    const keys = option(option(options, 'foreignKeys'), 'columns');
    return [{ op: 'add-constraint', constraint: 'foreign-key', columns: columnsOf(keys) }];
  }
  if (option(options, 'unique'))
    return [{ op: 'add-constraint', constraint: 'unique', columns: columnsOf(option(options, 'unique')) }];
  return option(options, 'check') ? [{ op: 'add-constraint', constraint: 'check' }] : [];
}
