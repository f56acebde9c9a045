import { assignedValue, comparedValue } from './assigned-value.ts';
import { identifierAt, trimmed } from './identifier.ts';
import { classifyName, type NameClass } from './name.ts';

/** A name and the literal given to it, as far as a line shows. Offsets count in the line. */
export interface Assignment {
  readonly name: string;
  readonly nameClass: NameClass;
  readonly value: string;
  readonly at: number;
  readonly quoted: boolean;
}

/** Formats in which a bare word can be a value. */
const bareFormats =
  /(?:^|\/)(?:\.env[\w.-]*|Dockerfile[\w.-]*|Makefile|\.netrc|\.npmrc|\.pypirc|\.pgpass)$|\.(?:env|ini|properties|conf|cfg|cnf|toml|ya?ml|sh|bash|zsh|txt|log|config|tf|tfvars|md|rst|example|dist|template|sample|mk|npmrc)$/i;
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
    // A name inside a template (`${token}`) is given nothing.
    if (line.startsWith('${', start - 2)) continue;
    const value = assignedValue(line, start, end, bare) ?? comparedValue(line, start);
    if (!value || value.value.length > maxValue) continue;
    const name = trimmed(line.slice(start, end), '.-');
    const nameClass = classifyName(name, value.value);
    if (nameClass !== 'none') found.push({ name, nameClass, ...value });
  }
  return found;
}
