import { canonical, entries, items } from '../tree.ts';
import { type Compare, type Comparison, reportAfter, reportGone, type Spot, short } from './change.ts';
import { breaks, narrowed, type SchemaPair, widened } from './compare-values.ts';
import { admitsAnything, keyword, type SchemaView } from './schema-view.ts';

/** Keywords that hold one schema; where only the head has one, what is sent is narrowed. */
const single = [
  'items',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'additionalProperties',
  'contentSchema',
  'if',
  'then',
  'else',
] as const;
/** Keywords that hold schemas by name. */
const named = ['patternProperties', 'dependentSchemas'] as const;

/** The keywords of a schema that hold other schemas, but for properties and alternatives. */
export function compareParts(c: Comparison, pair: SchemaPair, compare: Compare): void {
  for (const name of single) compareSingle(c, pair, name, compare);
  for (const name of named) {
    const before = new Map(
      keyword(pair.before, name).flatMap((at) =>
        [...entries(at.node)].map(([key, node]) => [key, { node, via: at.via }] as const),
      ),
    );
    const after = new Map(
      keyword(pair.after, name).flatMap((at) =>
        [...entries(at.node)].map(([key, node]) => [key, { node, via: at.via }] as const),
      ),
    );
    for (const [key, at] of after) {
      const old = before.get(key);
      if (old) compare(c, pair.direction, [old], [at], pair.subject);
      else if (pair.direction === 'request')
        breaks(c, pair, 'error', at, `\`${name}\` is now demanded for \`${short(key)}\``);
    }
    goneInResponse(
      c,
      pair,
      name,
      [...before].filter(([key]) => !after.has(key)).map(([, at]) => at),
    );
  }
  compareTuple(c, pair, compare);
  compareDependentRequired(c, pair);
  compareNot(c, pair);
}

function compareSingle(c: Comparison, pair: SchemaPair, name: string, compare: Compare): void {
  const before = keyword(pair.before, name);
  const after = keyword(pair.after, name);
  const [first] = after;
  if (before.length > 0 && first) {
    const wasOpen = before.every((at) => at.node.scalar === true || at.node.map);
    if (first.node.scalar === false && wasOpen && pair.direction === 'request')
      breaks(c, pair, 'error', first, `\`${name}\` is now refused`);
    else if (first.node.map && before[0]?.node.map)
      compare(c, pair.direction, before, after, name === 'items' ? `an item of ${pair.subject}` : pair.subject);
    else if (
      first.node.map &&
      !admitsAnything(first.node) &&
      before[0]?.node.scalar === true &&
      pair.direction === 'request'
    )
      breaks(c, pair, 'error', first, `\`${name}\` is now restricted`);
    return;
  }
  if (first && pair.direction === 'request') {
    if (admitsAnything(first.node)) return;
    breaks(
      c,
      pair,
      name === 'then' || name === 'else' || name === 'if' ? 'warning' : 'error',
      first,
      first.node.scalar === false ? `\`${name}\` is now refused` : `\`${name}\` is now demanded`,
    );
  }
  if (!first && name !== 'additionalProperties' && name !== 'items') goneInResponse(c, pair, name, before);
}

function goneInResponse(c: Comparison, pair: SchemaPair, name: string, gone: readonly Spot[]): void {
  if (pair.direction !== 'response') return;
  for (const at of gone)
    reportGone(c, widened, 'warning', at, pair.after.parts[0], `\`${name}\` is no longer promised: ${pair.subject}.`);
}

function compareTuple(c: Comparison, pair: SchemaPair, compare: Compare): void {
  const before = keyword(pair.before, 'prefixItems')[0];
  const after = keyword(pair.after, 'prefixItems')[0];
  const [old, now] = [items(before?.node), items(after?.node)];
  for (const [i, node] of now.entries()) {
    const via = after?.via ?? [];
    const was = old[i];
    if (was)
      compare(
        c,
        pair.direction,
        [{ node: was, via: before?.via ?? [] }],
        [{ node, via }],
        `item ${i + 1} of ${pair.subject}`,
      );
    else
      breaks(c, pair, 'error', i === 0 && after ? after : { node, via }, `item ${i + 1} has a schema of its own now`);
  }
  const closed = keyword(pair.after, 'items').some((at) => at.node.scalar === false);
  if (pair.direction === 'request' && after && old.length > now.length && closed)
    breaks(c, pair, 'error', after, `more than ${now.length} items are now refused`);
  goneInResponse(
    c,
    pair,
    'prefixItems',
    old.slice(now.length).map((node) => ({ node, via: before?.via ?? [] })),
  );
}

function compareDependentRequired(c: Comparison, pair: SchemaPair): void {
  const before = namesBy(pair.before);
  const after = namesBy(pair.after);
  if (pair.direction === 'request') {
    for (const [key, at] of after)
      if (!before.has(key)) breaks(c, pair, 'error', at, '`dependentRequired` demands more');
  } else {
    for (const [key, at] of before)
      if (!after.has(key))
        reportGone(
          c,
          widened,
          'error',
          at,
          pair.after.parts[0],
          `\`dependentRequired\` promises less: ${pair.subject}.`,
        );
  }
}

function namesBy(view: SchemaView): Map<string, Spot> {
  const found = new Map<string, Spot>();
  for (const at of keyword(view, 'dependentRequired')) {
    for (const [name, list] of entries(at.node))
      for (const item of items(list)) found.set(JSON.stringify([name, item.scalar]), { node: item, via: at.via });
  }
  return found;
}

function compareNot(c: Comparison, pair: SchemaPair): void {
  const before = keyword(pair.before, 'not')[0];
  const after = keyword(pair.after, 'not')[0];
  if (pair.direction === 'request' && after && (!before || canonical(before.node) !== canonical(after.node))) {
    reportAfter(
      c,
      narrowed,
      before ? 'warning' : 'error',
      after,
      `what \`not\` excludes has changed: ${pair.subject}.`,
    );
  }
  if (pair.direction === 'response' && before && !after) goneInResponse(c, pair, 'not', [before]);
}
