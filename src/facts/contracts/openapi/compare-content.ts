import { child } from '../tree.ts';
import { type Comparison, type Direction, reportAfter, reportGone, type Spot } from './change.ts';
import { compareSchemas, schemaOf } from './compare-schemas.ts';
import { contentOf } from './contract-view.ts';

/** Media types of a body, and the schemas they hold. */
export function compareContent(
  c: Comparison,
  direction: Direction,
  before: Spot,
  after: Spot,
  subject: string,
  grade: 'error' | 'warning',
): void {
  const now = contentOf(c.after, after);
  for (const [type, old] of contentOf(c.before, before)) {
    const counterpart = now.get(type) ?? covering(now, type);
    if (!counterpart) {
      const rule = direction === 'request' ? 'removed-request-input' : 'removed-response-data';
      const parent = { node: child(after.node, 'content') ?? after.node, via: after.via };
      reportGone(c, rule, grade, old, parent, `the media type \`${type.slice(0, 60)}\` is gone from ${subject}.`);
      continue;
    }
    compareHeld(c, direction, old, counterpart, subject, 'schema');
    // OpenAPI 3.2: the items of a stream.
    compareHeld(c, direction, old, counterpart, `an item of ${subject}`, 'itemSchema');
  }
}

/** The schema that a media type holds under a key, on both sides or on one. */
function compareHeld(
  c: Comparison,
  direction: Direction,
  before: Spot,
  after: Spot,
  subject: string,
  key: 'schema' | 'itemSchema',
): void {
  const [was, is] = [schemaOf(before, key), schemaOf(after, key)];
  if (was && is) compareSchemas(c, direction, [was], [is], subject);
  else if (is && direction === 'request')
    reportAfter(c, 'narrowed-request', 'error', is, `${subject} has a schema now, where anything went.`);
  else if (was && direction === 'response')
    reportGone(c, 'widened-response', 'warning', was, after, `${subject} has no schema any more.`);
}

/** `application/*` and the like cover a media type that lost its own line. */
function covering(types: ReadonlyMap<string, Spot>, type: string): Spot | undefined {
  const bare = type.split(';')[0] ?? type;
  return types.get(bare) ?? types.get(`${bare.split('/')[0]}/*`) ?? types.get('*/*');
}
