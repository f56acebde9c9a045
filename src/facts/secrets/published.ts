import { createHash } from 'node:crypto';

/**
 * Values that specifications, vendors and emulators publish, each as the head of its SHA-256: written out they would look
 * like secrets themselves. Everybody who copies from the source copies one of these.
 */
const published: ReadonlySet<string> = new Set([
  // RFC 6749 (OAuth 2.0): access and refresh token, authorization code, both client secrets and their Basic header.
  '6c96130f130ab0d6',
  '00cf4c781dc37003',
  'a35b81a7d7927b70',
  '53f5da0aaa93d64c',
  'e9974c507d2a8021',
  'ca7459e2b26776de',
  // RFC 6750: bearer token.
  'b8e148545b13c78b',
  // RFC 7519 and RFC 7515 A.1: JSON Web Token, and the key that it is signed with.
  '8d4ef6536dc8895f',
  '8b1b17a9740c068a',
  // RFC 6455: nonce of a WebSocket, and the answer to it.
  '15cef4b629cc2d07',
  '507e2ce3c522082b',
  // jwt.io: the token of its front page, now and before.
  '7f75367e78812551',
  'da816f9f2c16e6c5',
  // Azurite and the Cosmos DB emulator: account keys that Microsoft documents for everybody.
  '0011cc25eb432071',
  'aa6547439583c3a2',
  // Stripe: test keys of its documentation.
  '2cafc0970149a84f',
  'f2d6ca16515033e5',
  '7e8de44ea9ecf6d5',
  // Telegram: bot token of its documentation.
  '731fa294d036e54f',
  // Google: password of every PKCS#12 file that it issues for a service account.
  '50bb61665eece21c',
]);

/** Digests of words that manuals and first steps hash: they give away what everybody knows. */
const digests: ReadonlySet<string> = new Set(
  ['', 'test', 'password', 'admin', 'secret', 'hello', '123456'].flatMap((word) =>
    ['md5', 'sha1', 'sha256'].map((algorithm) => createHash(algorithm).update(word).digest('hex')),
  ),
);

/** Says whether a value is one that its vendor or a specification publishes, or the digest of a word, so that it protects nothing. */
export function isPublished(value: string): boolean {
  return (
    digests.has(value.toLowerCase()) || published.has(createHash('sha256').update(value).digest('hex').slice(0, 16))
  );
}
