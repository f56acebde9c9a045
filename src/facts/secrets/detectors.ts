import { assignedConfidence } from './assigned-confidence.ts';
import { type Assignment, assignmentsAt } from './assignments.ts';
import { commandPasswords } from './commands.ts';
import { encodedAt } from './encoded.ts';
import { sinkLiterals } from './key-sinks.ts';
import { classifyName } from './name.ts';
import { randomNear } from './nearby.ts';
import { pairAt } from './pairs.ts';
import { isPlaceholder } from './placeholders.ts';
import { directivePassword, positionalPasswords } from './positional.ts';
import { jwkSecretIn, privateKeyIn } from './private-keys.ts';
import { isPipeline, isThrowaway } from './throwaway.ts';
import { type FoundToken, tokensAt } from './tokens.ts';
import { basicPasswords, connectionPasswords, sourcePasswords, type UrlCredential, urlCredentialAt } from './urls.ts';
import { classifyValue } from './value.ts';
import type { Announced } from './words.ts';

/** A line with its setting. */
export interface Line extends Announced {
  readonly path: string;
  /** The whole text, and this line of it. */
  readonly text: string;
  readonly line: string;
  /** Values need no quotes in this format. */
  readonly bare: boolean;
  /** Lines are prose, logs or markup: a secret's word and random text need no operator between them. */
  readonly loose: boolean;
}

/** A candidate that still holds its value: it never leaves this folder. */
export interface Candidate {
  readonly rule: 'provider-token' | 'private-key' | 'credentials-in-url' | 'assigned-secret';
  readonly what: string;
  readonly value: string;
  readonly confidence: number;
  readonly lines?: number;
  readonly provider?: string;
  readonly docs?: string;
  readonly prefix?: string;
}

/** Finds what has a shape of its own, whatever stands around it; on a line of any length. */
export function* shapedSecrets(line: Line): Iterable<Candidate> {
  for (const { word, at } of line.tokens) {
    for (const token of tokensAt(line.line, word, at)) yield tokenCandidate(token);
  }
  for (const at of line.places.encoded ?? []) yield* encodedSecrets(line, at);
  const key = line.places.block && privateKeyIn(line.text, line.start, line.end);
  if (key) yield { rule: 'private-key', what: 'private key', confidence: 0.95, ...key };
  const jwk = line.places.jwk && jwkSecretIn(line.text, line.start, line.end);
  if (jwk && !isPlaceholder(jwk))
    yield { rule: 'private-key', what: 'private JSON Web Key', confidence: 0.9, value: jwk };
}

function tokenCandidate({ format, value, confidence }: FoundToken): Candidate {
  const { what, provider, docs, word } = format;
  return { rule: 'provider-token', what, provider, value, confidence, prefix: word, ...(docs ? { docs } : {}) };
}

function* encodedSecrets({ line, path }: Line, at: number): Iterable<Candidate> {
  const { encoding, tokens = [], url } = encodedAt(line, at) ?? {};
  for (const token of tokens) {
    const candidate = tokenCandidate(token);
    yield { ...candidate, what: `${candidate.what} (in ${encoding})` };
  }
  if (url)
    yield {
      rule: 'credentials-in-url',
      what: `password in a URL (in ${encoding})`,
      value: url.value,
      confidence: urlConfidence(url, path),
    };
}

/** Finds what only its setting proves: URLs, options, assignments, arguments, random text near a secret's word. */
export function* settledSecrets(line: Line): Iterable<Candidate> {
  const { places } = line;
  if (places.url || places.basic || places.option || places.pair || places.source) yield* urlSecrets(line);
  if (places.sink)
    for (const value of sinkLiterals(line.line, line.text))
      yield { rule: 'assigned-secret', what: 'signing key', value, confidence: signingConfidence(value) };
  const directed = places.name && directivePassword(line.path, line.line);
  const placed = places.positional ? positionalPasswords(line.line) : [];
  for (const value of directed ? [...placed, directed] : placed)
    yield { rule: 'assigned-secret', what: 'password', value, confidence: placedConfidence(value) };
  for (const at of places.value ?? []) {
    const pair = pairAt(line.path, line.text, line.start, line.line, at);
    if (pair) yield assignedCandidate({ ...pair, nameClass: classifyName(pair.name) }, line);
  }
  for (const assignment of places.name ? assignmentsAt(line.line, places.name, line.bare) : [])
    yield assignedCandidate(assignment, line);
}

function assignedCandidate(assignment: Assignment, { path, line }: Line): Candidate {
  return {
    rule: 'assigned-secret',
    what: assignment.nameClass === 'password' ? 'password' : 'secret',
    value: assignment.value,
    confidence: assignment.nameClass === 'none' ? 0 : assignedConfidence(assignment, path, line),
  };
}

/** Finds random text near a secret's word, in formats where nothing assigns. */
export function nearbySecret({ loose, line, places }: Line): Candidate | undefined {
  if (!loose) return undefined;
  const words = [...(places.name ?? []), ...(places.near ?? [])].sort((a, b) => a - b);
  const random = words.length > 0 ? randomNear(line, words) : undefined;
  return random && { rule: 'assigned-secret', what: 'secret', value: random.value, confidence: 0.6 };
}

function* urlSecrets({ line, places, path }: Line): Iterable<Candidate> {
  const rule = 'credentials-in-url';
  for (const at of places.url ?? []) {
    const found = urlCredentialAt(line, at);
    if (found) yield { rule, what: 'password in a URL', value: found.value, confidence: urlConfidence(found, path) };
  }
  for (const value of places.basic ? basicPasswords(line) : [])
    yield { rule, what: 'password in a Basic header', value, confidence: value.length < 4 ? 0 : 0.8 };
  for (const value of places.option ? commandPasswords(line, places.option) : [])
    yield { rule, what: 'password on a command line', value, confidence: isThrowaway('', value, path) ? 0.1 : 0.7 };
  for (const found of places.source ? sourcePasswords(line) : [])
    yield { rule, what: 'password in a data source name', value: found.value, confidence: urlConfidence(found, path) };
  for (const value of places.pair ? connectionPasswords(line) : [])
    yield { rule, what: 'password in a connection string', value, confidence: passwordConfidence(value) };
}

/** Where a manual's words stand for the reader's own. */
const manualPage = /\.(?:mdx?|rst|adoc)$/i;

/** How likely a password is real, from what it looks like and where its URL leads. */
export function urlConfidence({ value, local, manual, example }: UrlCredential, path: string): number {
  if ((example && manualPage.test(path)) || (local && isPipeline(path))) return 0.1;
  if (manual) return local || manualPage.test(path) ? 0.1 : 0.55;
  const confidence = passwordConfidence(value);
  return local ? Math.min(confidence, 0.55) : confidence;
}

/** How likely a password is real, from what it looks like. */
export function passwordConfidence(value: string): number {
  const kind = classifyValue(value, 'password');
  if (kind === 'reference' || kind === 'empty' || !/[A-Za-z0-9]/.test(value)) return 0;
  return kind === 'placeholder' || kind === 'identifier' ? 0.5 : 0.85;
}

/** Only its place says that a literal is a password, so it must look like one. */
function placedConfidence(value: string): number {
  const kind = classifyValue(value, 'password');
  if (/^[a-z]{1,30}$/.test(value)) return 0;
  return kind === 'random' ? 0.85 : kind === 'password' || kind === 'weak' ? 0.7 : 0;
}

/** The call proves that the literal is a key, so `secret` is one too; a reference is not. */
export function signingConfidence(value: string): number {
  const kind = classifyValue(value, '');
  return kind === 'reference' || kind === 'empty' ? 0 : kind === 'random' ? 0.9 : 0.75;
}
