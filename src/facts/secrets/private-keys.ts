/** Headers of private keys: PEM of every kind, PuTTY. */
const header = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[23]:/;
/** The head of any PEM in base64; where in it `PRIVATE` begins decides how that is written. */
const wrapped = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{30,}={0,2}/;
/** Sealed with a pass phrase: PKCS#8, PKCS#1, PuTTY, OpenSSH (whose body names the cipher). */
const sealed = /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED|Encryption: aes|b3BlbnNzaC1rZXktdjEAAAAACm/;
const body = /[A-Za-z0-9+/=]{40,}/;
/** A line of a body and nothing else, as where a key is put together from literals. */
const bodyLine = /^[\s>|#*/;'"`+-]{0,60}(?:\\n)?[A-Za-z0-9+/=]{40,1200}(?:\\r)?(?:\\n)?\\?["'`]?[\s+.,;&_\\)\]]{0,20}$/;
const metadata = /^[\s>|#*/;'"`+-]{0,60}(?:Proc-Type|Encryption|Comment|Version):/;
/** A key is longer than this many characters after its header, and this many lines. */
const lookAhead = 1_200;
const maxLine = 200_000;

/** A key's first characters, for its hash, and how many lines it spans. */
export interface PrivateKey {
  readonly value: string;
  readonly lines: number;
  /** Nobody uses it without its pass phrase. */
  readonly isSealed: boolean;
}

/**
 * Finds a private key that begins in a line. A header alone, in documentation or in code that builds or looks for keys, is
 * no key: a body must follow, on the same line (escaped) or on the next ones.
 *
 * @param start offset of the line in the text
 * @param end offset of its line feed
 */
export function privateKeyIn(text: string, start: number, end: number): PrivateKey | undefined {
  const line = text.slice(start, Math.min(end, start + maxLine));
  const found = header.exec(line);
  if (!found) return wrappedKeyIn(line);
  const rest = line.slice(found.index + 10);
  const isSealed = sealed.test(text.slice(start + found.index, start + found.index + lookAhead));
  if (body.test(rest.replace(/-----[A-Z ]+-----/g, ' ')))
    return { value: rest.slice(0, lookAhead), lines: 1, isSealed };
  const next = text.slice(end + 1, end + 1 + lookAhead).split('\n');
  const isClosed = /["'`]\s{0,4}[,;)\]}]{0,4}\s{0,4}$/.test(line.slice(-20));
  const hasBody = next
    .slice(0, 8)
    .some((each) => metadata.test(each) || (isClosed ? bodyLine.test(each) : body.test(each.trim())));
  if (!hasBody) return undefined;
  const value = `${rest}${next.slice(0, 4).join('')}`.replace(/\s/g, '');
  return { value, lines: linesOf(text, end), isSealed };
}

/** A whole PEM in base64, on one line or begun on one. */
function wrappedKeyIn(line: string): PrivateKey | undefined {
  const run = wrapped.exec(line)?.[0].slice(0, lookAhead);
  const decoded = run && Buffer.from(run, 'base64').toString('latin1');
  return decoded && header.test(decoded) ? { value: run, lines: 1, isSealed: sealed.test(decoded) } : undefined;
}

const jwkPart = /["']?\b(d|k)["']?\s{0,4}:\s{0,4}["']([A-Za-z0-9_-]{20,2000})["']/g;
const jwkType = /\bkty["']?\s{0,4}:\s{0,4}["'](?:RSA|EC|OKP|(oct))["']/;
/** A JWK is a flat object of at most some kilobytes. */
const maxJwk = 6_000;
/** More `d`s than this in one line are data. */
const maxParts = 50;

/**
 * Finds the private part of a JSON Web Key in a line (RFC 7518, section 6): `d` of an RSA, EC or OKP key, `k` of a symmetric
 * one, where the same object has the `kty`. The public key of the same form has neither.
 */
export function jwkSecretIn(text: string, start: number, end: number): string | undefined {
  const line = text.slice(start, Math.min(end, start + maxLine));
  let parts = 0;
  for (const { 1: name, 2: value, index } of line.matchAll(jwkPart)) {
    if (++parts > maxParts) return undefined;
    const type = jwkType.exec(objectAround(text, start + index));
    if (type && (type[1] === 'oct') === (name === 'k')) return value;
  }
  return undefined;
}

/** The text between the braces nearest to a place. */
function objectAround(text: string, at: number): string {
  const from = Math.max(0, at - maxJwk);
  const before = text.slice(from, at);
  const open = Math.max(before.lastIndexOf('{'), before.lastIndexOf('}')) + 1;
  const after = text.slice(at, at + maxJwk);
  const close = after.search(/[{}]/);
  return before.slice(open) + (close < 0 ? after : after.slice(0, close));
}

/** Lines up to the END marker, when it is near; else the header's line alone. */
function linesOf(text: string, end: number): number {
  const footer = text.slice(end, end + 20_000).search(/-----END |Private-MAC:/);
  return footer < 0 ? 1 : text.slice(end, end + footer).split('\n').length;
}
