import type { SecretFact } from '../secret.ts';
import { assignmentsIn, takesBareValues } from './assignments.ts';
import { hashOf, maskOf } from './mask.ts';
import { tokenFormats, tokensIn } from './tokens.ts';
import { credentialsInUrls } from './urls.ts';
import { classifyValue } from './value.ts';

/** Longer lines are data or minified code: only provider tokens and keys are looked for in their first part. */
const longLine = 5_000;
const maxLine = 1_000_000;
/** More than this in one file is data, and one finding says enough. */
const maxFacts = 200;

const privateKey =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[23]:|LS0tLS1CRUdJTi[A-Za-z0-9+/]{1,40}UFJJVkFURSBLRV/;
const pragma =
  /gitleaks:allow|betterleaks:allow|trufflehog:ignore|ggignore|secretlint-disable-line|pragma:\s?(?:allow|white)list[ -]secret(?!\s?nextline)/i;
const pragmaNext = /pragma:\s?(?:allow|white)list nextline secret|secretlint-disable-next-line/i;
/** One pass of one alternation decides which lines cost anything. */
const words = [...new Set(tokenFormats.map((format) => format.word))].map((word) =>
  word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
);
const prefilter = new RegExp(
  `pass|pwd|secret|token|key|cred|auth|bearer|jwt|salt|dsn|hmac|psk|senha|signature|://|basic |-----begin|putty|ls0tls1|${words.join('|').toLowerCase()}`,
  'i',
);

/**
 * Scans a text for secrets. The facts hold a mask and a keyed hash, never a value.
 *
 * @param wanted 1-based lines to report; absent: all
 */
export function scanText(path: string, text: string, wanted?: ReadonlySet<number>): SecretFact[] {
  if (!prefilter.test(text)) return [];
  const facts: SecretFact[] = [];
  const bare = takesBareValues(path);
  const lines = text.split('\n');
  for (const [index, whole] of lines.entries()) {
    const number = index + 1;
    if (wanted && !wanted.has(number)) continue;
    if (whole.length < 8 || whole.length > maxLine || facts.length >= maxFacts || !prefilter.test(whole)) continue;
    if (pragma.test(whole) || (index > 0 && pragmaNext.test(lines[index - 1] as string))) continue;
    facts.push(...scanLine(whole, number, lines, bare, path));
  }
  return facts;
}

function scanLine(line: string, number: number, lines: readonly string[], bare: boolean, path: string): SecretFact[] {
  const facts: SecretFact[] = [];
  const seen = new Set<string>();
  const add = (fact: Omit<SecretFact, 'line' | 'endLine' | 'mask' | 'hash'>, value: string, prefix?: string) => {
    if (seen.has(value)) return;
    seen.add(value);
    facts.push({ line: number, endLine: number, mask: maskOf(value, prefix), hash: hashOf(value), ...fact });
  };
  if (privateKey.test(line) && isRealKey(line, number, lines)) {
    add({ rule: 'private-key', what: 'private key', confidence: 0.95 }, `${line.trim()}${lines[number] ?? ''}`);
  }
  for (const { format, value, confidence } of tokensIn(line)) {
    add(
      {
        rule: 'provider-token',
        what: format.what,
        provider: format.provider,
        confidence,
        ...(format.docs ? { docs: format.docs } : {}),
      },
      value,
      format.word,
    );
  }
  if (line.length > longLine || facts.length > 0) return facts;
  for (const { value, local } of credentialsInUrls(line)) {
    const kind = classifyValue(value, 'password');
    if (kind === 'reference' || kind === 'empty') continue;
    const generic = kind === 'placeholder' || kind === 'identifier';
    add(
      { rule: 'credentials-in-url', what: 'password in a URL', confidence: generic ? 0.5 : local ? 0.55 : 0.85 },
      value,
    );
  }
  for (const assignment of assignmentsIn(line, bare)) {
    const confidence = assignedConfidence(assignment, path, line);
    if (confidence < 0.5) continue;
    const isPassword = assignment.nameClass === 'password';
    add({ rule: 'assigned-secret', what: isPassword ? 'password' : 'secret', confidence }, assignment.value);
  }
  return facts;
}

function assignedConfidence(
  { name, nameClass, value, quoted }: { name: string; nameClass: string; value: string; quoted: boolean },
  path: string,
  line: string,
): number {
  const kind = classifyValue(value, name);
  if (kind === 'random') return nameClass === 'weak' ? 0.6 : 0.85;
  if (kind === 'weak') return nameClass === 'secret' ? 0.7 : nameClass === 'key' ? 0.55 : 0;
  if (kind !== 'password') return 0;
  // A message, a label, a translation: words with a capital, punctuation at the end, or a sentence's mark.
  if (/[:!?.…]$/.test(value) && /^[A-Z]?[a-z]+/.test(value) && !/\d/.test(value)) return 0;
  if (/(?:^|\/)(?:locales?|i18n|lang|translations?|messages)\//i.test(path) || /[^\x20-\x7e]/.test(value)) return 0;
  if (nameClass === 'password')
    return value.length >= 4 && (quoted || /[0-9\W_]/.test(value) || value.length >= 5) ? 0.75 : 0;
  if (nameClass === 'secret') {
    const mixed = /\d/.test(value) && /[A-Za-z]/.test(value);
    const configured =
      /\b(?:session|jwt|sign|verify|cookie|hmac|encrypt|createHmac)\b/i.test(line) || /secret$/i.test(name);
    return mixed && value.length >= 8 ? 0.7 : configured && value.length >= 6 ? 0.65 : 0;
  }
  return nameClass === 'key' &&
    value.length >= 12 &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/[-_./]/.test(value)
    ? 0.55
    : 0;
}

/** A header alone, in documentation or in code that builds or looks for keys, is no key: a body must follow. */
function isRealKey(line: string, number: number, lines: readonly string[]): boolean {
  const body = /[A-Za-z0-9+/=]{40,}/;
  const after = line.slice(line.search(privateKey) + 10);
  return (
    body.test(after.replace(/-----[A-Z ]+-----/g, ' ')) ||
    lines
      .slice(number, number + 8)
      .some((next) => body.test(next.trim()) || /^(?:Proc-Type|Encryption|Comment|Version):/.test(next.trim()))
  );
}
