import { type Comparison, linesWithin, type PlacedProblem, short } from '../openapi/change.ts';
import { type Conjunction, keyword, type SchemaView, viewOf } from '../openapi/schema-view.ts';
import type { RouteSchema } from './route-schemas.ts';

const maxDepth = 20;

/** Fields of an answer that could be `null` and cannot any more: the serialiser writes them by the schema. */
export function lostNulls(c: Comparison, was: RouteSchema, now: RouteSchema): readonly PlacedProblem[] {
  return lostIn(c, [{ node: was.schema, via: [] }], [{ node: now.schema, via: [] }], now.subject, 0);
}

function lostIn(c: Comparison, was: Conjunction, now: Conjunction, subject: string, depth: number): PlacedProblem[] {
  if (depth > maxDepth || c.budget.steps-- <= 0) return [];
  const [before, after] = [viewOf(c.before, was), viewOf(c.after, now)];
  const found = depth > 0 && losesNull(before, after) ? problem(c, now, subject) : [];
  for (const [name, field] of after.properties) {
    const old = before.properties.get(name);
    if (old) found.push(...lostIn(c, old, field, `\`${short(name)}\` in ${subject}`, depth + 1));
  }
  const [item, nowItem] = [keyword(before, 'items'), keyword(after, 'items')];
  if (item.length > 0 && nowItem.length > 0)
    found.push(...lostIn(c, item, nowItem, `an item of ${subject}`, depth + 1));
  return found;
}

/** A schema without a type says nothing of `null`. */
function losesNull(before: SchemaView, after: SchemaView): boolean {
  return before.types?.has('null') === true && after.types !== undefined && !after.types.has('null');
}

function problem(c: Comparison, now: Conjunction, words: string): PlacedProblem[] {
  const at = now[0]?.node;
  const touched = at ? linesWithin(c.lines.added(at.path), at.line, at.endLine) : [];
  const [line, endLine] = [touched[0], touched.at(-1)];
  if (!at || line === undefined || endLine === undefined) return [];
  const because = `${words} could be \`null\` and has no way to say so now.`;
  return [{ path: at.path, rule: 'lost-null', severity: 'warning', line, endLine, because }];
}
