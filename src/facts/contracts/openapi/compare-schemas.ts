import { canonical, child, entries, isTrue, items, type Tree } from '../tree.ts';
import { type Comparison, type Direction, note, reportAfter, reportGone, type Spot } from './change.ts';
import { compareAlternatives } from './compare-alternatives.ts';
import { compareConstraints } from './compare-constraints.ts';
import { breaks, compareValues, narrowed, type SchemaPair, typeNames, widened } from './compare-values.ts';
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
    const at = now.parts[0];
    if (at) breaks(c, pair, 'error', at, `type changed from ${typeNames(old)} to ${typeNames(now)}`);
    return;
  }
  compareValues(c, pair);
  compareConstraints(c, pair);
  compareProperties(c, pair);
  compareParts(c, pair);
  compareAlternatives(c, pair, compareSchemas);
}

function ids(view: SchemaView): string {
  return view.parts.map((part) => part.node.id).join('.');
}

function compareProperties(c: Comparison, pair: SchemaPair): void {
  const { before, after, direction } = pair;
  for (const [name, spots] of before.properties) {
    const now = after.properties.get(name);
    if (now) compareSchemas(c, direction, spots, now, `\`${clip(name)}\` in ${whole(pair.subject)}`);
    else if (!ignored(c.before, spots, direction)) removedProperty(c, pair, name, spots);
  }
  for (const [name, spots] of after.properties) {
    if (before.properties.has(name) || ignored(c.after, spots, direction)) continue;
    const required = after.required.get(name);
    if (direction === 'response' || !required || keyword(viewOf(c.after, spots), 'default').length > 0) {
      note(c, `new ${required ? '' : 'optional '}property \`${clip(name)}\` in ${whole(pair.subject)}`);
      continue;
    }
    newRequired(c, spots[0] ?? required, required, `\`${clip(name)}\` is new and required in ${whole(pair.subject)}`);
  }
  compareRequired(c, pair);
}

function newRequired(c: Comparison, at: Spot, required: Spot, because: string): void {
  // One finding over the property and its line under `required` where they stand together, else on the property.
  const near =
    required.node.path === at.node.path &&
    required.node.line > at.node.endLine &&
    required.node.line - at.node.endLine <= 3;
  reportAfter(
    c,
    'required-request-input',
    'error',
    near ? { node: { ...at.node, endLine: required.node.line }, via: at.via } : at,
    `${because}.`,
  );
}

function compareRequired(c: Comparison, pair: SchemaPair): void {
  const { before, after, direction } = pair;
  if (direction === 'request') {
    for (const [name, at] of after.required) {
      const spots = after.properties.get(name);
      if (before.required.has(name) || !before.properties.has(name) || (spots && ignored(c.after, spots, direction)))
        continue;
      const hasDefault = spots && keyword(viewOf(c.after, spots), 'default').length > 0;
      if (hasDefault) note(c, `\`${clip(name)}\` became required, with a default, in ${whole(pair.subject)}`);
      else
        reportAfter(
          c,
          'required-request-input',
          'error',
          at,
          `\`${clip(name)}\` became required in ${whole(pair.subject)}.`,
        );
    }
    return;
  }
  for (const [name, at] of before.required) {
    const spots = after.properties.get(name);
    if (after.required.has(name) || !spots || ignored(c.after, spots, direction)) continue;
    reportGone(
      c,
      'removed-response-data',
      'error',
      at,
      spots[0],
      `\`${clip(name)}\` became optional in ${whole(pair.subject)}.`,
    );
  }
}

function removedProperty(c: Comparison, pair: SchemaPair, name: string, spots: Conjunction): void {
  const gone = spots[0];
  if (!gone) return;
  const parent = keyword(pair.after, 'properties')[0] ?? pair.after.parts[0];
  const because = `\`${clip(name)}\` is gone from ${whole(pair.subject)}.`;
  if (pair.direction === 'request') {
    const closed = keyword(pair.after, 'additionalProperties').some((at) => at.node.scalar === false);
    reportGone(c, 'removed-request-input', closed ? 'error' : 'warning', gone, parent, because);
  } else {
    reportGone(c, 'removed-response-data', pair.before.required.has(name) ? 'error' : 'warning', gone, parent, because);
  }
}

/** A read-only property takes no part in requests, a write-only one none in responses. */
function ignored(documents: Comparison['after'], spots: Conjunction, direction: Direction): boolean {
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  return viewOf(documents, spots).parts.some((part) => isTrue(part.node, flag));
}

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

function compareParts(c: Comparison, pair: SchemaPair): void {
  for (const name of single) compareSingle(c, pair, name);
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
      if (old) compareSchemas(c, pair.direction, [old], [at], pair.subject);
      else if (pair.direction === 'request')
        breaks(c, pair, 'error', at, `\`${name}\` is now demanded for \`${clip(key)}\``);
    }
    goneInResponse(
      c,
      pair,
      name,
      [...before].filter(([key]) => !after.has(key)).map(([, at]) => at),
    );
  }
  compareTuple(c, pair);
  compareDependentRequired(c, pair);
  compareNot(c, pair);
}

function compareSingle(c: Comparison, pair: SchemaPair, name: string): void {
  const before = keyword(pair.before, name);
  const after = keyword(pair.after, name);
  const [first] = after;
  if (before.length > 0 && first) {
    const wasOpen = before.every((at) => at.node.scalar === true || at.node.map);
    if (first.node.scalar === false && wasOpen && pair.direction === 'request')
      breaks(c, pair, 'error', first, `\`${name}\` is now refused`);
    else if (first.node.map && before[0]?.node.map)
      compareSchemas(
        c,
        pair.direction,
        before,
        after,
        name === 'items' ? `an item of ${whole(pair.subject)}` : pair.subject,
      );
    else if (
      first.node.map &&
      first.node.map.size > 0 &&
      before[0]?.node.scalar === true &&
      pair.direction === 'request'
    )
      breaks(c, pair, 'error', first, `\`${name}\` is now restricted`);
    return;
  }
  if (first && pair.direction === 'request') {
    if (first.node.scalar === true || first.node.map?.size === 0) return;
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

function goneInResponse(c: Comparison, pair: SchemaPair, name: string, gone: readonly Spot[]): void {
  if (pair.direction !== 'response') return;
  for (const at of gone)
    reportGone(c, widened, 'warning', at, pair.after.parts[0], `\`${name}\` is no longer promised: ${pair.subject}.`);
}

function compareTuple(c: Comparison, pair: SchemaPair): void {
  const before = keyword(pair.before, 'prefixItems')[0];
  const after = keyword(pair.after, 'prefixItems')[0];
  const [old, now] = [items(before?.node), items(after?.node)];
  for (const [i, node] of now.entries()) {
    const via = after?.via ?? [];
    const was = old[i];
    if (was)
      compareSchemas(
        c,
        pair.direction,
        [{ node: was, via: before?.via ?? [] }],
        [{ node, via }],
        `item ${i + 1} of ${whole(pair.subject)}`,
      );
    else
      breaks(c, pair, 'error', i === 0 && after ? after : { node, via }, `item ${i + 1} has a schema of its own now`);
  }
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

function whole(subject: string): string {
  return subject;
}

function clip(name: string): string {
  return name.slice(0, 60).replaceAll('`', "'");
}

/** The schema below a media type, a parameter or a header. */
export function schemaOf(holder: Spot): Spot | undefined {
  const node: Tree | undefined = child(holder.node, 'schema');
  return node && { node, via: holder.via };
}
