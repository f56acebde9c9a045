import { assignedValue } from './assigned-value.ts';
import { identifierAt } from './identifier.ts';
import type { AssignedValue } from './written-value.ts';

/** Formats that list settings as pairs: Kubernetes, task definitions, Terraform, collections of requests. */
const lists = /\.(?:ya?ml|json|tf|hcl)$/i;
const ownLine = /^\s{0,100}(?:-\s{1,8})?["']?value["']?\s{0,4}[:=]/i;
const nameAbove =
  /^\s{0,100}(?:-\s{1,8})?(?:\{\s{0,8})?["']?(?:name|key)["']?\s{0,4}[:=]\s{0,4}["']?([A-Za-z_][\w.-]{1,80})["']?,?\s{0,20}$/i;
const nameBefore = /\b(?:name|key)["']?\s{0,4}[:=]\s{0,4}["']?([A-Za-z_][\w.-]{1,80})["']?\s{0,4},\s{0,4}["']?$/i;
const maxLine = 300;

/**
 * Reads the name and the value of a pair: `name: DB_PASSWORD` and `value: x`, on two lines or on one.
 *
 * @param text the whole file, in which the line begins at `start`
 * @param at offset in the line at which `value` stands
 */
export function pairAt(
  path: string,
  text: string,
  start: number,
  line: string,
  at: number,
): (AssignedValue & { readonly name: string }) | undefined {
  if (!lists.test(path)) return undefined;
  const identifier = identifierAt(line, at);
  if (identifier.start !== at) return undefined;
  const before = line.slice(Math.max(0, at - maxLine), at);
  const name = nameBefore.exec(before)?.[1] ?? (ownLine.test(line.slice(0, maxLine)) ? nameOn(text, start) : undefined);
  const value = name && assignedValue(line, identifier.start, identifier.end, !path.endsWith('.json'));
  return name && value ? { name, ...value } : undefined;
}

/** The name on the line before the one that begins at `start`. */
function nameOn(text: string, start: number): string | undefined {
  if (start === 0) return undefined;
  const from = text.lastIndexOf('\n', start - 2) + 1;
  return start - from > maxLine ? undefined : nameAbove.exec(text.slice(from, start - 1))?.[1];
}
