import { canonical, items } from '../tree.ts';
import { type Comparison, type Direction, type Grade, reportAfter, reportGone, type Spot, short } from './change.ts';
import { keyword, type SchemaView } from './schema-view.ts';

/** One schema before and after, in the direction its data flows, with the words that name it. */
export interface SchemaPair {
  readonly before: SchemaView;
  readonly after: SchemaView;
  readonly direction: Direction;
  /** "`email` in the request of `POST /users`". */
  readonly subject: string;
}

export const narrowed = 'narrowed-request';
export const widened = 'widened-response';

/** Says that what the client sends was narrowed or what it receives widened, whichever the direction makes of it. */
export function breaks(c: Comparison, pair: SchemaPair, grade: Grade, at: Spot, what: string): void {
  reportAfter(c, pair.direction === 'request' ? narrowed : widened, grade, at, `${what}: ${pair.subject}.`);
}

/** Types, formats, enums, constants and encodings. */
export function compareValues(c: Comparison, pair: SchemaPair): void {
  compareTypes(c, pair);
  compareFormats(c, pair);
  compareEnums(c, pair);
  for (const name of ['const', 'contentMediaType', 'contentEncoding']) compareExact(c, pair, name);
}

function compareTypes(c: Comparison, pair: SchemaPair): void {
  const { before, after } = pair;
  // `from` must fit into `to`: what clients send today into the new request, what they get tomorrow into the old response.
  const [from, to] = pair.direction === 'request' ? [before.types, after.types] : [after.types, before.types];
  if (!to || (from && [...from].every((type) => to.has(type) || (type === 'integer' && to.has('number'))))) return;
  // A schema without `type` but with another type's keywords says as much as one with it: silence is no change of type.
  if (!from && !isAny(pair.direction === 'request' ? before : after)) return;
  const at = keyword(after, 'type')[0] ?? keyword(after, 'nullable')[0];
  const onlyNull = from && [...from].every((type) => type === 'null' || to.has(type));
  const what = onlyNull
    ? pair.direction === 'request'
      ? '`null` is no longer accepted'
      : '`null` may now be returned'
    : `type changed from ${typeNames(before)} to ${typeNames(after)}`;
  if (at) breaks(c, pair, 'error', at, what);
  else {
    const gone = keyword(before, 'type')[0] ?? keyword(before, 'nullable')[0];
    if (gone)
      reportGone(
        c,
        pair.direction === 'request' ? narrowed : widened,
        'error',
        gone,
        after.parts[0],
        `${what}: ${pair.subject}.`,
      );
  }
}

function isAny(view: SchemaView): boolean {
  return !['enum', 'const', 'oneOf', 'anyOf', 'properties', 'items', 'allOf'].some(
    (name) => keyword(view, name).length > 0,
  );
}

/** The types of a schema in words. */
export function typeNames(view: SchemaView): string {
  return view.types ? [...view.types].map((type) => `\`${short(type)}\``).join(' or ') : 'any';
}

/** Formats whose values all fit into another: a change to the wider one loses no request. */
const wider: Readonly<Record<string, readonly string[]>> = {
  int32: ['int64', 'float', 'double'],
  int64: ['double'],
  float: ['double'],
  date: ['date-time'],
};

function compareFormats(c: Comparison, pair: SchemaPair): void {
  const before = keyword(pair.before, 'format')[0];
  const after = keyword(pair.after, 'format')[0];
  const [old, now] = [text(before), text(after)];
  if (old === now || (before && String(old) === '') || pair.before.types === undefined) return;
  const fits =
    pair.direction === 'request'
      ? now === undefined || wider[old ?? '']?.includes(now)
      : old === undefined || wider[now ?? '']?.includes(old);
  if (fits && old !== 'date') return;
  if (after)
    breaks(
      c,
      pair,
      'error',
      after,
      old === undefined
        ? `format ${quoted(now)} is now demanded`
        : `format changed from ${quoted(old)} to ${quoted(now)}`,
    );
  else if (before)
    reportGone(
      c,
      widened,
      'warning',
      before,
      pair.after.parts[0],
      `format ${quoted(old)} is no longer promised: ${pair.subject}.`,
    );
}

function text(at: Spot | undefined): string | undefined {
  return at && typeof at.node.scalar === 'string' ? at.node.scalar : undefined;
}

/** Values that are no longer accepted, or may be returned now. */
export function compareEnums(c: Comparison, pair: SchemaPair): void {
  for (const name of ['enum', 'x-extensible-enum']) {
    const before = keyword(pair.before, name)[0];
    const after = keyword(pair.after, name)[0];
    if (after && !before && pair.direction === 'request' && name === 'enum') {
      if (keyword(pair.before, 'const').length === 0)
        breaks(c, pair, 'error', after, 'only a fixed list of values is accepted now');
      continue;
    }
    if (before && !after && pair.direction === 'response' && name === 'enum') freed(c, pair, before);
    if (!before || !after) continue;
    const now = new Set(items(after.node).map(canonical));
    const old = new Set(items(before.node).map(canonical));
    if (pair.direction === 'request') {
      for (const value of items(before.node)) {
        if (now.has(canonical(value))) continue;
        reportGone(
          c,
          narrowed,
          'error',
          { node: value, via: before.via },
          after,
          `the value ${quoted(value.scalar)} is no longer accepted: ${pair.subject}.`,
        );
      }
    } else {
      const added = name === 'enum' ? items(after.node).filter((value) => !old.has(canonical(value))) : [];
      const [first, last] = [added[0], added.at(-1)];
      if (!first || !last) continue;
      const words = added.slice(0, 5).map((value) => quoted(value.scalar));
      const at = { node: { ...first, endLine: last.endLine }, via: after.via };
      breaks(c, pair, 'warning', at, `new values may be returned (${words.join(', ')})`);
    }
  }
}

/** A response whose values were listed and are not any more; a constant is a list of one. */
function freed(c: Comparison, pair: SchemaPair, before: Spot): void {
  if (keyword(pair.after, 'const').length > 0 || keyword(pair.after, 'x-extensible-enum').length > 0) return;
  const because = `values beyond the list that was promised may be returned: ${pair.subject}.`;
  reportGone(c, widened, 'warning', before, pair.after.parts[0], because);
}

function quoted(value: unknown): string {
  return `\`${short(String(value))}\``;
}

/** A list of one value says as much as the constant. */
function isAllOf(list: Spot | undefined, constant: Spot): boolean {
  const values = items(list?.node);
  return values.length > 0 && values.every((value) => canonical(value) === canonical(constant.node));
}

function compareExact(c: Comparison, pair: SchemaPair, name: string): void {
  const before = keyword(pair.before, name)[0];
  const after = keyword(pair.after, name)[0];
  if (before && after) {
    if (canonical(before.node) !== canonical(after.node)) breaks(c, pair, 'error', after, `\`${name}\` changed`);
  } else if (after && pair.direction === 'request' && !isAllOf(keyword(pair.before, 'enum')[0], after))
    breaks(c, pair, 'error', after, `\`${name}\` is now demanded`);
  else if (before && pair.direction === 'response')
    reportGone(
      c,
      widened,
      'warning',
      before,
      pair.after.parts[0],
      `\`${name}\` is no longer promised: ${pair.subject}.`,
    );
}
