import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import type { SchemaChange } from '../sql.ts';
import { knexDrafts } from './knex.ts';
import { kyselyDrafts } from './kysely.ts';
import { columnsOf, pathOf, stringOf } from './literal.ts';
import type { Draft } from './postgres-node.ts';

const receivers = /(?:^|\.)(?:queryInterface|queryRunner|qi|pgm|context|migration)$/;

/** What one call of a migration builder does; nothing for any other call. */
export function builderDrafts(call: TSESTree.CallExpression, method: string): Draft[] {
  if (call.callee.type !== 'MemberExpression') return [];
  const knex = knexDrafts(call, method);
  if (knex.length > 0) return [...knex, ...kyselyDrafts(call, method)];
  const kysely = kyselyDrafts(call, method);
  if (kysely.length > 0) return kysely;
  const read = methods[method];
  if (!read || !receivers.test(pathOf(call.callee.object))) return [];
  const table = stringOf(call.arguments[0]) ?? stringOf(option(call.arguments[0], 'name'));
  if (!table) return [];
  const place = { line: call.loc.start.line, endLine: call.loc.start.line, table: table.toLowerCase() };
  return read(call.arguments).map((draft) => ({ ...place, columns: [], ...draft }));
}

type Part = Partial<Draft> & Pick<Draft, 'op'>;
type Arguments = readonly Node[];

/** Methods that Sequelize, TypeORM and node-pg-migrate share: table first, then the column, index or constraint. */
const methods: Readonly<Record<string, (args: Arguments) => Part[]>> = {
  createTable: () => [{ op: 'create-table', keyed: true }],
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

function addedColumns(args: Arguments): Part[] {
  const [, second, third] = args;
  // Sequelize: (table, name, options). TypeORM: (table, new TableColumn(options)). node-pg-migrate: (table, { name: options }).
  if (third) return [column(stringOf(second), third)];
  const options = optionsOf(second);
  if (!options) return [];
  if (second?.type === 'NewExpression') return [column(stringOf(option(second, 'name')), second)];
  return options.properties.flatMap((p) =>
    p.type === 'Property' && p.value.type === 'ObjectExpression' ? [column(keyOf(p.key), p.value)] : [],
  );
}

function column(name: string | undefined, options: Node): Part {
  const nullable = option(options, 'isNullable');
  // TypeORM's columns are NOT NULL unless told otherwise.
  const typeorm = options.type === 'NewExpression';
  const required = typeorm
    ? !isTrue(nullable) && !isTrue(option(options, 'isGenerated'))
    : isFalse(option(options, 'allowNull')) || isTrue(option(options, 'notNull'));
  const given = option(options, 'defaultValue') ?? option(options, 'default');
  const known = optionsOf(options)?.properties.every((p) => p.type === 'Property') === true;
  return {
    op: 'add-column',
    columns: name ? [name.toLowerCase()] : [],
    notNull: known && required,
    default: given ? 'constant' : 'none',
  };
}

function index(given: Node | undefined, options: Node | undefined): Part {
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

function optionsOf(node: Node | undefined): TSESTree.ObjectExpression | undefined {
  if (node?.type === 'NewExpression') return optionsOf(node.arguments[0]);
  return node?.type === 'ObjectExpression' ? node : undefined;
}

function option(node: Node | undefined, name: string): Node | undefined {
  const options = optionsOf(node);
  return options && propertyOf(options, name);
}

function keyOf(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : stringOf(node);
}

const isTrue = (node: Node | undefined): boolean => node?.type === 'Literal' && node.value === true;
const isFalse = (node: Node | undefined): boolean => node?.type === 'Literal' && node.value === false;
const isEmpty = (node: Node | undefined): boolean =>
  (node?.type === 'Literal' && node.value === null) ||
  (node?.type === 'ObjectExpression' && node.properties.length === 0);
