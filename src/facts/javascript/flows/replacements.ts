import { functionsOf } from '../handlers/resolve.ts';
import type { Node } from '../parse.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { strippedPath } from './paths.ts';
import { safe, type Value, worst } from './value.ts';

/**
 * `x.replace(/[^a-z]/g, '')` leaves nothing that could harm; other replacements leave the rest.
 *
 * @param all every occurrence is replaced, not the first one alone
 */
export function replaced(inquiry: Inquiry, object: Node, args: readonly Node[], all: boolean): Value {
  const [pattern, replacement] = args;
  const value = evaluate(inquiry, object);
  if (escapesFor(inquiry, pattern, replacement)) return { ...safe, start: value.start };
  const left = { ...value, whole: false };
  // `text.replace('{name}', name)` builds a text, as `+` does.
  const filled =
    replacement && functionsOf(inquiry.source, replacement).length === 0 ? evaluate(inquiry, replacement) : safe;
  if (filled.trust === 'request' || (filled.trust === 'parameter' && value.trust === 'constant'))
    return { ...worst([left, filled]), built: true, whole: false, start: value.start };
  return inquiry.kind === 'path' && value.trust !== 'constant'
    ? strippedPath(left, inquiry.source, object, pattern, all)
    : left;
}

/** Whether nothing is left after the replacement that could harm this kind of sink. */
function escapesFor({ kind }: Inquiry, pattern: Node | undefined, replacement: Node | undefined): boolean {
  if (pattern?.type !== 'Literal' || !('regex' in pattern)) return false;
  const { regex } = pattern;
  // `replace(/[.*+?^${}()|[\]\\]/g, '\\$&')` puts a backslash before what a pattern reads.
  if (kind === 'regex') return replacement?.type === 'Literal' && /^\\+\$[&1]$/.test(String(replacement.value));
  if (!regex.flags.includes('g')) return false;
  // `replace(/[&<>"']/g, (c) => entities[c])` leaves no tag.
  if ((kind === 'html' || kind === 'xml') && regex.pattern.startsWith('[') && regex.pattern.includes('<')) return true;
  return regex.pattern.startsWith('[^');
}
