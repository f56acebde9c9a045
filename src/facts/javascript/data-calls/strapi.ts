import type { Chain } from '../chain.ts';
import { propertyName } from '../nodes.ts';
import type { Built } from './built.ts';

const verbs: readonly (readonly [RegExp, Built['does']])[] = [
  [/^(?:findMany|findPage|findWithCount)$/, 'read-many'],
  [/^(?:findOne|findFirst)$/, 'read-one'],
  [/^count$/, 'count'],
  [/^create(?:Many)?$/, 'insert'],
  [/^update(?:Many)?$/, 'update'],
  [/^delete(?:Many)?$/, 'delete'],
];

/** Strapi: `strapi.db.query('api::order.order').findMany({ where })`, `strapi.entityService.findOne(uid, id)`, `strapi.documents(uid)`. */
export function strapi({ root, links }: Chain): Built | undefined {
  const started =
    (root.type === 'Identifier' && root.name === 'strapi') ||
    (root.type === 'MemberExpression' && propertyName(root) === 'strapi') ||
    links[0]?.name === 'strapi';
  if (!started) return undefined;
  const opened = links.findIndex(
    ({ name, args }) => (args && /^(?:query|documents)$/.test(name)) || name === 'entityService',
  );
  const link = links[opened + 1];
  const does = link?.args && verbs.find(([verb]) => verb.test(link.name))?.[1];
  if (opened < 0 || !link || !does) return undefined;
  const uid = links[opened]?.args?.[0] ?? link.args?.[0];
  const table = uid?.type === 'Literal' ? String(uid.value).replace(/^.*[.:]/, '') : undefined;
  return { client: 'strapi', evidence: 'name', link, at: opened + 1, does, ...(table === undefined ? {} : { table }) };
}
