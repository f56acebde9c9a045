import { crc32 } from 'node:zlib';
import { readsAsWords } from './random.ts';

/**
 * What a token's own structure says: `proven` real, `none` of the kind or public by design, or `unknown`. A checksum that
 * does not fit proves nothing: lengths have changed before, and tests alter characters.
 */
export function checkOf(check: 'crc32-base62' | 'grafana' | 'jwt', token: string): 'proven' | 'none' | 'unknown' {
  if (check === 'jwt') return jwtKind(token);
  return (check === 'grafana' ? hasGrafanaCrc(token) : hasBase62Crc(token)) ? 'proven' : 'unknown';
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * GitHub's and npm's scheme: the last 6 of the 36 characters are the CRC32 of the 30 before, in base62
 * (github.blog, 2021-04-05, "Behind GitHub's new authentication token formats").
 */
function hasBase62Crc(token: string): boolean {
  const body = token.slice(-36);
  let sum = crc32(body.slice(0, 30));
  let text = '';
  for (let i = 0; i < 6; i++) {
    text = base62[sum % 62] + text;
    sum = Math.floor(sum / 62);
  }
  return body.endsWith(text);
}

/** Grafana's service account tokens: the last 8 hex digits are the CRC32 of what stands before the last `_`, little endian. */
function hasGrafanaCrc(token: string): boolean {
  const cut = token.lastIndexOf('_');
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(token.slice(0, cut)));
  return sum.toString('hex') === token.slice(cut + 1).toLowerCase();
}

/** A JWT's header must decode to JSON with `alg` (RFC 7519); words are no signature; Supabase's `anon` key is made to be published. */
function jwtKind(token: string): 'none' | 'unknown' {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const decode = (part: string) => Buffer.from(part, 'base64url').toString('latin1');
  if (!/^\s{0,4}\{.{0,2000}"(?:alg|typ|enc)"/s.test(decode(head))) return 'none';
  if (signature.length >= 8 && readsAsWords(signature)) return 'none';
  return /"role"\s{0,2}:\s{0,2}"anon"/.test(decode(payload)) ? 'none' : 'unknown';
}
