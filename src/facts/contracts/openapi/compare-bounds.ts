import { type Comparison, reportGone, type Spot } from './change.ts';
import { breaks, type SchemaPair, widened } from './compare-values.ts';
import { concerns, keyword, type SchemaView } from './schema-view.ts';

/** Numeric keywords: which way tightens them, and the words. */
const upper = ['maximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'] as const;
const lower = ['minimum', 'minLength', 'minItems', 'minProperties', 'minContains'] as const;

interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
  readonly at: Spot;
}

/** Numbers that bound a value: tightened for what is sent, loosened for what is received. */
export function compareBounds(c: Comparison, pair: SchemaPair): void {
  const { before, after } = pair;
  for (const name of upper) compareBound(c, pair, name, 1, boundOf(before, name, 1), boundOf(after, name, 1));
  for (const name of lower) compareBound(c, pair, name, -1, boundOf(before, name, -1), boundOf(after, name, -1));
  for (const [name, sign] of [
    ['exclusiveMaximum', 1],
    ['exclusiveMinimum', -1],
  ] as const)
    compareBound(c, pair, name, sign, exclusiveOf(before, name, sign), exclusiveOf(after, name, sign));
}

function compareBound(
  c: Comparison,
  pair: SchemaPair,
  name: string,
  sign: 1 | -1,
  before: Bound | undefined,
  after: Bound | undefined,
): void {
  // A bound that no value of the type has is told only where its authors move it, and so mean something by it.
  if (!(before && after) && !(concerns(pair.before, name) && concerns(pair.after, name))) return;
  const tightness =
    before && after
      ? sign * (before.value - after.value) || Number(after.exclusive) - Number(before.exclusive)
      : after
        ? 1
        : before
          ? -1
          : 0;
  if (pair.direction === 'request' && tightness > 0 && after) {
    if (!before && admitsAll(name, after.value)) return;
    breaks(
      c,
      pair,
      before ? 'error' : 'warning',
      after.at,
      before
        ? `\`${name}\` tightened from ${before.value} to ${after.value}`
        : `\`${name}\` ${after.value} is now demanded`,
    );
  }
  if (pair.direction === 'response' && tightness < 0 && before) {
    if (!after && admitsAll(name, before.value)) return;
    if (after) breaks(c, pair, 'error', after.at, `\`${name}\` loosened from ${before.value} to ${after.value}`);
    else
      reportGone(
        c,
        widened,
        'warning',
        before.at,
        pair.after.parts[0],
        `\`${name}\` ${before.value} is no longer promised: ${pair.subject}.`,
      );
  }
}

/** `minLength: 0` and its like say nothing. */
function admitsAll(name: string, value: number): boolean {
  return value <= 0 && name.startsWith('min') && name !== 'minimum';
}

function boundOf(view: SchemaView, name: string, sign: 1 | -1): Bound | undefined {
  let tightest: Bound | undefined;
  for (const at of keyword(view, name)) {
    if (typeof at.node.scalar !== 'number') continue;
    const exclusiveAt =
      name === 'maximum'
        ? keyword(view, 'exclusiveMaximum')
        : name === 'minimum'
          ? keyword(view, 'exclusiveMinimum')
          : [];
    const flag = exclusiveAt.find((spot) => spot.node.scalar === true);
    if (!tightest || sign * (tightest.value - at.node.scalar) > 0)
      tightest = { value: at.node.scalar, exclusive: flag !== undefined, at };
  }
  return tightest;
}

/** OpenAPI 3.1 gives exclusive bounds as numbers; the booleans of 3.0 are part of the plain bound. */
function exclusiveOf(view: SchemaView, name: string, sign: 1 | -1): Bound | undefined {
  let tightest: Bound | undefined;
  for (const at of keyword(view, name)) {
    if (typeof at.node.scalar !== 'number') continue;
    if (!tightest || sign * (tightest.value - at.node.scalar) > 0)
      tightest = { value: at.node.scalar, exclusive: true, at };
  }
  return tightest;
}
