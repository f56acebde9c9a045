import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import { columnsOf, pathOf, stringOf } from './literal.ts';
import type { Draft } from './postgres-node.ts';

interface Step {
  readonly name: string;
  readonly args: readonly Node[];
  readonly line: number;
}

/**
 * What a chain of Kysely's schema builder does: `db.schema.alterTable('a').addColumn('b', 'text', (c) => c.notNull())`.
 *
 * @param call the chain's first call, on `schema`; nothing for any other
 */
export function kyselyDrafts(call: TSESTree.CallExpression, method: string): Draft[] {
  if (call.callee.type !== 'MemberExpression' || !/(?:^|\.)schema$/.test(pathOf(call.callee.object))) return [];
  const name = stringOf(call.arguments[0])?.replace(/^.*\./, '').toLowerCase();
  if (!name) return [];
  const steps = stepsAfter(call);
  const line = call.loc.start.line;
  if (method === 'createIndex') return index(name, steps, line);
  if (method === 'dropIndex') return [{ op: 'drop-index', name, columns: [], line, endLine: line }];
  // Knex gives these a callback, and is read by its own rules.
  if (call.arguments.length > 1) return [];
  if (method === 'createTable')
    return steps.flatMap((step) => change(name, step).filter(({ op }) => op === 'add-constraint'));
  return method === 'alterTable' ? steps.flatMap((step) => change(name, step)) : [];
}

/** The calls made on a call's result, in order. */
function stepsAfter(call: Node): Step[] {
  const steps: Step[] = [];
  for (let at = call; at.parent?.type === 'MemberExpression' && at.parent.object === at; ) {
    const outer: Node | undefined = at.parent.parent;
    if (outer?.type !== 'CallExpression') break;
    steps.push({
      name: propertyName(at.parent) ?? '',
      args: outer.arguments,
      line: at.parent.property.loc.start.line,
    });
    at = outer;
  }
  return steps;
}

function index(name: string, steps: readonly Step[], line: number): Draft[] {
  const table = stringOf(steps.find((step) => step.name === 'on')?.args[0])
    ?.replace(/^.*\./, '')
    .toLowerCase();
  if (!table) return [];
  const columns = steps.flatMap((step) => (/^columns?$/.test(step.name) ? columnsOf(step.args[0]) : []));
  const has = (method: string) => steps.some((step) => step.name === method);
  return [
    { op: 'create-index', name, table, columns, unique: has('unique'), where: has('where'), line, endLine: line },
  ];
}

function change(table: string, { name, args, line }: Step): Draft[] {
  const place = { table, line, endLine: line };
  const [first, second, third] = args;
  const columns = columnsOf(first);
  switch (name) {
    case 'addColumn':
      return column(place, columns, third);
    case 'dropColumn':
      return [{ ...place, op: 'drop-column', columns }];
    case 'renameColumn':
      return [{ ...place, op: 'rename-column', columns }];
    case 'renameTo':
      return [{ ...place, op: 'rename-table', columns: [], name: stringOf(first)?.toLowerCase() ?? '' }];
    case 'alterColumn':
    case 'modifyColumn': {
      const done = name === 'modifyColumn' ? ['setDataType'] : methodsIn(second);
      return [
        ...(done.includes('setDataType') ? [{ ...place, op: 'change-type' as const, columns }] : []),
        ...(done.includes('setNotNull') ? [{ ...place, op: 'set-not-null' as const, columns }] : []),
      ];
    }
    case 'addForeignKeyConstraint':
      return [
        {
          ...place,
          op: 'add-constraint',
          constraint: 'foreign-key',
          columns: columnsOf(second),
          references: stringOf(third),
        },
      ];
    case 'addUniqueConstraint':
      return [{ ...place, op: 'add-constraint', constraint: 'unique', columns: columnsOf(second) }];
    case 'addPrimaryKeyConstraint':
      return [{ ...place, op: 'add-constraint', constraint: 'primary-key', columns: columnsOf(second) }];
    case 'addCheckConstraint':
      return [{ ...place, op: 'add-constraint', constraint: 'check', columns: [] }];
    default:
      return [];
  }
}

function column(
  place: { readonly table: string; readonly line: number; readonly endLine: number },
  columns: readonly string[],
  build: Node | undefined,
): Draft[] {
  const methods = methodsIn(build);
  const has = (method: string) => methods.includes(method);
  const drafts: Draft[] = [
    {
      ...place,
      op: 'add-column',
      columns,
      notNull: has('notNull'),
      default: has('defaultTo') ? 'constant' : 'none',
    },
  ];
  if (has('references')) drafts.push({ ...place, op: 'add-constraint', constraint: 'foreign-key', columns });
  if (has('primaryKey')) drafts.push({ ...place, op: 'add-constraint', constraint: 'primary-key', columns });
  if (has('unique')) drafts.push({ ...place, op: 'add-constraint', constraint: 'unique', columns });
  return drafts;
}

/** Names of the methods that a builder's callback calls: `(c) => c.notNull().references('a.id')` has two. */
function methodsIn(build: Node | undefined): string[] {
  if (!isFunction(build) || build.body?.type === 'BlockStatement') return [];
  const names: string[] = [];
  for (
    let at = build.body as Node | null;
    at?.type === 'CallExpression' && at.callee.type === 'MemberExpression';
    at = at.callee.object
  )
    names.push(propertyName(at.callee) ?? '');
  return names;
}
