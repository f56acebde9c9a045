import { crc32 } from 'node:zlib';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * GitHub's and npm's scheme: the last 6 of the 36 characters are the CRC32 of the 30 before, in base62
 * (github.blog, 2021-04-05, "Behind GitHub's new authentication token formats").
 */
export function hasBase62Crc(token: string): boolean {
  const body = token.slice(-36);
  let sum = crc32(body.slice(0, 30));
  let text = '';
  for (let i = 0; i < 6; i++) {
    text = base62[sum % 62] + text;
    sum = Math.floor(sum / 62);
  }
  return body.endsWith(text);
}
