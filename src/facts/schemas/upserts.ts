import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, propertyOf } from '../javascript/nodes.ts';
import { isJavaScript, type Node } from '../javascript/parse.ts';
import { treeOf } from '../javascript/planted.ts';
import type { Tree } from '../javascript/tree.ts';
import { columnsOf, stringOf } from '../sql/literal.ts';
import { isTrue } from './documents.ts';

/** A write that inserts a row or, where one is there already, changes it; and by what it is found. */
export interface Upsert {
  readonly source: 'drizzle' | 'mongoose' | 'sql';
  /** As the code names it. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly line: number;
  readonly endLine: number;
}

const says = /\bonConflict|\bupsert\b|\bon\s+conflict\s*\(/i;
const maxLength = 1_000_000;
const finders = /^(?:findOneAndUpdate|updateOne|findOneAndReplace|replaceOne)$/;

/** Upserts of a file of code whose table and columns are written out; none for a text that does not parse. */
export function upsertsIn(path: string, text: string): readonly Upsert[] {
  if (!isJavaScript(path) || text.length > maxLength || !says.test(text)) return [];
  let tree: Tree;
  try {
    tree = treeOf(path, text);
  } catch {
    return [];
  }
  return [...tree.of('CallExpression').flatMap(upsertOf), ...inSql(tree)];
}

function upsertOf(call: TSESTree.CallExpression): Upsert[] {
  if (call.callee.type !== 'MemberExpression') return [];
  const method = propertyName(call.callee) ?? '';
  const [first] = call.arguments;
  const { line } = call.callee.property.loc.start;
  const place = { line, endLine: line };
  if (/^onConflictDo(?:Update|Nothing)$/.test(method)) {
    const table = rootArgument(call.callee.object, 'insert');
    const columns = membersOf(propertyOf(first, 'target'), table);
    return table && columns ? [{ ...place, source: 'drizzle', table, columns }] : [];
  }
  if (method === 'onConflict') {
    const table = rootTable(call.callee.object);
    const columns = isFunction(first) ? builtColumns(first) : columnsOf(first);
    return table && columns.length > 0 ? [{ ...place, source: 'sql', table, columns }] : [];
  }
  const model = call.callee.object.type === 'Identifier' ? call.callee.object.name : '';
  const upserts = propertyOf(call.arguments[2], 'upsert');
  if (!finders.test(method) || !/^[A-Z]/.test(model) || !isTrue(upserts)) return [];
  const columns = plainKeys(first);
  return columns.length > 0 ? [{ ...place, source: 'mongoose', table: model, columns }] : [];
}

/** The name given to a call of a chain: `db.insert(users).values(…)`. */
function rootArgument(node: Node, method: string): string | undefined {
  for (let at = node; at.type === 'CallExpression' && at.callee.type === 'MemberExpression'; at = at.callee.object) {
    const [first] = at.arguments;
    if (propertyName(at.callee) === method) return first?.type === 'Identifier' ? first.name : undefined;
  }
  return undefined;
}

/** `knex('users').insert(…)`, `db.insertInto('users').values(…)`, `knex.insert(…).into('users')`. */
function rootTable(node: Node): string | undefined {
  for (let at = node; at.type === 'CallExpression'; ) {
    const named = stringOf(at.arguments[0]);
    if (at.callee.type !== 'MemberExpression') return named;
    if (/^(?:insertInto|into|table|from)$/.test(propertyName(at.callee) ?? '')) return named;
    at = at.callee.object;
  }
  return undefined;
}

/** Kysely's `(oc) => oc.columns(['a', 'b']).doUpdateSet(…)`. */
function builtColumns(build: Node): string[] {
  if (!isFunction(build) || build.body?.type !== 'CallExpression') return [];
  for (
    let at: Node = build.body;
    at.type === 'CallExpression' && at.callee.type === 'MemberExpression';
    at = at.callee.object
  )
    if (/^columns?$/.test(propertyName(at.callee) ?? '')) return columnsOf(at.arguments[0]);
  return [];
}

/** Columns of Drizzle's `target`: `users.email` or a list of such; undefined where one is anything else. */
function membersOf(target: Node | undefined, table: string | undefined): readonly string[] | undefined {
  const list = target?.type === 'ArrayExpression' ? target.elements : [target];
  const names = list.map((node) =>
    node?.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === table
      ? propertyName(node)
      : undefined,
  );
  return names.some((name) => name === undefined) ? undefined : (names as string[]);
}

/** Keys of a filter that are compared for equality; none where one is an operator or is not written out. */
function plainKeys(filter: Node | undefined): string[] {
  if (filter?.type !== 'ObjectExpression') return [];
  const names = filter.properties.map((property) =>
    property.type === 'Property' && !property.computed && property.value.type !== 'ObjectExpression'
      ? propertyName(property)
      : undefined,
  );
  return names.every((name) => name !== undefined && !/[$.]/.test(name)) ? (names as string[]) : [];
}

const insert = /\binsert\s{1,20}into\s{1,20}(?:"?\w{1,63}"?\.)?"?(\w{1,63})"?[\s(]/i;
const conflict = /\bon\s{1,20}conflict\s{0,20}\(([\w",\s]{1,300})\)/i;

/** `INSERT INTO users … ON CONFLICT (email)` in a text of its own. */
function inSql(tree: Tree): Upsert[] {
  const texts = [
    ...tree.of('Literal').map((node) => ({ node, text: typeof node.value === 'string' ? node.value : '' })),
    ...tree.of('TemplateLiteral').map((node) => ({ node, text: node.quasis.map(({ value }) => value.raw).join('0') })),
  ];
  return texts.flatMap(({ node, text }): Upsert[] => {
    const [, table] = (text.length <= 10_000 && insert.exec(text)) || [];
    const found = table === undefined ? null : conflict.exec(text);
    if (table === undefined || !found) return [];
    const columns = (found[1] ?? '').split(',').map((name) => name.replace(/["\s]/g, '').toLowerCase());
    const line = node.loc.start.line + text.slice(0, found.index + found[0].length).split('\n').length - 1;
    return [{ source: 'sql', table: table.toLowerCase(), columns, line, endLine: line }];
  });
}
