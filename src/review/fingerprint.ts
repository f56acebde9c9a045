import { createHash } from 'node:crypto';

interface Identity {
  readonly rule: string;
  /** Path before a rename in this change, else the path. */
  readonly path: string;
  /** Name of the enclosing function; empty at module level. */
  readonly within: string;
  /** The matched code, or a key that stands for it. */
  readonly code: string;
  /** 0 for the first match with all of the above equal in the file, 1 for the second, … */
  readonly occurrence: number;
}

/**
 * Names a finding for as long as its code lives: no line number, no wording. It survives a shifted line, a rebase and,
 * inside a named function, a rename of the file.
 *
 * @returns 16 hex characters
 */
export function fingerprintOf(identity: Identity): string {
  const place = identity.within === '' ? identity.path : identity.within;
  const parts = [identity.rule, place, identity.code.replace(/\s+/g, ' ').trim(), String(identity.occurrence)];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
