import { identifierAt, trimmed } from './identifier.ts';
import { classifyName } from './name.ts';
import { isRandom } from './random.ts';
import { isReference } from './references.ts';
import { classifyValue } from './value.ts';

const maxGap = 60;
const chunk = /[A-Za-z0-9+/=_.~%@$!-]{16,300}/g;
/** What makes a random text beside a secret's word something else: a commit, a checksum, an address, code. */
const otherwise =
  /sha-?\d|commit|checksum|digest|md5|integrity|fingerprint|hash|revision|:\/\/|public|primary|foreign|cache|\bENC[[(]|\$argon2|\$2[aby]\$|\$[156]\$|\(\)|=>|\$\{|\{\{|https?:|\b(?:uu|gu)?id\b|[a-z]Id\b/i;

/**
 * Finds random text close behind a secret's word where lines are prose, logs or markup (`using key 8f…`,
 * `<secret>{acme 8f…}</secret>`): nothing assigns there, so the value must be what nobody writes by hand.
 *
 * @param places offsets in the line at which a word of secrets stands, ascending
 */
export function randomNear(line: string, places: readonly number[]): { value: string; at: number } | undefined {
  for (const place of places) {
    const { start, end } = identifierAt(line, place);
    const identifier = line.slice(start, end);
    if (!/(?:access|private)$/i.test(identifier) && !isName(identifier)) continue;
    const word = /^[A-Za-z]{3,20}/.exec(line.slice(place, place + 20))?.[0] ?? '';
    // In a name of words the rest of it is no value: `OAuth2JwtGrantJsonWebKey`.
    const from = Math.max(place + wordEnd(word), hasValueInside.test(identifier) || isJoined(identifier) ? 0 : end);
    const rest = line.slice(from, from + 400);
    for (const match of rest.matchAll(chunk)) {
      if (match.index > maxGap) break;
      if (otherwise.test(rest.slice(0, match.index)) || otherwise.test(line.slice(Math.max(0, place - 24), place)))
        break;
      const value = trimmed(match[0], '-_.=~%');
      if (/^[$%]/.test(match[0]) || /^[([]/.test(rest.slice(match.index + match[0].length))) continue;
      // Maven seals a password in braces.
      if (isReference(`${rest[match.index - 1] ?? ''}${match[0]}${rest[match.index + match[0].length] ?? ''}`))
        continue;
      const kind = classifyValue(value, word);
      if (kind === 'random' || (kind === 'weak' && match.index < 24)) return { value, at: from + match.index };
    }
  }
  return undefined;
}

/** `api-key`, `SomeTOKEN`, or the word and its value run together with `-`, `_` or a change of case. */
function isName(identifier: string): boolean {
  return identifier.length < 40
    ? classifyName(identifier) !== 'none' || hasValueInside.test(identifier)
    : hasValueInside.test(identifier);
}
const hasValueInside = /(?:secret|token|key|private|access)[-_.](?=[^a-z]{0,12}\d)|(?:KEY|TOKEN|SECRET)[-_.]?[a-z\d]/;

/** Length of the secret's word at the head of a run of letters: `KEYabc…` is the word and then the value. */
function wordEnd(word: string): number {
  return (
    /^(?:access|private|secret|token|key|pass(?:word|phrase|wd)?|auth|bearer|credentials?|cred|pwd|api_?key)/i.exec(
      word,
    )?.[0].length ?? word.length
  );
}

/** The word and the value run together without a sign: `KEY8f3a…`. */
function isJoined(identifier: string): boolean {
  return (
    /^(?:key|token|secret|api|auth|bearer|access|private)[-_.]?[a-z0-9]{16,}$/i.test(identifier) && isRandom(identifier)
  );
}
