import { letterPairs } from './letter-pairs.ts';

/** Mean surprise of letter pairs (nats) above which letters are no words: words stay below 3.2, random letters above 3.6. */
const wordless = 3.5;
const minLength = 16;

/**
 * Says whether a text is made by a generator and not by a person: long, of mixed classes, with the transitions and the
 * letter pairs that words do not have. Entropy is not asked: below 20 characters it cannot tell an identifier from a key.
 */
export function isRandom(text: string): boolean {
  if (text.length < minLength || !/^[\w+/=.\-~!@#$%^&*:]+$/.test(text)) return false;
  const distinct = new Set(text).size;
  if (/^[0-9a-f]+$/i.test(text)) return text.length >= 20 && distinct >= 8 && /\d/.test(text) && /[a-f]/i.test(text);
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((c) => c.test(text)).length;
  const wordy = surpriseOf(text);
  if (readsAsWords(text)) return false;
  if (classes === 1) return text.length >= 20 && distinct >= 8 && wordy > wordless;
  const changes = changesOf(text);
  if (classes === 3) return distinct >= 10 && (changes >= text.length * 0.25 || wordy > wordless);
  return distinct >= 9 && (changes >= text.length * 0.3 || (wordy > wordless && changes >= text.length * 0.05));
}

/** Mean surprise of the letter pairs of a text, in nats; 0 when it has fewer than six. Pairs across a change of case count. */
export function surpriseOf(text: string): number {
  let pairs = 0;
  let sum = 0;
  let previous = -1;
  for (let i = 0; i < text.length; i++) {
    const letter = (text.charCodeAt(i) | 32) - 97;
    const isLetter = letter >= 0 && letter < 26 && text.charCodeAt(i) > 64;
    if (isLetter && previous >= 0) {
      pairs++;
      sum += (letterPairs[previous] as string).charCodeAt(letter) - 48;
    }
    previous = isLetter ? letter : -1;
  }
  return pairs < 6 ? 0 : sum / pairs;
}

/** Parts between punctuation that are all words, numbers or versions: a path, a member, a label, `Results-1.2`. */
export function readsAsWords(text: string): boolean {
  return text
    .split(/[^A-Za-z0-9]+/)
    .every((part) => /^(?:v?\d{1,8}|[A-Za-z]{1,3}|[A-Z]{2,8}\d{0,2}|)$/.test(part) || isWordy(part));
}

/** Words of letters run together in one of the usual cases, at most three digits behind them. */
function isWordy(part: string): boolean {
  return (
    (/^(?:[A-Z]?[a-z]+|[A-Z][a-z]+(?:[A-Z][a-z]+){1,6}|[a-z]+(?:[A-Z][a-z]+){1,6}|[A-Z]+)\d{0,2}$/.test(part) ||
      isCamelCase(part)) &&
    surpriseOf(part) <= wordless
  );
}

/** Random letters change their case at every second; words, abbreviations among them, at every fourth. */
const lettersInWord = 3.1;

/** `GraphQLConfigKey`, `getYAxisForeColor`, `generateKeyWithSha256`: words and abbreviations, digits only at the end of one. */
function isCamelCase(part: string): boolean {
  // `2FADisabled`: a digit may stand before the first word.
  const named = part.replace(/^\d(?=[A-Z])/, '');
  const words = named.match(/[A-Z]{1,4}(?![a-z])\d{0,3}|[A-Z]?[a-z]+\d{0,3}/g) ?? [];
  const digits = words.filter((word) => /\d/.test(word)).length;
  return words.join('') === named && digits <= 1 && part.length >= words.length * lettersInWord;
}

/** How often letters change to digits, or the case changes; punctuation counts as what stands before it. */
function changesOf(text: string): number {
  let changes = 0;
  let previous = classAt(text, 0);
  for (let i = 1; i < text.length; i++) {
    const current = classAt(text, i);
    if (current === 3) continue;
    if (previous !== 3 && current !== previous) changes++;
    previous = current;
  }
  return changes;
}

function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 48 && code <= 57) return 0;
  if (code >= 65 && code <= 90) return 1;
  if (code >= 97 && code <= 122) return 2;
  return 3;
}
