import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import { constantText } from '../constant-text.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Built } from './built.ts';
import { clientByOrigin, importsOf, mayBe } from './clients.ts';

const roots = /^(?:knex|db|trx|tx|database|transaction|pg|conn)$/i;
const reads =
  /^(?:select|where|whereIn|whereNot|whereRaw|first|join|leftJoin|innerJoin|orderBy|from|count|pluck|limit|offset|columns|distinct|whereNull|andWhere|max|min|sum|groupBy)$/;
const openers = /^(?:select|columns|distinct|count|countDistinct|first|pluck|max|min|sum|avg|from|where)$/;

/** Knex: `knex('orders').where(…)`, `this.db(TABLE).insert(…)`, `db.select('id').from('orders')`. */
export function knexQuery(source: Source, chain: Chain): Built | undefined {
  const { links } = chain;
  if (!links[0]) return undefined;
  const made = /^(?:new )?knex\b/i.test(source.originOf(chain.root).text);
  const start = startOf(chain, made);
  const link = links[start];
  if (!link?.args || start > 2) return undefined;
  const rest = links.slice(start + (openers.test(link.name) ? 0 : 1)).filter(({ args }) => args);
  if (rest.length === 0) return undefined;
  const sure = made || importsOf(source)(/^knex$/i) || clientByOrigin(source, chain, link)?.client === 'knex';
  const table = openers.test(link.name) ? links.find(({ name }) => name === 'from')?.args?.[0] : link.args[0];
  const named = table && tableOf(source, table);
  if (!sure && named === undefined && !isTold(source)) return undefined;
  if (!sure && !mayBe(source, 'knex')) return undefined;
  const verb = rest.find(({ name }) => /^(?:del|delete|truncate|update|insert|increment|decrement|upsert)$/.test(name));
  if (!verb && !rest.some(({ name }) => reads.test(name))) return undefined;
  return {
    client: 'knex',
    evidence: sure ? 'import' : 'name',
    link: verb ?? link,
    at: links.indexOf(verb ?? link),
    does: verb ? written(verb) : readBy(rest),
    ...(named === undefined ? {} : { table: named }),
  };
}

/** Position of the call that begins the query: of the table's name, or of what is selected where `from` names the table. */
function startOf({ root, links }: Chain, made: boolean): number {
  const rooted = root.type === 'Identifier' && (roots.test(root.name) || made);
  const called = links.findIndex(
    ({ name, args, node }, i) =>
      args &&
      isTable(args[0]) &&
      ((i === 0 && rooted && (isCalledItself(node) || /^(?:table|from|into)$/.test(name))) ||
        /^(?:knex|trx|db)$/.test(name)),
  );
  if (called >= 0) return called;
  const first = links.findIndex(({ args }) => args);
  const before = first > 0 ? roots.test(links[first - 1]?.name ?? '') : rooted;
  const opened =
    before && openers.test(links[first]?.name ?? '') && links.some(({ name, args }) => args && name === 'from');
  return opened ? first : -1;
}

/** `knex('orders')`: no member of it is called. */
function isCalledItself(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type !== 'MemberExpression';
}

function isTable(node: Node | undefined): boolean {
  return (
    node?.type === 'Literal' ||
    node?.type === 'TemplateLiteral' ||
    node?.type === 'Identifier' ||
    node?.type === 'MemberExpression'
  );
}

/** `orders` of `'orders as o'`; undefined where the name is not written in the file. */
function tableOf(source: Source, node: Node): string | undefined {
  return constantText(source.tree, node)?.split(' ')[0];
}

/** The dependencies say that the project asks by Knex, and by no other builder. */
function isTold({ packages }: Source): boolean {
  return packages.known && 'knex' in packages.all && !('drizzle-orm' in packages.all);
}

function written({ name }: Link): DataCall['does'] {
  if (/^(?:del|delete|truncate)$/.test(name)) return 'delete';
  return name === 'insert' ? 'insert' : 'update';
}

function readBy(links: readonly Link[]): DataCall['does'] {
  const has = (pattern: RegExp): boolean => links.some(({ name }) => pattern.test(name));
  if (has(/^first$/)) return 'read-one';
  return has(/^(?:count|max|min|sum|avg|countDistinct)$/) ? 'count' : 'read-many';
}
