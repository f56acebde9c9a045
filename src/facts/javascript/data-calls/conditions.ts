import type { Chain, Link } from '../chain.ts';
import { propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Asked, Condition } from './asked.ts';
import { chainedConditions, drizzleConditions } from './chained-conditions.ts';
import { entityOf } from './entity.ts';
import { sqlConditions } from './sql-conditions.ts';

const nothing: Asked = { conditions: [] };
const connectors = /^(?:AND|OR|NOT|\$.*)$/;
/** Operators that an index on the column serves, in the words of all the libraries. */
const serving = /^\$?(?:equals|eq|in|gte?|lte?|between|startsWith)$/;
const vague =
  /^\$?(?:contains|endsWith|search|not|notIn|ne|nin|regex|exists|mode|isSet|like|ilike|iLike|notLike|isNull|isNotNull|re|fulltext)$/;

/**
 * Table, conditions and order of a query, as far as they can be read: no conditions where there is an alternative, a
 * spread, a relation, or anything else that is not a column compared with a value.
 *
 * @param sql text of the statement, where the call has one
 */
export function askedOf(
  source: Source,
  chain: Chain,
  link: Link,
  client: string,
  table: string | undefined,
  sql: string | undefined,
): Asked {
  if (sql !== undefined) return sqlConditions(sql);
  const [first, second] = link.args ?? [];
  const named = (name: string | undefined): { table?: string } => (name === undefined ? {} : { table: name });
  switch (client) {
    case 'prisma':
    case 'strapi':
      return { ...named(table), ...whereOf(source, first, 'orderBy') };
    case 'sequelize':
      return { ...named(table), ...whereOf(source, first, 'order') };
    case 'mongoose':
    case 'mongodb': {
      const sort = chain.links.find(({ name }) => name === 'sort')?.args?.[0];
      return { ...named(entityOf(source, chain, link) ?? table), ...held(source, first), ...firstKey(sort) };
    }
    case 'typeorm':
    case 'mikro-orm': {
      const entity = first?.type === 'Identifier' && /^[A-Z]/.test(first.name) ? first.name : undefined;
      const options = entity === undefined ? first : second;
      const of = named(entity ?? entityOf(source, chain, link));
      if (chain.links.some(({ name }) => name === 'createQueryBuilder')) return { ...of, ...chainedConditions(chain) };
      const bare = client === 'mikro-orm' || /By$|ByOrFail$|^(?:delete|softDelete|restore)$/.test(link.name);
      return { ...of, ...(bare ? held(source, options) : whereOf(source, options, 'order')) };
    }
    case 'drizzle':
      return { ...named(table), ...drizzleConditions(source, chain, first) };
    case 'knex':
    case 'kysely':
    case 'objection':
    case 'supabase':
    case 'firestore':
      return { ...named(table), ...chainedConditions(chain) };
    default:
      return nothing;
  }
}

/** `{ where: { … }, orderBy: { createdAt: 'desc' } }` */
function whereOf(source: Source, options: Node | undefined, order: string): Asked {
  const node = plain(source, options);
  if (node?.type !== 'ObjectExpression') return nothing;
  const where = propertyOf(node, 'where');
  return { ...(where ? held(source, where) : nothing), ...firstKey(propertyOf(node, order)) };
}

/** The first column of an order: `{ a: 'asc' }`, `[{ a: 'asc' }]`, `[['a', 'ASC']]`. */
function firstKey(order: Node | undefined): { sort?: string } {
  let node = order;
  for (let depth = 0; node?.type === 'ArrayExpression' && depth < 3; depth++) node = node.elements[0] ?? undefined;
  if (node?.type === 'Literal' && typeof node.value === 'string') return { sort: node.value };
  const [property] = node?.type === 'ObjectExpression' ? node.properties : [];
  // A relation’s column (`{ author: { name: 'asc' } }`) is of another table.
  if (property?.type !== 'Property' || property.value.type === 'ObjectExpression') return {};
  const name = propertyName(property);
  return name === undefined ? {} : { sort: name };
}

/** Conditions of a filter object; none where it says anything that is no comparison of a column. */
function held(source: Source, filter: Node | undefined): Asked {
  const node = plain(source, filter);
  if (node?.type !== 'ObjectExpression') return nothing;
  const conditions: Condition[] = [];
  for (const property of node.properties) {
    const column = property.type === 'Property' && !property.computed ? propertyName(property) : undefined;
    if (property.type !== 'Property' || column === undefined || connectors.test(column)) return nothing;
    const selective = isSelective(source, unwrap(property.value));
    if (selective === undefined) return nothing;
    conditions.push({ column, selective });
  }
  return { conditions };
}

/** Whether an index finds the rows; undefined where the value is no comparison. */
function isSelective(source: Source, value: Node): boolean | undefined {
  if (value.type === 'Literal')
    return value.value !== null && typeof value.value !== 'boolean' && !('regex' in value && value.regex);
  if (value.type === 'CallExpression')
    return !/^(?:Not|IsNull|Like|ILike|Raw|new RegExp|RegExp)\b/.test(source.tree.text.slice(...value.callee.range));
  if (value.type === 'NewExpression') return !/RegExp/.test(source.tree.text.slice(...value.callee.range));
  if (value.type !== 'ObjectExpression') return true;
  const operators = value.properties.map((property) => {
    if (property.type !== 'Property') return '';
    return property.computed
      ? (/\bOp\.(\w+)$/.exec(source.tree.text.slice(...property.key.range))?.[1] ?? '')
      : (propertyName(property) ?? '');
  });
  if (operators.length === 0 || operators.some((name) => !serving.test(name) && !vague.test(name))) return undefined;
  return operators.every((name) => serving.test(name));
}

function plain(source: Source, node: Node | undefined): Node | undefined {
  const bare = node && unwrap(node);
  if (bare?.type !== 'Identifier') return bare;
  const { declaration } = source.originOf(bare);
  return declaration?.type === 'ObjectExpression' ? declaration : bare;
}
