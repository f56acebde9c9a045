import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, propertyOf } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import type { Tree } from '../javascript/tree.ts';
import type { Column, Relation, SchemaFacts, Table } from '../schema.ts';
import { stringOf } from '../sql/literal.ts';
import type { Dialect } from '../sql.ts';
import { grows } from './growth.ts';

const makers: Readonly<Record<string, Dialect>> = { pgTable: 'postgresql', mysqlTable: 'mysql', sqliteTable: 'sqlite' };
type Index = Table['indexes'][number];

/** Tables of Drizzle: `pgTable('orders', { … }, (t) => [index().on(t.userId)])`. Columns are named by their property. */
export function readDrizzle(tree: Tree): SchemaFacts {
  const tables: Table[] = [];
  let dialect: Dialect | undefined;
  for (const call of tree.of('CallExpression')) {
    const maker = call.callee.type === 'Identifier' ? makers[call.callee.name] : undefined;
    const name = maker && stringOf(call.arguments[0]);
    if (!maker || !name || call.arguments[1]?.type !== 'ObjectExpression') continue;
    dialect ??= maker;
    tables.push(readTable(name, call, call.arguments[1], tree.path));
  }
  return { tables, ...(dialect && { dialect }) };
}

function readTable(name: string, call: TSESTree.CallExpression, shape: TSESTree.ObjectExpression, path: string): Table {
  const columns: Column[] = [];
  const relations: Relation[] = [];
  const indexes: Index[] = [];
  for (const property of shape.properties) {
    if (property.type !== 'Property') continue;
    const column = propertyName(property) ?? '';
    const line = property.loc.start.line;
    const chain = chainOf(property.value);
    columns.push({
      name: column,
      type: chain.at(-1)?.name ?? '',
      line,
      optional: !chain.some((c) => c.name === 'notNull'),
      ...(isFew(chain.at(-1)) ? { few: true } : {}),
    });
    if (chain.some((c) => c.name === 'primaryKey' || c.name === 'unique'))
      indexes.push({ columns: [column], unique: true, line });
    const key = chain.find((c) => c.name === 'references');
    if (key)
      relations.push({ name: column, to: targetOf(key.args[0]), columns: [column], many: false, eager: false, line });
  }
  indexes.push(...indexesIn(call.arguments[2]));
  const variable =
    call.parent.type === 'VariableDeclarator' && call.parent.id.type === 'Identifier' ? call.parent.id.name : name;
  return {
    name,
    alias: variable,
    path,
    line: call.loc.start.line,
    source: 'drizzle',
    columns,
    relations,
    indexes,
    grows: grows(name, columns, relations),
  };
}

/** `boolean()`, `mysqlEnum()`, `text({ enum: […] })`, and what `pgEnum` made, by its name. */
function isFew(made: { name: string; args: readonly Node[] } | undefined): boolean {
  if (!made) return false;
  return /^boolean$|enum$/i.test(made.name) || made.args.some((arg) => propertyOf(arg, 'enum') !== undefined);
}

/** Calls of a chain, outermost first: `integer('a').notNull()` is notNull, integer. */
function chainOf(node: Node): { name: string; args: readonly Node[] }[] {
  const calls: { name: string; args: readonly Node[] }[] = [];
  for (let at = node; at.type === 'CallExpression'; ) {
    const { callee } = at;
    if (callee.type === 'MemberExpression') {
      calls.push({ name: propertyName(callee) ?? '', args: at.arguments });
      at = callee.object;
    } else {
      if (callee.type === 'Identifier') calls.push({ name: callee.name, args: at.arguments });
      break;
    }
  }
  return calls;
}

function indexesIn(extra: Node | undefined): Index[] {
  if (!isFunction(extra)) return [];
  let body: Node = extra.body;
  if (body.type === 'BlockStatement') {
    const returned = body.body.find((statement) => statement.type === 'ReturnStatement');
    body = returned?.argument ?? body;
  }
  const items =
    body.type === 'ArrayExpression'
      ? body.elements
      : body.type === 'ObjectExpression'
        ? body.properties.map((p) => (p.type === 'Property' ? p.value : null))
        : [];
  return items.flatMap((item) => {
    const chain = item ? chainOf(item) : [];
    const kind = chain.at(-1)?.name ?? '';
    const on =
      chain.find((c) => /^(?:on|onOnly|using)$/.test(c.name)) ?? (kind === 'primaryKey' ? chain.at(-1) : undefined);
    if (!item || !on || !/^(?:index|uniqueIndex|unique|primaryKey)$/.test(kind)) return [];
    return [{ columns: membersIn(on.args), unique: kind !== 'index', line: item.loc.start.line }];
  });
}

function membersIn(args: readonly Node[]): string[] {
  return args.flatMap((arg): string[] => {
    if (arg.type === 'MemberExpression') return [propertyName(arg) ?? ''];
    // `t.createdAt.desc()`, `desc(t.createdAt)`
    if (arg.type === 'CallExpression')
      return membersIn(arg.callee.type === 'MemberExpression' ? [arg.callee.object as Node] : arg.arguments);
    if (arg.type === 'ObjectExpression')
      return arg.properties.flatMap((p) =>
        p.type === 'Property' && p.value.type === 'ArrayExpression'
          ? membersIn(p.value.elements.filter((e) => e !== null))
          : [],
      );
    return [];
  });
}

function targetOf(node: Node | undefined): string {
  if (node?.type !== 'ArrowFunctionExpression' || node.body.type !== 'MemberExpression') return '';
  return node.body.object.type === 'Identifier' ? node.body.object.name : '';
}
