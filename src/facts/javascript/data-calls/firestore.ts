import type { Chain } from '../chain.ts';
import { constantText } from '../constant-text.ts';
import type { Source } from '../source.ts';
import type { Built } from './built.ts';
import { type Client, importsOf, mayBe } from './clients.ts';

const opening = /^(?:collection|collectionGroup|doc)$/;
const verbs: readonly (readonly [RegExp, Built['does']])[] = [
  [/^(?:add|create)$/, 'insert'],
  [/^(?:set|update)$/, 'update'],
  [/^delete$/, 'delete'],
  [/^count$/, 'count'],
  [/^get$/, 'read-many'],
];

/** Firestore: `db.collection('orders').where('shop', '==', shop).get()`, `orders.doc(id).get()`. */
export function firestore(source: Source, { root, links }: Chain): Built | undefined {
  const at = links.findLastIndex(({ name, args }) => args && verbs.some(([verb]) => verb.test(name)));
  const link = links[at];
  const known = link && verbs.find(([verb]) => verb.test(link.name))?.[1];
  if (!link || !known) return undefined;
  const before = links.slice(0, at).filter(({ args }) => args);
  const opened = before.some(({ name, args }) => opening.test(name) && (args?.length ?? 0) > 0);
  const kept = /\.(?:collection|collectionGroup)\(\)$/.test(source.originOf(root).text);
  const evidence = evidenceOf(source);
  if (evidence === undefined || (!opened && !(kept && evidence === 'import'))) return undefined;
  // Elsewhere a collection counts, adds and deletes as well; only Firestore's documents are got.
  if (evidence === 'name' && known !== 'read-many' && !before.some(({ name }) => name === 'doc')) return undefined;
  const one = before.at(-1)?.name === 'doc';
  const named = before.findLast(({ name }) => /^collection/.test(name))?.args?.[0];
  const table = named && constantText(source.tree, named);
  return {
    client: 'firestore',
    evidence,
    link,
    at,
    does: known === 'read-many' && one ? 'read-one' : known,
    ...(table === undefined ? {} : { table: table.replace(/^.*\//, '') }),
  };
}

function evidenceOf(source: Source): Client['evidence'] | undefined {
  if (importsOf(source)(/^(?:firebase-admin|@google-cloud\/firestore)(?:\/|$)/)) return 'import';
  return mayBe(source, 'firestore') ? 'name' : undefined;
}
