import type { Chain, Link } from '../chain.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Built } from './built.ts';
import { type Client, clientByOrigin, importsOf, mayBe } from './clients.ts';
import { firestore } from './firestore.ts';
import { dynamodb, supabase } from './hosted.ts';
import { knexQuery } from './knex-query.ts';
import { objection } from './objection.ts';
import { strapi } from './strapi.ts';

const databases =
  /^(?:db|database|tx|trx|transaction|drizzle|dbClient|readDb|writeDb|getDb|getDatabase|useDb|conn|connection)$/i;
const drizzleVerbs = /^(?:select(?:Distinct)?(?:On)?|insert|update|delete|execute)$/;

/** Recognises Drizzle, Knex, Kysely, Objection, Supabase, DynamoDB's commands, Strapi, Firestore and TypeORM's query builder. */
export function builtQuery(source: Source, chain: Chain): Built | undefined {
  const { links } = chain;
  return (
    drizzle(source, chain) ??
    kysely(links, source, chain) ??
    queryBuilder(links) ??
    knexQuery(source, chain) ??
    supabase(source, chain) ??
    dynamodb(source, chain) ??
    objection(source, chain) ??
    strapi(chain) ??
    firestore(source, chain)
  );
}

function drizzle(source: Source, chain: Chain): Built | undefined {
  const { links } = chain;
  const imports = importsOf(source);
  for (const [at, link] of links.entries()) {
    if (!link.args || !drizzleVerbs.test(link.name)) continue;
    const before = at === 0 ? rootName(chain) : (links[at - 1] as Link).name;
    const known = clientByOrigin(source, chain, link);
    if (known && known.client !== 'drizzle') continue;
    const evidence: Client['evidence'] = known?.evidence ?? (imports(/^drizzle-orm/) ? 'import' : 'name');
    if (!known && !databases.test(before)) continue;
    if (!mayBe(source, 'drizzle')) continue;
    const next = links[at + 1];
    const base = { client: 'drizzle', evidence, link, at } as const;
    const [first] = link.args;
    if (link.name.startsWith('select') && next?.name === 'from' && next.args?.[0] && next.args[0].type !== 'Literal')
      return { ...base, does: 'read-many', ...tableOf(source, next.args[0]) };
    if (!first) continue;
    if (link.name === 'insert' && next?.name === 'values')
      return { ...base, does: 'insert', ...tableOf(source, first) };
    if (link.name === 'update' && next?.name === 'set' && link.args.length === 1 && first.type !== 'Literal')
      return { ...base, does: 'update', ...tableOf(source, first) };
    if (link.name === 'delete' && link.args.length === 1 && isTable(source, first, evidence !== 'name'))
      return { ...base, does: 'delete', ...tableOf(source, first) };
    if (link.name === 'execute' && evidence !== 'name') return { ...base, does: 'raw' };
  }
  const query = links.findIndex((link) => link.name === 'query' && !link.args);
  const last = links[query + 2];
  if (query >= 0 && last?.args && /^find(?:Many|First)$/.test(last.name))
    return {
      client: 'drizzle',
      evidence: 'name',
      link: last,
      at: query + 2,
      does: last.name === 'findMany' ? 'read-many' : 'read-one',
      table: (links[query + 1] as Link).name,
    };
  return undefined;
}

/** A table is an imported or declared object; without any import of the library nothing but an object literal or an import may be one. */
function isTable(source: Source, node: Node, sure: boolean): boolean {
  if (node.type === 'ObjectExpression') return true;
  if (node.type === 'MemberExpression') return sure;
  if (node.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(node);
  if (!binding) return sure;
  if (binding.kind === 'import') return true;
  return sure && binding.kind === 'const' && /Table$|\(/.test(source.originOf(node).text);
}

function tableOf(source: Source, node: Node): { table?: string } {
  return node.type === 'Identifier' || node.type === 'MemberExpression'
    ? { table: source.tree.text.slice(...node.range).slice(0, 40) }
    : {};
}

function kysely(links: readonly Link[], source: Source, chain: Chain): Built | undefined {
  const at = links.findIndex(
    ({ name, args }) => args && /^(?:selectFrom|insertInto|updateTable|deleteFrom)$/.test(name),
  );
  const link = links[at];
  if (!link?.args) return undefined;
  const known = clientByOrigin(source, chain, link)?.evidence;
  const [first] = link.args;
  // A method of that name which is given something else than a table's name is somebody else's.
  if (
    !known &&
    !importsOf(source)(/^kysely/) &&
    first?.type !== 'Literal' &&
    first?.type !== 'TemplateLiteral' &&
    first?.type !== 'ArrayExpression'
  )
    return undefined;
  const does = { selectFrom: 'read-many', insertInto: 'insert', updateTable: 'update', deleteFrom: 'delete' } as const;
  const one = links.some(({ name }) => /^executeTakeFirst/.test(name));
  const kind = does[link.name as keyof typeof does];
  return {
    client: 'kysely',
    evidence: known ?? 'name',
    link,
    at,
    does: kind === 'read-many' && one ? 'read-one' : kind,
    ...(first?.type === 'Literal' ? { table: String(first.value) } : {}),
  };
}

/** TypeORM: `repository.createQueryBuilder('u').where(…).getMany()`. */
function queryBuilder(links: readonly Link[]): Built | undefined {
  const start = links.findIndex(({ name, args }) => args && name === 'createQueryBuilder');
  if (start < 0) return undefined;
  const write = links.findIndex(
    ({ name, args }, i) => i > start && args && /^(?:update|delete|insert|softDelete)$/.test(name),
  );
  const read = links.findIndex(
    ({ name, args }) => args && /^get(?:One|Many|RawMany|RawOne|Count|ManyAndCount|OneOrFail|Exists)$/.test(name),
  );
  const at = write >= 0 ? write : read;
  const link = links[at];
  if (!link) return undefined;
  if (write >= 0) {
    const does = link.name === 'update' ? 'update' : link.name === 'insert' ? 'insert' : 'delete';
    return { client: 'typeorm', evidence: 'name', link, at, does };
  }
  const does = /Many/.test(link.name) ? 'read-many' : /Count|Exists/.test(link.name) ? 'count' : 'read-one';
  return { client: 'typeorm', evidence: 'name', link, at, does };
}

function rootName({ root }: Chain): string {
  return root.type === 'Identifier' ? root.name : '';
}
