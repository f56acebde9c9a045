import { type Comparison, linesWithin, type PlacedProblem, short } from '../openapi/change.ts';
import { entries, isTrue, items, stringAt, type Tree } from '../tree.ts';
import type { RouteSchema } from './route-schemas.ts';

const maxDepth = 20;

/** Fields of an answer that could be `null` and cannot any more: the serialiser writes them by the schema. */
export function* lostNulls(c: Comparison, was: RouteSchema, now: RouteSchema): Generator<PlacedProblem> {
  yield* lostIn(c, was.schema, now.schema, now.subject, 0);
}

function* lostIn(c: Comparison, was: Tree, now: Tree, subject: string, depth: number): Generator<PlacedProblem> {
  if (depth > maxDepth || c.budget.steps-- <= 0) return;
  for (const [name, field] of entries(now.map?.get('properties'))) {
    const old = was.map?.get('properties')?.map?.get(name);
    if (!old) continue;
    const words = `\`${short(name)}\` in ${subject}`;
    if (admitsNull(old) && isTyped(field) && !admitsNull(field)) yield* problem(c, field, words);
    else yield* lostIn(c, old, field, words, depth + 1);
  }
  const [before, after] = [was.map?.get('items'), now.map?.get('items')];
  if (before && after) yield* lostIn(c, before, after, `an item of ${subject}`, depth + 1);
}

function* problem(c: Comparison, at: Tree, words: string): Generator<PlacedProblem> {
  const touched = linesWithin(c.lines.added(at.path), at.line, at.endLine);
  const [line, endLine] = [touched[0], touched.at(-1)];
  if (line === undefined || endLine === undefined) return;
  const because = `${words} could be \`null\` and has no way to say so now.`;
  yield { path: at.path, rule: 'lost-null', severity: 'warning', line, endLine, because };
}

function admitsNull(schema: Tree): boolean {
  const type = schema.map?.get('type');
  if (type?.scalar === 'null' || items(type).some(({ scalar }) => scalar === 'null')) return true;
  if (isTrue(schema, 'nullable')) return true;
  return ['anyOf', 'oneOf'].some((key) => items(schema.map?.get(key)).some(admitsNull));
}

/** It says what it is, in full: a reference or a schema without a type may well admit `null`. */
function isTyped(schema: Tree): boolean {
  if (stringAt(schema, 'type') !== undefined || schema.map?.get('type')?.list) return true;
  return ['anyOf', 'oneOf'].some((key) => {
    const choices = items(schema.map?.get(key));
    return choices.length > 0 && choices.every(isTyped);
  });
}
