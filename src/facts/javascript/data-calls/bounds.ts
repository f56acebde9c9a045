import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import { constantText } from '../constant-text.ts';
import { hasSpread, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { filterOf } from './call-filter.ts';
import { isAskedByClient, limitParameter } from './client-page.ts';
import { continuedBy } from './continued.ts';
import { argumentsBehindEntity } from './entity.ts';
import { takenFrom } from './page-values.ts';
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

/**
 * What the arguments and the rest of the chain say of limit and filter.
 *
 * @param sql text of the statement, where the call has one
 */
export function boundsOf(source: Source, chain: Chain, link: Link, client: string, sql?: string): Bounds {
  if (sql !== undefined) return statementBounds(source, link, sql);
  const [first, second] = argumentsBehindEntity(client, link);
  const chained = chain.links;
  const limited = chained.find(
    ({ name, args }) => args !== undefined && limiters.test(name) && !(name === 'stream' && args.length > 2),
  );
  const built =
    /^(?:kysely|knex|supabase|objection|firestore)$/.test(client) || (client === 'drizzle' && !/^find/.test(link.name));
  const limit: Limit = limited
    ? counting.test(limited.name)
      ? limitBy(source, limited.args?.[0])
      : { limit: 'constant' }
    : built
      ? { limit: 'none' }
      : limitIn(source, optionsOf(source, client, first, second));
  const filtered = chained.some(({ name, args }) => args !== undefined && args.length > 0 && wheres.test(name));
  const where = filtered ? 'given' : filterOf(source, client, chain, link);
  if (where !== 'none' && limit.limit !== 'none') return { ...limit, where };
  const { narrowed, bounded } = continuedBy(source, chain);
  return {
    ...(bounded && limit.limit === 'none' ? { limit: 'unknown' } : limit),
    where: narrowed && where === 'none' ? 'unknown' : where,
  };
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
  const [from, to] = takenFrom(source, value).range;
  const text = source.tree.text.slice(from, Math.min(to, from + 500));
  // A name that the client chose bounds nothing: `req.query.max`.
  if (
    /Math\.min|clamp|\bmax\w*|MAX|limit\w*Schema|parsed|validated|DEFAULT/i.test(
      text.replace(/\b(?:query|body|params)\??\.max\w*/g, 'query'),
    )
  )
    return 'capped';
  if (/\b(?:req|request|ctx|c)\b[\w.?[\]'"]*\b(?:query|body|params|searchParams)\b|searchParams\.get/.test(text))
    return 'input';
  return isAskedByClient(source, value) ? 'input' : 'unknown';
}
