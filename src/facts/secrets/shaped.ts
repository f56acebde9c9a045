import type { Candidate, Line } from './candidate.ts';
import { urlConfidence } from './confidence.ts';
import { encodedAt } from './encoded.ts';
import { isPlaceholder } from './placeholders.ts';
import { jwkSecretIn, privateKeyIn } from './private-keys.ts';
import { type FoundToken, tokensAt } from './tokens.ts';

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
