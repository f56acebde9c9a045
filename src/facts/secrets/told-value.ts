import { type AssignedValue, bareAt, quotedAt, textOf } from './written-value.ts';

/** A comment in any language, up to the name that it speaks of. */
const comment = /(?<!:)\/\/|\/\*|\s#\s|^\s{0,40}(?:#|--|\*|;|%|rem\s)/i;
const maxBefore = 200;

/**
 * Reads a value that no program reads as one: in a comment (`// login: ops / password: …`), in a property for another
 * program (`-Dnexus.password=…`). Nothing says where it ends or that it is meant, so it must look like a password itself.
 *
 * @param start offset of the name
 */
export function toldAt(line: string, start: number, at: number): AssignedValue | undefined {
  const isProperty = line.startsWith('-', start);
  return isProperty || comment.test(line.slice(Math.max(0, start - maxBefore), start)) ? madeUpAt(line, at) : undefined;
}

/** `root password is …`: prose, up to the value. */
export function saidAt(line: string, at: number): AssignedValue | undefined {
  const verb = textOf(/(?:is|was|=|:)\s{1,3}/iy, line, at);
  return verb === '' ? undefined : madeUpAt(line, at + verb.length);
}

/** A password that mixes letters with digits, and small ones with capitals or punctuation. */
function madeUpAt(line: string, at: number): AssignedValue | undefined {
  const found = quotedAt(line, at) ?? bareAt(line, at);
  if (!found) return undefined;
  const value = found.value.replace(/[.,]$/, '');
  const isMixed = /\d/.test(value) && /[a-z]/.test(value) && /[A-Z!@#$%^&*?~]/.test(value);
  return value.length >= 8 && isMixed ? { ...found, value, quoted: true } : undefined;
}
