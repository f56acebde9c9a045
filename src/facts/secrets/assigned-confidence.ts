import type { Assignment } from './assignments.ts';
import { readsAsWords } from './random.ts';
import { isLabel } from './shown.ts';
import { isThrowaway } from './throwaway.ts';
import { classifyValue } from './value.ts';
import { isFrameworkKey, isPhrase, isWordPassword } from './word-password.ts';

/** Says how likely an assigned literal is a secret, from what its name and its value are and where it stands. */
export function assignedConfidence(assignment: Assignment, path: string, line: string): number {
  const { name, nameClass, value, quoted, isBytes } = assignment;
  const kind = classifyValue(value, name);
  // A generator that leaves out the digits is rarer than a name that reads like none: `key: 'setGridXPosForDualYAxis'`.
  if (kind === 'random' && nameClass === 'weak') return /\d/.test(value) ? 0.6 : 0;
  if (kind === 'random') return 0.85;
  if (kind === 'weak') return nameClass === 'secret' ? 0.7 : nameClass === 'key' ? 0.55 : 0;
  // What Go makes into bytes for a key is the key, however much it looks like a name.
  if (isBytes && nameClass === 'secret' && /^(?:identifier|placeholder)$/.test(kind))
    return /^(?:your|<|x+$|change.?me)/i.test(value) ? 0 : 0.65;
  if (kind === 'text' && isPhrase(value, name)) return 0.65;
  if (kind === 'identifier' && isFrameworkKey(value, name, path)) return 0.65;
  if (kind === 'identifier') return isWordPassword(value, signedName(name, line), nameClass, path) ? 0.6 : 0;
  if (kind !== 'password') return 0;
  // A message, a label, a translation: words with a capital, punctuation at the end, or a sentence's mark.
  if (/^[A-Z]?[a-z]+[:!?.…]{1,3}$/.test(value.trim())) return 0;
  if (isLabel(value, path) || /[^\x20-\x7e]/.test(value)) return 0;
  if (isThrowaway(name, value, path) || isItsName(value, name)) return 0;
  if (nameClass === 'password')
    return value.length >= 4 && (quoted || /[0-9\W_]/.test(value) || value.length >= 5) ? 0.75 : 0;
  // Tokens are made by programs: words are what a grammar or a manual calls one.
  if (/token$/i.test(name) && isOfGrammar(value)) return 0;
  const mixed = /\d/.test(value) && /[A-Za-z]/.test(value);
  if (nameClass === 'secret') {
    const configured =
      /\b(?:session|jwt|sign|verify|cookie|hmac|encrypt|createHmac)\b/i.test(line) || /secret$/i.test(name);
    // `SuperPhrase!!`: what a person makes to be hard to guess.
    const strong = /[A-Z].*[A-Z]|\d/.test(value) && /[a-z]/.test(value) && /[!@#$%^&*?]/.test(value);
    return (mixed || strong) && value.length >= 10 ? 0.7 : configured && value.length >= 6 ? 0.65 : 0;
  }
  // A few bytes in hexadecimal are the key of a record.
  const isBrief = /^[0-9a-f]{1,19}$/i.test(value);
  return nameClass === 'key' && value.length >= 12 && mixed && !isBrief && !/[-_./:]/.test(value) ? 0.55 : 0;
}

/** The call says what a bare `secret` signs: `register(cookie, { secret: 'x' })`. */
function signedName(name: string, line: string): string {
  const signs =
    /^secret$/i.test(name) &&
    /(?:^|[^a-z])(?:register|use)\(\s{0,4}(?:fastify|express|koa|hapi)_?(?:secure)?_?(?:cookie|jwt|session)\b/i.test(
      line,
    );
  return signs ? 'session_secret' : name;
}

/** `password: 'Passwort'`, `motDePasse: 'Passe'`: the name of the field, as a form shows it in some language. */
function isItsName(value: string, name: string): boolean {
  return /^[A-Z][a-z]{3,20}$/.test(value) && name.toLowerCase().includes(value.slice(0, 4).toLowerCase());
}

/** `delimiter.curly`, `variable-2`, `color.primary.500`, `usertoken123`. */
function isOfGrammar(value: string): boolean {
  return (
    /token\d{0,4}$|^[a-z]+(?:[-_][a-z]*){0,2}(?:\d|[-_]\d{1,3})?$/i.test(value) ||
    (value.includes('.') && readsAsWords(value))
  );
}
