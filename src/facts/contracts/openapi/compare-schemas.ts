import { child, type Tree } from '../tree.ts';
import type { Comparison, Direction, Spot } from './change.ts';
import { compareAlternatives, isWrapped } from './compare-alternatives.ts';
import { compareConstraints } from './compare-constraints.ts';
import { compareParts } from './compare-parts.ts';
import { compareProperties } from './compare-properties.ts';
import { breaks, compareEnums, compareValues, type SchemaPair, typeNames } from './compare-values.ts';
import { type Conjunction, keyword, type SchemaView, viewOf } from './schema-view.ts';

/**
 * Compares a schema between base and head for one direction of the data, and everything below it. Each pair of schemas is
 * compared once per direction.
 */
export function compareSchemas(
  c: Comparison,
  direction: Direction,
  before: Conjunction,
  after: Conjunction,
  subject: string,
): void {
  if (c.budget.steps-- <= 0) return;
  const old = viewOf(c.before, before);
  const now = viewOf(c.after, after);
  if (old.parts.length === 0 || now.parts.length === 0) return;
  const key = `${direction} ${ids(old)} ${ids(now)}`;
  if (c.compared.has(key)) return;
  c.compared.add(key);
  const pair: SchemaPair = { before: old, after: now, direction, subject };
  if (becameAnotherType(pair)) {
    const type = isPlain(now) ? keyword(now, 'type')[0] : undefined;
    const at = type ?? now.parts[0];
    if (at) breaks(c, pair, 'error', at, `type changed from ${typeNames(old)} to ${typeNames(now)}`);
    if (type) compareEnums(c, pair);
    return;
  }
  compareValues(c, pair);
  compareConstraints(c, pair);
  if (!isWrapped(pair)) compareProperties(c, pair, compareSchemas);
  compareParts(c, pair, compareSchemas);
  compareAlternatives(c, pair, compareSchemas);
}

function ids(view: SchemaView): string {
  return view.parts.map((part) => part.node.id).join('.');
}

/** No value of the old type is one of the new: what the new schema says in detail is part of that one change. */
function becameAnotherType({ before, after }: SchemaPair): boolean {
  if (!before.types || !after.types) return false;
  const wide = (types: ReadonlySet<string>) =>
    new Set([...types].map((type) => (type === 'integer' ? 'number' : type)));
  const old = wide(before.types);
  return (
    ![...wide(after.types)].some((type) => type !== 'null' && old.has(type)) &&
    [...after.types].some((type) => type !== 'null')
  );
}

/** A schema of single values: what is new of it stands in its own lines, and not below it. */
function isPlain({ types }: SchemaView): boolean {
  return types !== undefined && !types.has('object') && !types.has('array');
}

/** The schema below a media type, a parameter or a header. */
export function schemaOf(holder: Spot, key: 'schema' | 'itemSchema' = 'schema'): Spot | undefined {
  const node: Tree | undefined = child(holder.node, key);
  return node && { node, via: holder.via };
}
