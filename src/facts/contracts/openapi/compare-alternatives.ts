import { canonical, child, items, stringAt } from '../tree.ts';
import { type Compare, type Comparison, reportGone, type Spot } from './change.ts';
import { breaks, narrowed, type SchemaPair } from './compare-values.ts';
import { admitsAnything, keyword, type SchemaView } from './schema-view.ts';

/**
 * Compares `oneOf` and `anyOf`: alternatives are matched by reference, then by title, then by equality, then in order. An
 * alternative less breaks requests, one more breaks responses.
 */
export function compareAlternatives(c: Comparison, pair: SchemaPair, compare: Compare): void {
  for (const name of ['oneOf', 'anyOf']) {
    const old = alternatives(pair, 'before', name);
    const now = alternatives(pair, 'after', name);
    if (old.length === 0 && now.length === 0) continue;
    if (old.length === 0) {
      appeared(c, pair, name, now);
      continue;
    }
    if (now.length === 0) {
      if (pair.direction === 'request' && old.length > 1) disappeared(c, pair, name, old);
      continue;
    }
    // One choice that takes whatever is sent: no request is refused.
    if (pair.direction === 'request' && now.some((at) => admitsAnything(at.node))) continue;
    const { matched, gone, added } = match(old, now);
    for (const [before, after] of matched) compare(c, pair.direction, [before], [after], pair.subject);
    if (pair.direction === 'request') {
      for (const at of gone)
        reportGone(
          c,
          narrowed,
          'error',
          at,
          keyword(pair.after, name)[0],
          `an alternative of \`${name}\` is no longer accepted: ${pair.subject}.`,
        );
    } else {
      for (const at of added) breaks(c, pair, 'error', at, `a new alternative of \`${name}\` may be returned`);
    }
  }
}

function alternatives(pair: SchemaPair, side: 'before' | 'after', name: string): readonly Spot[] {
  return keyword(pair[side], name).flatMap((at) => items(at.node).map((node) => ({ node, via: at.via })));
}

/** A plain schema that became a choice: nothing breaks where one of the choices is the schema itself. */
function appeared(c: Comparison, pair: SchemaPair, name: string, now: readonly Spot[]): void {
  const at = keyword(pair.after, name)[0];
  if (!at) return;
  const own = pair.before.parts[0]?.node;
  const refs = new Set(pair.before.parts.flatMap((part) => part.via.map((site) => stringAt(site, '$ref'))));
  const kept = now.some(
    (choice) => refs.has(stringAt(choice.node, '$ref')) || (own && canonical(choice.node) === canonical(own)),
  );
  if (pair.direction === 'request' && !kept) breaks(c, pair, 'error', at, `one of \`${name}\` is now demanded`);
  if (pair.direction === 'response' && (kept ? now.length > 1 : isWrapped(pair)))
    breaks(c, pair, 'error', at, `other shapes may be returned now (\`${name}\`)`);
}

/** An object whose properties have all gone into the alternatives of the head: what becomes of each is told there. */
export function isWrapped({ before, after }: SchemaPair): boolean {
  const chooses = (view: SchemaView) => keyword(view, 'oneOf').length > 0 || keyword(view, 'anyOf').length > 0;
  return before.properties.size > 0 && after.properties.size === 0 && chooses(after) && !chooses(before);
}

/** A choice that became one of its alternatives: the others are no longer accepted. */
function disappeared(c: Comparison, pair: SchemaPair, name: string, old: readonly Spot[]): void {
  const now = pair.after.parts[0];
  if (!now) return;
  const refs = new Set(pair.after.parts.flatMap((part) => part.via.map((site) => stringAt(site, '$ref'))));
  const chosen = (choice: Spot) =>
    refs.has(stringAt(choice.node, '$ref')) || canonical(choice.node) === canonical(now.node);
  const lost = old.filter((choice) => !chosen(choice));
  const because = `only one alternative of \`${name}\` is accepted now: ${pair.subject}.`;
  const [first] = lost;
  if (first && lost.length < old.length) reportGone(c, narrowed, 'error', first, now, because);
}

function match(
  old: readonly Spot[],
  now: readonly Spot[],
): { matched: [Spot, Spot][]; gone: readonly Spot[]; added: readonly Spot[] } {
  const matched: [Spot, Spot][] = [];
  let gone = old;
  let added = now;
  const keys: ((at: Spot) => string | undefined)[] = [
    (at) => stringAt(at.node, '$ref'),
    (at) => stringAt(at.node, 'title'),
    (at) => canonical(at.node),
    inlineType,
  ];
  for (const keyOf of keys) {
    const candidates = Map.groupBy(added, keyOf);
    const taken = new Set<Spot>();
    for (const before of gone) {
      const key = keyOf(before);
      const after = key === undefined ? undefined : candidates.get(key)?.shift();
      if (!after) continue;
      matched.push([before, after]);
      taken.add(before).add(after);
    }
    gone = gone.filter((before) => !taken.has(before));
    added = added.filter((after) => !taken.has(after));
  }
  return { matched, gone, added };
}

/** Two inline alternatives of one type at one place are the same alternative, edited; a reference is a name and stays one. */
function inlineType(at: Spot): string | undefined {
  if (stringAt(at.node, '$ref') !== undefined) return undefined;
  const type = child(at.node, 'type');
  return `type ${canonical(type)}`;
}
