import { canonical } from '../tree.ts';
import { type Comparison, note, reportGone, type Spot } from './change.ts';
import { breaks, type SchemaPair, widened } from './compare-values.ts';
import { keyword, type SchemaView } from './schema-view.ts';

/** Numeric keywords: which way tightens them, and the words. */
const upper = ['maximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'] as const;
const lower = ['minimum', 'minLength', 'minItems', 'minProperties', 'minContains'] as const;

interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
  readonly at: Spot;
}

/** Bounds, patterns, `multipleOf`, `uniqueItems`: tightened for what is sent, loosened for what is received. */
export function compareConstraints(c: Comparison, pair: SchemaPair): void {
  for (const name of upper) compareBound(c, pair, name, 1, boundOf(pair.before, name, 1), boundOf(pair.after, name, 1));
  for (const name of lower)
    compareBound(c, pair, name, -1, boundOf(pair.before, name, -1), boundOf(pair.after, name, -1));
  compareBound(
    c,
    pair,
    'exclusiveMaximum',
    1,
    exclusiveOf(pair.before, 'exclusiveMaximum', 1),
    exclusiveOf(pair.after, 'exclusiveMaximum', 1),
  );
  compareBound(
    c,
    pair,
    'exclusiveMinimum',
    -1,
    exclusiveOf(pair.before, 'exclusiveMinimum', -1),
    exclusiveOf(pair.after, 'exclusiveMinimum', -1),
  );
  comparePatterns(c, pair);
  compareMultiples(c, pair);
  compareFlag(c, pair, 'uniqueItems', true);
}

function compareBound(
  c: Comparison,
  pair: SchemaPair,
  name: string,
  sign: 1 | -1,
  before: Bound | undefined,
  after: Bound | undefined,
): void {
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

/** Patterns that match every text. */
const anyText = new Set(['', '.*', '^.*$', '^', '$', '[\\s\\S]*', '^[\\s\\S]*$']);

function comparePatterns(c: Comparison, pair: SchemaPair): void {
  const before = keyword(pair.before, 'pattern');
  const after = keyword(pair.after, 'pattern');
  const known = new Set(before.map((at) => String(at.node.scalar)));
  if (pair.direction === 'response') {
    const kept = new Set(after.map((at) => String(at.node.scalar)));
    // Clients seldom check what they are sent against a pattern, and which of two admits more is not decided.
    if ([...known].some((pattern) => !anyText.has(pattern) && !kept.has(pattern)))
      note(c, `another \`pattern\`, or none, in ${pair.subject}`);
    return;
  }
  for (const at of after) {
    const pattern = String(at.node.scalar);
    if (anyText.has(pattern) || known.has(pattern)) continue;
    // Whether one regular expression admits what another does is not decided here: a changed one is for a human to look at.
    if (before.length === 0) breaks(c, pair, 'error', at, 'a `pattern` is now demanded');
    else breaks(c, pair, 'warning', at, '`pattern` changed, and may refuse what it accepted');
  }
}

function compareMultiples(c: Comparison, pair: SchemaPair): void {
  const before = keyword(pair.before, 'multipleOf')[0];
  const after = keyword(pair.after, 'multipleOf')[0];
  const [old, now] = [before?.node.scalar, after?.node.scalar];
  if (old === now) return;
  const [wide, narrow] = pair.direction === 'request' ? [now, old] : [old, now];
  if (typeof wide !== 'number') return;
  if (typeof narrow === 'number' && Number.isInteger(narrow / wide)) return;
  if (after) breaks(c, pair, before ? 'error' : 'warning', after, `\`multipleOf\` is now ${now}`);
  else if (before)
    reportGone(
      c,
      widened,
      'warning',
      before,
      pair.after.parts[0],
      `\`multipleOf\` ${old} is no longer promised: ${pair.subject}.`,
    );
}

function compareFlag(c: Comparison, pair: SchemaPair, name: string, tight: boolean): void {
  const before = keyword(pair.before, name).find((at) => at.node.scalar === tight);
  const after = keyword(pair.after, name).find((at) => at.node.scalar === tight);
  if (pair.direction === 'request' && after && !before) breaks(c, pair, 'error', after, `\`${name}\` is now ${tight}`);
  if (pair.direction === 'response' && before && !after) {
    const now = keyword(pair.after, name)[0];
    if (now && canonical(now.node) !== canonical(before.node))
      breaks(c, pair, 'warning', now, `\`${name}\` is no longer ${tight}`);
    else
      reportGone(
        c,
        widened,
        'warning',
        before,
        pair.after.parts[0],
        `\`${name}\` is no longer ${tight}: ${pair.subject}.`,
      );
  }
}
