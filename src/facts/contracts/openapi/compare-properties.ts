import { isTrue } from '../tree.ts';
import {
  type Compare,
  type Comparison,
  type Direction,
  note,
  reportAfter,
  reportGone,
  type Spot,
  short,
} from './change.ts';
import { compareLifecycle } from './compare-lifecycle.ts';
import type { SchemaPair } from './compare-values.ts';
import { type Conjunction, keyword, viewOf } from './schema-view.ts';

/** Properties gone, new, newly required or no longer certain. */
export function compareProperties(c: Comparison, pair: SchemaPair, compare: Compare): void {
  const { before, after, direction } = pair;
  for (const [name, spots] of before.properties) {
    const now = after.properties.get(name);
    if (spots[0] && now?.[0]) compareLifecycle(c, spots[0], now[0], `\`${short(name)}\` in ${pair.subject}`);
    if (now && hides(c, pair, spots, now)) hidden(c, pair, name, now);
    else if (now) compare(c, direction, spots, now, `\`${short(name)}\` in ${pair.subject}`);
    else if (!ignored(c.before, spots, direction)) removedProperty(c, pair, name, spots);
  }
  for (const [name, spots] of after.properties) {
    if (before.properties.has(name) || ignored(c.after, spots, direction)) continue;
    const required = after.required.get(name);
    if (direction === 'response' || !required || keyword(viewOf(c.after, spots), 'default').length > 0) {
      note(c, `new ${required ? '' : 'optional '}property \`${short(name)}\` in ${pair.subject}`);
      continue;
    }
    newRequired(c, spots[0] ?? required, required, `\`${short(name)}\` is new and required in ${pair.subject}`);
  }
  compareRequired(c, pair);
}

/** A property that the change takes out of this direction: read-only in requests, write-only in responses. */
function hides(c: Comparison, { direction }: SchemaPair, before: Conjunction, after: Conjunction): boolean {
  return !ignored(c.before, before, direction) && ignored(c.after, after, direction);
}

/** A client may still send what is read-only now: it is ignored, or refused, as it was when nobody knew it. */
function hidden(c: Comparison, pair: SchemaPair, name: string, now: Conjunction): void {
  const flag = keyword(viewOf(c.after, now), pair.direction === 'request' ? 'readOnly' : 'writeOnly')[0];
  if (!flag || pair.direction === 'request') return;
  const grade = pair.before.required.has(name) ? 'error' : 'warning';
  const because = `\`${short(name)}\` is write-only now, and gone from ${pair.subject}.`;
  reportAfter(c, 'removed-response-data', grade, flag, because);
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
      const old = before.properties.get(name);
      if (!old || (spots && ignored(c.after, spots, direction))) continue;
      const wasRead = before.required.has(name) && ignored(c.before, old, direction);
      if (before.required.has(name) && !wasRead) continue;
      const hasDefault = spots && keyword(viewOf(c.after, spots), 'default').length > 0;
      if (hasDefault) note(c, `\`${short(name)}\` became required, with a default, in ${pair.subject}`);
      else
        reportAfter(
          c,
          'required-request-input',
          'error',
          (wasRead && spots?.[0]) || at,
          `\`${short(name)}\` became required in ${pair.subject}.`,
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
      `\`${short(name)}\` became optional in ${pair.subject}.`,
    );
  }
}

function removedProperty(c: Comparison, pair: SchemaPair, name: string, spots: Conjunction): void {
  const gone = spots[0];
  if (!gone) return;
  const parent = keyword(pair.after, 'properties')[0] ?? pair.after.parts[0];
  const because = `\`${short(name)}\` is gone from ${pair.subject}.`;
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
