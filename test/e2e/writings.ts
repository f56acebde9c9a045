import { randomBytes } from 'node:crypto';

/** Random letters and digits: what follows a token's prefix, so that what is searched for cannot occur by chance. */
export const random = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, length);

/** The ways a value is written down: as it is, in part, and in the encodings that tools use. */
export function writings(value: string): Record<string, string> {
  const base64 = (shift: number) =>
    Buffer.from('-'.repeat(shift) + value)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4);
  const hex = Buffer.from(value).toString('hex');
  return {
    plain: value,
    'its first half': value.slice(0, value.length / 2),
    'its second half': value.slice(value.length / 2),
    reversed: [...value].reverse().join(''),
    'in base64': base64(0),
    'in base64, shifted by one': base64(1),
    'in base64, shifted by two': base64(2),
    'in hex': hex,
    'in capital hex': hex.toUpperCase(),
    percent: hex.replace(/../g, (byte) => `%${byte}`),
    'percent in capitals': hex.toUpperCase().replace(/../g, (byte) => `%${byte}`),
    'in base64 for URLs': Buffer.from(value).toString('base64url'),
    'escaped for HTML': [...value].map((letter) => `&#${letter.charCodeAt(0)};`).join(''),
    'escaped for HTML in hex': [...value].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join(''),
    'eight characters of its head': value.slice(0, 8),
    'eight characters of its end': value.slice(-8),
    'escaped for JSON': [...value].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  };
}
