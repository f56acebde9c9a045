import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import { constantText } from '../constant-text.ts';
import { hasSpread, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { isAskedByClient, limitParameter } from './client-page.ts';
import { isLimited, limitValue } from './sql-bounds.ts';

/** What bounds a call. */
export interface Bounds {
  readonly limit: DataCall['limit'];
  readonly where: DataCall['where'];
  /** The expression that is the limit, where one is given. */
  readonly limitAt?: Node;
  readonly limitFrom?: NonNullable<DataCall['limitFrom']>;
}
type Limit = Omit<Bounds, 'where'>;

const limitKeys = [
  'take',
  'limit',
  'first',
  'last',
  'top',
  'fetch',
  'MaxResults',
  'Limit',
  'size',
  'pageSize',
  'cursor',
  'batchSize',
];
const limiters =
  /^(?:limit|take|first|top|fetchFirst|cursor|stream|each|paginate|forPage|range|single|maybeSingle|executeTakeFirst\w*|findOne|slice|page|batchSize)$/;
const counting = /^(?:limit|take|top|fetchFirst|forPage|range|page|batchSize)$/;
const wheres =
  /^(?:where\w*|andWhere\w*|orWhere\w*|eq|match|in|filter|having|whereExists|findById|deleteById|join|innerJoin|using|is|neq|gt|lt|gte|lte|contains|on|\$where|byId|for|related)$/;
const unique = /^(?:id|_id|uuid|slug|email|key|token|hash|code|sku)$|Id$|_id$/;

/**
 * What the arguments and the rest of the chain say of limit and filter.
 *
 * @param sql text of the statement, where the call has one
 */
export function boundsOf(source: Source, chain: Chain, link: Link, client: string, sql?: string): Bounds {
  if (sql !== undefined) return statementBounds(source, link, sql);
  const [first, second] = link.args ?? [];
  const chained = chain.links;
  const limited = chained.find(
    ({ name, args }) => args !== undefined && limiters.test(name) && !(name === 'stream' && args.length > 2),
  );
  const built =
    /^(?:kysely|knex|supabase|objection)$/.test(client) || (client === 'drizzle' && !/^find/.test(link.name));
  const limit: Limit = limited
    ? counting.test(limited.name)
      ? limitBy(source, limited.args?.[0])
      : { limit: 'constant' }
    : built
      ? { limit: 'none' }
      : limitIn(source, optionsOf(source, client, first, second));
  const filtered = chained.some(({ name, args }) => args !== undefined && args.length > 0 && wheres.test(name));
  if (filtered) return { ...limit, where: 'given' };
  return { ...limit, ...whereIn(source, client, chain, link, first) };
}

function statementBounds(source: Source, link: Link, sql: string): Bounds {
  const where = /\bwhere\b/i.test(sql) ? 'given' : 'none';
  if (!isLimited(sql)) return { limit: 'none', where };
  const value = limitValue(link, sql);
  return { ...limitBy(source, value), where };
}

/** The object that holds the options: the second argument of Mongoose, MikroORM and of the MongoDB driver, else the first. */
function optionsOf(
  source: Source,
  client: string,
  first: Node | undefined,
  second: Node | undefined,
): Node | undefined {
  const node = /^(?:mongoose|mongodb|mikro-orm)$/.test(client) ? second : first;
  const plain = node && unwrap(node);
  if (plain?.type !== 'Identifier') return plain;
  // `query.limit = …` after its declaration: what it holds in the end is not written in one place.
  if (source.tree.named(plain.name).some(isGivenLimit)) return plain;
  return source.originOf(plain).declaration ?? plain;
}

function isGivenLimit({ parent }: Node): boolean {
  return (
    parent?.type === 'MemberExpression' &&
    parent.parent.type === 'AssignmentExpression' &&
    parent.parent.left === parent &&
    /^(?:limit|take|first)$/.test(propertyName(parent) ?? '')
  );
}

function limitIn(source: Source, options: Node | undefined): Limit {
  if (!options) return { limit: 'none' };
  if (options.type !== 'ObjectExpression') return { limit: 'unknown' };
  for (const key of limitKeys) {
    const value = propertyOf(options, key);
    if (value) return limitBy(source, value);
  }
  return { limit: hasSpread(options) ? 'unknown' : 'none' };
}

function limitBy(source: Source, value: Node | undefined): Limit {
  if (!value) return { limit: 'constant' };
  const limit = limitOf(source, value);
  const limitFrom = limit === 'unknown' ? limitParameter(source, value) : undefined;
  return { limit, limitAt: value, ...(limitFrom ? { limitFrom } : {}) };
}

/** Where a number of rows comes from, by the expression that gives it. */
export function limitOf(source: Source, value: Node): DataCall['limit'] {
  if (constantText(source.tree, value) !== undefined) return 'constant';
  const [from, to] = value.range;
  const text = source.tree.text.slice(from, Math.min(to, from + 500));
  if (/Math\.min|clamp|\bmax\w*|MAX|limit\w*Schema|parsed|validated|DEFAULT/i.test(text)) return 'capped';
  if (/\b(?:req|request|ctx|c)\b[\w.?[\]'"]*\b(?:query|body|params|searchParams)\b|searchParams\.get/.test(text))
    return 'input';
  return isAskedByClient(source, value) ? 'input' : 'unknown';
}

function whereIn(
  source: Source,
  client: string,
  chain: Chain,
  link: Link,
  first: Node | undefined,
): Pick<Bounds, 'where'> {
  const none = { where: 'none' } as const;
  const unknown = { where: 'unknown' } as const;
  const plain = resolved(source, first);
  if (client === 'dynamodb') return keyed(plain);
  if (
    client === 'drizzle' ||
    client === 'objection' ||
    client === 'knex' ||
    client === 'kysely' ||
    client === 'supabase' ||
    (client === 'typeorm' && isBuilder(chain, link))
  ) {
    // Drizzle's relational queries take an object, the others say `where` in the chain.
    if (plain?.type === 'ObjectExpression' && propertyOf(plain, 'where')) return { where: 'given' };
    if (client === 'drizzle' && plain && hasSpread(plain)) return unknown;
    return none;
  }
  if (
    client === 'typeorm' &&
    /^(?:delete|update|softDelete|increment|decrement|findBy|findOneBy|countBy|existsBy|remove|save)$/.test(link.name)
  )
    return filter(plain);
  if (client === 'mongoose' || client === 'mongodb' || client === 'mikro-orm') return filter(plain);
  const holder = client === 'sequelize' && link.name === 'update' ? resolved(source, link.args?.[1]) : plain;
  if (!holder) return none;
  if (holder.type !== 'ObjectExpression') return unknown;
  const where = propertyOf(holder, 'where');
  if (where) return filter(resolved(source, where));
  return hasSpread(holder) ? unknown : none;
}

/** DynamoDB reads what the key says; a filter is applied to what was read. */
function keyed(input: Node | undefined): Pick<Bounds, 'where'> {
  if (input?.type !== 'ObjectExpression' || hasSpread(input)) return { where: 'unknown' };
  if (propertyOf(input, 'Key') ?? propertyOf(input, 'RequestItems')) return { where: 'unique' };
  const key = propertyOf(input, 'KeyConditionExpression') ?? propertyOf(input, 'KeyConditions');
  return { where: key ? 'given' : 'none' };
}

/** A query builder's method of TypeORM; a repository's `update` and `delete` take the filter as their first argument. */
function isBuilder({ links }: Chain, { name }: Link): boolean {
  if (/^get/.test(name)) return true;
  return links.some((link) => /^(?:createQueryBuilder|from|set|execute)$/.test(link.name) && link.args !== undefined);
}

function filter(where: Node | undefined): Pick<Bounds, 'where'> {
  if (!where) return { where: 'none' };
  if (where.type === 'ArrayExpression') return { where: where.elements.length > 0 ? 'given' : 'none' };
  if (where.type !== 'ObjectExpression') return { where: 'unknown' };
  if (where.properties.length === 0) return { where: 'none' };
  if (hasSpread(where)) return { where: 'unknown' };
  const byKey = where.properties.some(
    (property) =>
      property.type === 'Property' && unique.test(propertyName(property) ?? '') && isOneOrListed(property.value),
  );
  return { where: byKey ? 'unique' : 'given' };
}

/** One value, or a list of values that was fetched before: not a range. */
function isOneOrListed(value: Node): boolean {
  const plain = unwrap(value);
  if (plain.type !== 'ObjectExpression') return true;
  return (
    propertyOf(plain, 'in') !== undefined ||
    propertyOf(plain, '$in') !== undefined ||
    propertyOf(plain, 'equals') !== undefined
  );
}

function resolved(source: Source, node: Node | undefined): Node | undefined {
  const plain = node && unwrap(node);
  if (plain?.type !== 'Identifier') return plain;
  const { declaration } = source.originOf(plain);
  return declaration?.type === 'ObjectExpression' ? declaration : plain;
}
