import type { Candidate, Line } from './candidate.ts';
import { urlConfidence } from './confidence.ts';
import { encodedAt } from './encoded.ts';
import { isPlaceholder } from './placeholders.ts';
import { jwkSecretIn, type PrivateKey, privateKeyIn } from './private-keys.ts';
import { type FoundToken, tokensAt } from './tokens.ts';

/** Finds what has a shape of its own, whatever stands around it; on a line of any length. */
export function* shapedSecrets(line: Line): Iterable<Candidate> {
  for (const { word, at } of line.tokens) {
    for (const token of tokensAt(line.line, word, at)) {
      const candidate = tokenCandidate(token);
      yield isWebAppKey(token, line) ? { ...candidate, confidence: 0.5 } : candidate;
    }
  }
  for (const at of line.places.encoded ?? []) yield* encodedSecrets(line, at);
  const key = line.places.block && privateKeyIn(line.text, line.start, line.end);
  if (key) yield keyCandidate(key);
  const jwk = line.places.jwk && jwkSecretIn(line.text, line.start, line.end);
  if (jwk && !isPlaceholder(jwk))
    yield { rule: 'private-key', what: 'private JSON Web Key', confidence: 0.9, value: jwk };
}

/** Words of the configuration that a Firebase app is delivered with: its key names the project and opens nothing by itself. */
const webApp = /authDomain|messagingSenderId|mobilesdk_app_id|MESSAGING_SENDER_ID|AUTH_DOMAIN/;
const reach = 600;

function isWebAppKey({ format }: FoundToken, { text, start }: Line): boolean {
  return format.id === 'google-api-key' && webApp.test(text.slice(Math.max(0, start - reach), start + reach));
}

/** A sealed key is as safe as its pass phrase, which nobody can change in what was committed. */
function keyCandidate({ isSealed, ...key }: PrivateKey): Candidate {
  const what = isSealed ? 'private key, sealed with a pass phrase' : 'private key';
  return { rule: 'private-key', what, confidence: isSealed ? 0.7 : 0.95, ...key };
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
