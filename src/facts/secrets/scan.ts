import { isJavaScript } from '../javascript/parse.ts';
import type { SecretFact } from '../secret.ts';
import { type Allowance, allowanceOf } from './allowed.ts';
import { takesBareValues } from './assignments.ts';
import type { Baseline } from './baselines.ts';
import type { Candidate, Line } from './candidate.ts';
import { type PairedSecret, secretsBeside } from './credential-pairs.ts';
import { hashOf, maskOf } from './mask.ts';
import { isPublished } from './published.ts';
import { revocationPage } from './revocation.ts';
import { tableValues } from './rows.ts';
import { nearbySecret, settledSecrets, tabledSecret } from './settled.ts';
import { shapedSecrets } from './shaped.ts';
import { isDescribed } from './shown.ts';
import { type Announced, announcedLines } from './words.ts';

/** Longer lines are data: only what has a shape of its own is looked for. */
const longLine = 5_000;
/** So are longer lines of code, which a program wrote. */
export const longCode = 1_000;
/** More than this in one file is data, and one finding says enough. */
const maxFacts = 200;
const minLine = 8;
/** Below this confidence nothing is stated. */
export const enough = 0.5;
/** What code must hold beside a secret's name: a quote, markup, a long unquoted run or one with a digit, a list of numbers. */
const literal = /["'`<]|[:=]\s{1,2}\S{0,40}\d|=\s{0,2}[\w+/.~-]{16}|[[{]\s{0,4}\d/;
const looseFormats =
  /\.(?:txt|log|md|rst|adoc|xml|properties|env|ini|conf|cfg|ya?ml|toml|sh)$|(?:^|\/)\.env[\w.-]*$|(?:^|\/)[^./]+$/i;

/** What a text holds, and what somebody let through. */
export interface Scan {
  readonly facts: readonly SecretFact[];
  readonly allowed: readonly Allowance[];
}

/** The facts of `scan` over a whole text. */
export function scanText(path: string, text: string): readonly SecretFact[] {
  return scan(path, text).facts;
}

/**
 * Scans a text for secrets. The facts hold a mask and a keyed hash, never a value. One pass of an automaton decides which
 * lines are looked at; a line without a word of secrets or of a token format costs nothing more.
 *
 * @param wanted 1-based lines to report; absent: all
 * @param known says whether a baseline of the repository names a finding
 */
export function scan(path: string, text: string, wanted?: ReadonlySet<number>, known?: Baseline): Scan {
  const facts: SecretFact[] = [];
  const allowed: Allowance[] = [];
  const halves: PairedSecret[] = [];
  const judge = (candidate: Candidate, place: Place) => {
    if (facts.some(({ line, hash }) => line === place.number && hash === hashOf(candidate.value))) return;
    const allowance = allowanceOf(candidate, { path, text, ...place }, known);
    if (!allowance) facts.push(factOf(candidate, place.number));
    else if (allowed.length < maxFacts) allowed.push(allowance);
  };
  const setting = { path, text, bare: takesBareValues(path), loose: looseFormats.test(path) };
  const worthwhile = (number: number, start: number, end: number) =>
    end - start >= minLine && facts.length < maxFacts && (wanted?.has(number) ?? true);
  announcedLines(text, worthwhile, (announced) => {
    const { number, start, end, places, tokens } = announced;
    const line = text.slice(start, end);
    // Code that neither quotes nor assigns anything names secrets without holding one.
    const needsLiteral = !setting.loose && !setting.bare && !places.statement && !places.option && !isShaped(announced);
    if (needsLiteral && !literal.test(line)) return;
    for (const candidate of candidatesOf({ number, start, end, line, places, tokens, ...setting })) {
      judge(candidate, writtenAt(text, candidate, { number, start, end }, wanted));
      if (candidate.rule === 'provider-token') halves.push(...secretsBeside(text, candidate, { number, start }));
    }
  });
  for (const candidate of tableValues(path, text).map(tabledSecret)) {
    const place = writtenAt(text, candidate, { number: 1, start: 0, end: 0 });
    const isWanted = candidate.confidence >= enough && worthwhile(place.number, place.start, place.end);
    if (isWanted && !isPublished(candidate.value)) judge(candidate, place);
  }
  const seen = new Set(facts.map(({ hash }) => hash));
  for (const { candidate, number, start } of halves) {
    const end = text.indexOf('\n', start);
    if (!(wanted?.has(number) ?? true) || seen.has(hashOf(candidate.value))) continue;
    seen.add(hashOf(candidate.value));
    judge(candidate, { number, start, end: end < 0 ? text.length : end });
  }
  return { facts, allowed };
}

/** A line, by its number and its offsets in the text. */
interface Place {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The line on which a candidate is written down, when it is one to report; else the line that proves it. */
function writtenAt(text: string, { declaredAt }: Candidate, proof: Place, wanted?: ReadonlySet<number>): Place {
  if (declaredAt === undefined) return proof;
  const start = text.lastIndexOf('\n', declaredAt) + 1;
  const end = text.indexOf('\n', declaredAt);
  // Rows of a table stand below what proves them: in a large file only what lies between is counted.
  const from = start >= proof.start ? proof : { number: 1, start: 0 };
  const number = from.number + text.slice(from.start, start).split('\n').length - 1;
  return (wanted?.has(number) ?? true) ? { number, start, end: end < 0 ? text.length : end } : proof;
}

/** The candidates of a line, each value once. A shape of its own says more than a setting, a setting more than nearness. */
function candidatesOf(line: Line): Candidate[] {
  const found: Candidate[] = [];
  const add = (given: Candidate) => {
    const isExample = isDescribed(line.line) && (given.rule === 'assigned-secret' || given.provider === 'any');
    const candidate = isExample ? { ...given, confidence: Math.min(given.confidence, enough) } : given;
    if (candidate.confidence < enough || found.some(({ value }) => value === candidate.value)) return;
    if (!isPublished(candidate.value)) found.push(candidate);
  };
  if (isShaped(line)) for (const candidate of shapedSecrets(line)) add(candidate);
  if (found.length > 0 || line.line.length > (isJavaScript(line.path) ? longCode : longLine)) return found;
  for (const candidate of settledSecrets(line)) add(candidate);
  const near = found.length === 0 ? nearbySecret(line) : undefined;
  if (near) add(near);
  return found;
}

/** Whether something is announced that has a shape of its own. */
function isShaped({ tokens, places }: Announced): boolean {
  return tokens.length > 0 || [places.block, places.jwk, places.encoded].some((at) => at !== undefined);
}

/** A candidate without its value. */
export function factOf({ value, prefix, declaredAt: _, lines = 1, ...said }: Candidate, line: number): SecretFact {
  const revoke = said.provider && revocationPage(said.provider);
  return {
    ...said,
    ...(revoke ? { revoke } : {}),
    line,
    endLine: line + lines - 1,
    mask: maskOf(value, prefix),
    hash: hashOf(value),
  };
}
