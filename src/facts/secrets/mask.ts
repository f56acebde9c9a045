import { createHmac, randomBytes } from 'node:crypto';

let key: Buffer = randomBytes(32);

/** Sets the key of secrets' hashes, so that a fingerprint outlives a restart. Called once by a root, before any scan. */
export function setHashKey(newKey: string | Uint8Array): void {
  key = Buffer.from(newKey);
}

/** Names a secret without telling it: keyed, because a bare hash of a weak password is the password. 16 hex characters. */
export function hashOf(value: string): string {
  return createHmac('sha256', key).update(value).digest('hex').slice(0, 16);
}

/** What may be shown: a documented fixed prefix and the length, never a character of a password. */
export function maskOf(value: string, prefix = ''): string {
  const shown = prefix.length <= 8 && value.startsWith(prefix) ? prefix : '';
  const size =
    value.length < 8 ? 'fewer than 8' : value.length < 16 ? '8 to 15' : value.length < 32 ? '16 to 31' : '32 or more';
  return `${shown}… (${size} characters)`;
}
