import picomatch from 'picomatch';
import type { Policy } from './policy.ts';

/** Makes the policy's path filter: a path is in when an include glob matches (or there is none) and no exclude glob does. */
export function pathFilter(paths: Policy['paths']): (path: string) => boolean {
  const include = paths.include?.length ? picomatch([...paths.include], { dot: true }) : () => true;
  const exclude = globMatcher(paths.exclude);
  return (path) => include(path) && !exclude(path);
}

/** Makes the matcher of a list of globs; without globs nothing matches. */
export function globMatcher(globs: readonly string[] | undefined): (path: string) => boolean {
  return globs?.length ? picomatch([...globs], { dot: true }) : () => false;
}
