import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import { columnsOf, pathOf, stringOf } from './literal.ts';
import type { Draft } from './postgres-node.ts';

const columnTypes = new Set(
  'integer bigInteger tinyint smallint text string float double decimal boolean date datetime dateTime time timestamp binary enum enu json jsonb uuid specificType'.split(
    ' ',
  ),
);

/** What a call of Knex' schema builder does: on `knex.schema`, or on the table that a callback of it builds. */
export function knexDrafts(call: TSESTree.CallExpression, method: string): Draft[] {
  if (call.callee.type !== 'MemberExpression') return [];
  const place = { line: call.loc.start.line, endLine: call.loc.start.line };
  const first = stringOf(call.arguments[0]);
  if (isSchema(call.callee.object) && first) {
    const table = first.toLowerCase();
    if (/^createTable/.test(method)) return [{ ...place, op: 'create-table', table, columns: [], keyed: true }];
    if (/^dropTable/.test(method)) return [{ ...place, op: 'drop-table', table, columns: [] }];
    if (method === 'renameTable')
      return [
        { ...place, op: 'rename-table', table, columns: [], name: stringOf(call.arguments[1])?.toLowerCase() ?? '' },
      ];
    return [];
  }
  const built = builtTable(call);
  if (!built) return [];
  const table = built.table;
  const columns = columnsOf(call.arguments[0]);
  if (/^dropColumns?$/.test(method)) return [{ ...place, op: 'drop-column', table, columns }];
  if (method === 'renameColumn') return [{ ...place, op: 'rename-column', table, columns }];
  if (method === 'dropNullable') return [{ ...place, op: 'set-not-null', table, columns }];
  if (method === 'index') return [{ ...place, op: 'create-index', table, columns }];
  if (method === 'unique') return [{ ...place, op: 'add-constraint', constraint: 'unique', table, columns }];
  if (method === 'foreign') {
    const parent = parentOf(call);
    const references = parent !== undefined && { references: parent };
    return [{ ...place, op: 'add-constraint', constraint: 'foreign-key', table, columns, ...references }];
  }
  return columnTypes.has(method) ? column(call, table, columns, built.creates) : [];
}

function column(call: TSESTree.CallExpression, table: string, columns: readonly string[], creates: boolean): Draft[] {
  const chain = chainOf(call);
  const parent = parentOf(call);
  const place = { line: call.loc.start.line, endLine: call.loc.start.line, table, columns };
  const has = (name: string) => chain.includes(name);
  const type = typeOf(call);
  const notNull = has('notNullable') || has('notNull');
  if (has('alter')) {
    const restates = notNull || has('nullable') || has('defaultTo');
    return [{ ...place, op: 'change-type', type, notNull, restates }];
  }
  const drafts: Draft[] = [];
  // A primary key's column is the table's own affair.
  if (!creates) {
    const given = has('defaultTo') ? ('constant' as const) : ('none' as const);
    drafts.push({ ...place, op: 'add-column', type, notNull, default: given });
  }
  if (has('index')) drafts.push({ ...place, op: 'create-index' });
  if (has('unique') || has('primary')) drafts.push({ ...place, op: 'add-constraint', constraint: 'unique' });
  if (has('references'))
    drafts.push({ ...place, op: 'add-constraint', constraint: 'foreign-key', ...(parent && { references: parent }) });
  return drafts;
}

/** The type as Knex has PostgreSQL call it, else in Knex' own words: to be compared with another of the same notation. */
function typeOf(call: TSESTree.CallExpression): string {
  const method = call.callee.type === 'MemberExpression' ? (propertyName(call.callee) ?? '') : '';
  const sizes = call.arguments.slice(1).flatMap((size) => (size.type === 'Literal' ? String(size.value) : []));
  if (method === 'string') return `varchar(${sizes[0] ?? '255'})`;
  // Its second argument is a length of MySQL's alone.
  if (method === 'text') return 'text';
  if (method === 'specificType') return (sizes[0] ?? '').toLowerCase();
  if (method === 'decimal') return `numeric(${sizes[0] ?? '8'},${sizes[1] ?? '2'})`;
  return sizes.length > 0 ? `${method.toLowerCase()}(${sizes.join()})` : method.toLowerCase();
}

/** Names of the methods called on a call's result: `t.integer('x').notNullable().index()` has two. */
function chainOf(call: TSESTree.CallExpression): string[] {
  return stepsAfter(call).map(({ name }) => name);
}

/** The table that a key points at: `.references('id').inTable('roles')`, `.references('roles.id')` */
function parentOf(call: TSESTree.CallExpression): string | undefined {
  const given = new Map(stepsAfter(call).map(({ name, argument }) => [name, stringOf(argument)]));
  const column = given.get('references');
  return (given.get('inTable') ?? (column?.includes('.') ? column.replace(/\.[^.]*$/, '') : undefined))?.toLowerCase();
}

function stepsAfter(call: TSESTree.CallExpression): readonly { name: string; argument: Node | undefined }[] {
  const steps: { name: string; argument: Node | undefined }[] = [];
  for (let at: Node = call; at.parent?.type === 'MemberExpression' && at.parent.object === at; ) {
    const outer: Node | undefined = at.parent.parent;
    const called: TSESTree.CallExpression | undefined = outer?.type === 'CallExpression' ? outer : undefined;
    if (at.parent.property.type === 'Identifier')
      steps.push({ name: at.parent.property.name, argument: called?.arguments[0] });
    if (!called) break;
    at = called;
  }
  return steps;
}

/** The table whose builder a call is made on: the first parameter of a callback of `createTable` or `alterTable`. */
function builtTable(call: TSESTree.CallExpression): { table: string; creates: boolean } | undefined {
  if (call.callee.type !== 'MemberExpression' || call.callee.object.type !== 'Identifier') return undefined;
  const name = call.callee.object.name;
  for (let at: Node | undefined = call.parent; at; at = at.parent) {
    if (!isFunction(at)) continue;
    const [parameter] = at.params;
    const outer: Node | undefined = at.parent;
    if (parameter?.type !== 'Identifier' || parameter.name !== name) continue;
    if (outer?.type !== 'CallExpression' || outer.callee.type !== 'MemberExpression') return undefined;
    const method = outer.callee.property.type === 'Identifier' ? outer.callee.property.name : '';
    const table = stringOf(outer.arguments[0])?.toLowerCase();
    if (!table || !isSchema(outer.callee.object) || !/^(?:createTable|alterTable|table$)/.test(method))
      return undefined;
    return { table, creates: method.startsWith('create') };
  }
  return undefined;
}

/** `knex.schema`, `trx.schema`, or a chain that begins with it. */
function isSchema(node: Node): boolean {
  let at = node;
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') at = at.callee.object;
  return /(?:^|\.)schema$/.test(pathOf(at));
}
