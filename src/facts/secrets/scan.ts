import type { SecretFact } from '../secret.ts';
import { assignedConfidence } from './assigned-confidence.ts';
import { assignmentsAt, takesBareValues } from './assignments.ts';
import { hashOf, maskOf } from './mask.ts';
import { randomNear } from './nearby.ts';
import { findWords, type HitLine } from './prefilter.ts';
import { privateKeyIn } from './private-keys.ts';
import { tokensAt, tokenWords } from './tokens.ts';
import { basicPasswords, connectionPasswords, optionPasswords, urlCredentialAt } from './urls.ts';
import { classifyValue } from './value.ts';

/** Words of names that mean secrets; `access` and `private` mean them only beside random text. */
const nameWords =
  'pass pwd secret token key cred auth bearer jwt salt dsn hmac psk senha signature seed mnemonic contrasen parola wachtwoord _pw api'.split(
    ' ',
  );
const nearWords = ['access', 'private'];
const markers = ['://', 'basic ', '-----begin', 'putty-user-key', 'ls0tls1', '-u ', '--user'];
const firstNear = nameWords.length;
const firstMarker = firstNear + nearWords.length;
const firstToken = firstMarker + markers.length;
const walk = findWords([...nameWords, ...nearWords, ...markers, ...tokenWords]);

/** Longer lines are data or minified code: only provider tokens and keys are looked for. */
const longLine = 5_000;
/** More than this in one file is data, and one finding says enough. */
const maxFacts = 200;
const minLine = 8;
/** Below this confidence nothing is stated. */
const enough = 0.5;

const pragma =
  /gitleaks:allow|betterleaks:allow|trufflehog:ignore|ggignore|secretlint-disable-line|pragma:\s?(?:allow|white)list[ -]secret(?!\s?nextline)/i;
const pragmaNext = /pragma:\s?(?:allow|white)list nextline secret|secretlint-disable-next-line/i;
/** Formats whose lines are prose, logs or markup: a secret's word and random text need no operator between them. */
const looseFormats =
  /\.(?:txt|log|md|rst|adoc|xml|properties|env|ini|conf|cfg|ya?ml|toml|sh)$|(?:^|\/)\.env[\w.-]*$|(?:^|\/)[^./]+$/i;

/**
 * Scans a text for secrets. The facts hold a mask and a keyed hash, never a value. One pass of an automaton decides which
 * lines are looked at; a line without a word of secrets or of a token format costs nothing more.
 *
 * @param wanted 1-based lines to report; absent: all
 */
export function scanText(path: string, text: string, wanted?: ReadonlySet<number>): SecretFact[] {
  const facts: SecretFact[] = [];
  const formats = { bare: takesBareValues(path), loose: looseFormats.test(path) };
  walk(text, (line) => {
    if (wanted && !wanted.has(line.number)) return;
    if (line.end - line.start < minLine || facts.length >= maxFacts) return;
    const found = scanLine(text, line, path, formats);
    if (found.length > 0 && !isAllowed(text, line)) facts.push(...found);
  });
  return facts;
}

function isAllowed(text: string, { start, end }: HitLine): boolean {
  if (pragma.test(text.slice(start, end))) return true;
  const previous = text.slice(text.lastIndexOf('\n', start - 2) + 1, start);
  return start > 0 && pragmaNext.test(previous);
}

function scanLine(text: string, hit: HitLine, path: string, formats: { bare: boolean; loose: boolean }): SecretFact[] {
  const { number, start, end } = hit;
  const line = text.slice(start, end);
  const facts: SecretFact[] = [];
  const seen = new Set<string>();
  const add = (
    fact: Pick<SecretFact, 'rule' | 'what' | 'confidence'> & Partial<SecretFact>,
    value: string,
    prefix = '',
  ) => {
    if (seen.has(value) || fact.confidence < enough) return;
    seen.add(value);
    facts.push({ line: number, endLine: number, mask: maskOf(value, prefix), hash: hashOf(value), ...fact });
  };
  for (const { word, at } of hit.hits) {
    if (word < firstToken) continue;
    for (const { format, value, confidence } of tokensAt(line, word - firstToken, at - start)) {
      const { what, provider, docs } = format;
      add({ rule: 'provider-token', what, provider, confidence, ...(docs ? { docs } : {}) }, value, format.word);
    }
  }
  const marks = hit.hits.filter(({ word }) => word >= firstMarker && word < firstToken);
  if (marks.some(({ word }) => word - firstMarker >= 2 && word - firstMarker <= 4)) {
    const key = privateKeyIn(text, start, end);
    if (key)
      add({ rule: 'private-key', what: 'private key', confidence: 0.95, endLine: number + key.lines - 1 }, key.value);
  }
  if (line.length > longLine || facts.length > 0) return facts;
  for (const { word, at } of marks) {
    const found = word === firstMarker ? urlCredentialAt(line, at - start) : undefined;
    if (found)
      add({ rule: 'credentials-in-url', what: 'password in a URL', confidence: urlConfidence(found) }, found.value);
  }
  if (marks.some(({ word }) => word === firstMarker + 1))
    for (const value of basicPasswords(line))
      add(
        { rule: 'credentials-in-url', what: 'password in a Basic header', confidence: value.length < 4 ? 0 : 0.8 },
        value,
      );
  for (const { value } of optionPasswords(
    line,
    marks.filter(({ word }) => word > firstMarker + 4),
  ))
    add({ rule: 'credentials-in-url', what: 'password on a command line', confidence: 0.7 }, value);
  const names = hit.hits.filter(({ word }) => word < firstNear).map(({ at }) => at - start);
  if (names.length > 0) {
    for (const value of connectionPasswords(line))
      add(
        { rule: 'credentials-in-url', what: 'password in a connection string', confidence: passwordConfidence(value) },
        value,
      );
    for (const assignment of assignmentsAt(line, names, formats.bare)) {
      const what = assignment.nameClass === 'password' ? 'password' : 'secret';
      add({ rule: 'assigned-secret', what, confidence: assignedConfidence(assignment, path, line) }, assignment.value);
    }
  }
  if (facts.length > 0 || !formats.loose) return facts;
  const near = hit.hits.filter(({ word }) => word < firstMarker).map(({ at }) => at - start);
  const random = near.length > 0 ? randomNear(line, near) : undefined;
  if (random) add({ rule: 'assigned-secret', what: 'secret', confidence: 0.6 }, random.value);
  return facts;
}

function urlConfidence({ value, local, manual }: { value: string; local: boolean; manual: boolean }): number {
  if (manual) return local ? 0.1 : 0.55;
  const confidence = passwordConfidence(value);
  return local ? Math.min(confidence, 0.55) : confidence;
}

function passwordConfidence(value: string): number {
  const kind = classifyValue(value, 'password');
  if (kind === 'reference' || kind === 'empty') return 0;
  return kind === 'placeholder' || kind === 'identifier' ? 0.5 : 0.85;
}
