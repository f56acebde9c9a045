import { type Comparison, reportGone, type Spot } from './change.ts';
import { breaks, type SchemaPair, widened } from './compare-values.ts';
import { concerns, keyword, type SchemaView } from './schema-view.ts';

/** Numeric keywords: which way tightens them, and the words. */
const upper = ['maximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'] as const;
const lower = ['minimum', 'minLength', 'minItems', 'minProperties', 'minContains'] as const;

const exclusive: Readonly<Record<string, string>> = { maximum: 'exclusiveMaximum', minimum: 'exclusiveMinimum' };

interface Bound {
  /** The keyword that says it. */
  readonly name: string;
  readonly value: number;
  readonly exclusive: boolean;
  readonly at: Spot;
}

/** Numbers that bound a value: tightened for what is sent, loosened for what is received. */
export function compareBounds(c: Comparison, pair: SchemaPair): void {
  const { before, after } = pair;
  for (const name of upper) compareBound(c, pair, name, 1, boundOf(before, name, 1), boundOf(after, name, 1));
  for (const name of lower) compareBound(c, pair, name, -1, boundOf(before, name, -1), boundOf(after, name, -1));
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
      before ? moved('tightened', before, after) : `${written(after)} is now demanded`,
    );
  }
  if (pair.direction === 'response' && tightness < 0 && before) {
    if (!after && admitsAll(name, before.value)) return;
    if (after) breaks(c, pair, 'error', after.at, moved('loosened', before, after));
    else
      reportGone(
        c,
        widened,
        'warning',
        before.at,
        pair.after.parts[0],
        `${written(before)} is no longer promised: ${pair.subject}.`,
      );
  }
}

function moved(how: 'tightened' | 'loosened', before: Bound, after: Bound): string {
  const [old, now] = [before.at.node.scalar, after.at.node.scalar];
  if (before.name === after.name && old !== now) return `\`${after.name}\` ${how} from ${old} to ${now}`;
  return `${written(before)} ${how} to ${written(after)}${after.exclusive ? ', without the value itself' : ''}`;
}

function written({ name, at }: Bound): string {
  return `\`${name}\` ${at.node.scalar}`;
}

/** `minLength: 0` and its like say nothing. */
function admitsAll(name: string, value: number): boolean {
  return value <= 0 && name.startsWith('min') && name !== 'minimum';
}

/** The tightest bound that a schema sets: OpenAPI 3.0 excludes its value by a flag beside it, 3.1 by a keyword of its own. */
function boundOf(view: SchemaView, name: string, sign: 1 | -1): Bound | undefined {
  const excluding = exclusive[name];
  const apart = excluding ? keyword(view, excluding) : [];
  const flagged = apart.some((spot) => spot.node.scalar === true);
  const bounds = [
    ...keyword(view, name).flatMap((at) => bound(name, at, flagged)),
    ...apart.flatMap((at) => bound(excluding ?? name, at, true)),
  ].map((one) => (isWhole(view) ? inclusive(one, sign) : one));
  return bounds.reduce<Bound | undefined>((best, one) => (best && !isTighter(one, best, sign) ? best : one), undefined);
}

function bound(name: string, at: Spot, excludes: boolean): Bound[] {
  return typeof at.node.scalar === 'number' ? [{ name, value: at.node.scalar, exclusive: excludes, at }] : [];
}

/** Above 0 is from 1 on, where only whole numbers count. */
function inclusive(one: Bound, sign: 1 | -1): Bound {
  return one.exclusive && Number.isInteger(one.value) ? { ...one, value: one.value - sign, exclusive: false } : one;
}

function isWhole({ types }: SchemaView): boolean {
  return types?.has('integer') === true && !types.has('number');
}

function isTighter(one: Bound, other: Bound, sign: 1 | -1): boolean {
  return (sign * (other.value - one.value) || Number(one.exclusive) - Number(other.exclusive)) > 0;
}
