import { assignedValue, comparedValue } from './assigned-value.ts';
import { identifierAt, trimmed } from './identifier.ts';
import { classifyName, type NameClass } from './name.ts';
import type { AssignedValue } from './written-value.ts';

/** A name and the literal given to it, as far as a line shows. Offsets count in the line. */
export interface Assignment {
  readonly name: string;
  readonly nameClass: NameClass;
  readonly value: string;
  readonly at: number;
  readonly quoted: boolean;
  readonly isBytes?: true;
}

/** Formats in which a bare word can be a value. */
const bareFormats =
  /(?:^|\/)(?:\.env[\w.-]*|\.envrc|Dockerfile[\w.-]*|Makefile|Procfile|\.netrc|\.npmrc|\.pypirc|\.pgpass|hosts|inventory[\w-]*)$|\.(?:env|ini|properties|conf|cfg|cnf|toml|ya?ml|sh|bash|zsh|fish|bat|cmd|service|txt|log|config|tf|tfvars|md|rst|example|dist|template|sample|mk|npmrc)$/i;
const maxValue = 4_000;

/** Whether values need no quotes in a file of this path. */
export function takesBareValues(path: string): boolean {
  return bareFormats.test(path);
}

/**
 * Finds what a line assigns to names that mean secrets, in any of the usual syntaxes.
 *
 * @param places offsets in the line at which a word of secrets stands, ascending
 */
export function assignmentsAt(line: string, places: readonly number[], bare: boolean): Assignment[] {
  const found: Assignment[] = [];
  let done = -1;
  for (const place of places) {
    if (place < done) continue;
    const { start, end } = identifierAt(line, place);
    done = end;
    const value = line.startsWith('${', start - 2)
      ? defaultAt(line, end)
      : (assignedValue(line, start, end, bare) ?? comparedValue(line, start));
    if (!value || value.value.length > maxValue) continue;
    const name = trimmed(line.slice(start, end), '.-');
    const nameClass = classifyName(name, value.value);
    if (nameClass !== 'none') found.push({ name, nameClass, ...value, value: withoutScheme(value.value) });
  }
  return found;
}

/** The default of a look-up, which is used wherever the variable is missing: `${DB_PASSWORD:-x}`, Spring's `${db.password:x}`. */
function defaultAt(line: string, end: number): AssignedValue | undefined {
  const found = /^:?-?([^\s?+${}:-][^\s${}]{3,100})\}/.exec(line.slice(end, end + 120));
  return found?.[1] && line[end] !== '}' ? { value: found[1], at: end, quoted: true } : undefined;
}

/** A header's value without its scheme (RFC 9110, section 11.4): `Bearer x` is the token `x`. */
export function withoutScheme(value: string): string {
  return /^(?:Bearer|Token|ApiKey|Api-Key|SSWS|Key)\s{1,3}(\S{8,2000})$/i.exec(value)?.[1] ?? value;
}
