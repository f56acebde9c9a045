import type { Chain } from '../chain.ts';
import type { Source } from '../source.ts';
import type { Built } from './built.ts';
import { importsOf, mayBe } from './clients.ts';

const verbs: readonly (readonly [RegExp, Built['does']])[] = [
  [/^insert\w*$/, 'insert'],
  [/^(?:patch|update|upsert)\w*$|^(?:increment|decrement)$/, 'update'],
  [/^(?:delete|deleteById)$/, 'delete'],
  [/^(?:findById|findOne|first)$/, 'read-one'],
  [/^(?:resultSize|count|max|min|sum|avg)$/, 'count'],
];

/** Objection, and Lucid, which reads the same: `Person.query().where('id', id)`. */
export function objection(source: Source, { root, links }: Chain): Built | undefined {
  const [start, ...rest] = links;
  if (start?.name !== 'query' || !start.args || start.args.length > 1 || root.type !== 'Identifier') return undefined;
  const [transaction] = start.args;
  if (!/^[A-Z][A-Za-z0-9]*[a-z]/.test(root.name) || (transaction && transaction.type !== 'Identifier'))
    return undefined;
  const called = rest.filter(({ args }) => args);
  const imported = importsOf(source)(/^(?:objection|@adonisjs\/lucid)/);
  if (!imported && (called.length === 0 || !mayBe(source, 'objection'))) return undefined;
  for (const [pattern, does] of verbs) {
    const link = called.find(({ name }) => pattern.test(name));
    if (link) return { ...found(root.name, imported), link, at: links.indexOf(link), does };
  }
  return { ...found(root.name, imported), link: start, at: 0, does: 'read-many' };
}

function found(model: string, imported: boolean): Pick<Built, 'client' | 'evidence' | 'table'> {
  return { client: 'objection', evidence: imported ? 'import' : 'name', table: model };
}
