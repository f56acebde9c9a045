import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import { hasSpread, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { argumentsBehindEntity } from './entity.ts';

const unique = /^(?:id|_id|uuid|slug|email|key|token|hash|code|sku)$|Id$|_id$/;

/** What the arguments of a call say of the rows it is about: of all, of those a filter lets through, of the one with a key. */
export function filterOf(source: Source, client: string, chain: Chain, link: Link): DataCall['where'] {
  const plain = resolved(source, argumentsBehindEntity(client, link)[0]);
  if (client === 'dynamodb') return keyed(plain);
  if (
    client === 'drizzle' ||
    client === 'objection' ||
    client === 'firestore' ||
    client === 'knex' ||
    client === 'kysely' ||
    client === 'supabase' ||
    (client === 'typeorm' && isBuilder(chain, link))
  ) {
    // Drizzle's relational queries take an object, the others say `where` in the chain.
    if (plain?.type === 'ObjectExpression' && propertyOf(plain, 'where')) return 'given';
    if (client === 'drizzle' && plain && hasSpread(plain)) return 'unknown';
    return 'none';
  }
  if (
    client === 'typeorm' &&
    /^(?:delete|update|softDelete|increment|decrement|findBy|findOneBy|countBy|existsBy|remove|save)$/.test(link.name)
  )
    return filter(plain);
  if (client === 'mongoose' || client === 'mongodb' || client === 'mikro-orm') return filter(plain);
  const holder = client === 'sequelize' && link.name === 'update' ? resolved(source, link.args?.[1]) : plain;
  if (!holder) return 'none';
  if (holder.type !== 'ObjectExpression') return 'unknown';
  const where = propertyOf(holder, 'where') ?? (client === 'strapi' ? propertyOf(holder, 'filters') : undefined);
  if (where) return filter(resolved(source, where));
  return hasSpread(holder) ? 'unknown' : 'none';
}

/** DynamoDB reads what the key says; a filter is applied to what was read. */
function keyed(input: Node | undefined): DataCall['where'] {
  if (input?.type !== 'ObjectExpression' || hasSpread(input)) return 'unknown';
  if (propertyOf(input, 'Key') ?? propertyOf(input, 'RequestItems')) return 'unique';
  const key = propertyOf(input, 'KeyConditionExpression') ?? propertyOf(input, 'KeyConditions');
  return key ? 'given' : 'none';
}

/** A query builder's method of TypeORM; a repository's `update` and `delete` take the filter as their first argument. */
function isBuilder({ links }: Chain, { name }: Link): boolean {
  if (/^get/.test(name)) return true;
  return links.some((link) => /^(?:createQueryBuilder|from|set|execute)$/.test(link.name) && link.args !== undefined);
}

function filter(where: Node | undefined): DataCall['where'] {
  if (!where) return 'none';
  if (where.type === 'ArrayExpression') return where.elements.length > 0 ? 'given' : 'none';
  if (where.type !== 'ObjectExpression') return 'unknown';
  if (where.properties.length === 0) return 'none';
  if (hasSpread(where)) return 'unknown';
  const byKey = where.properties.some(
    (property) =>
      property.type === 'Property' && unique.test(propertyName(property) ?? '') && isOneOrListed(property.value),
  );
  return byKey ? 'unique' : 'given';
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
