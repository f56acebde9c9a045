import { defineRule } from '../define-rule.ts';
import { secretMatches } from './secret-matches.ts';

export const privateKey = defineRule({
  id: 'private-key',
  lesson: 7,
  severity: 'error',
  summary:
    'A private key is in the repository: replace the key pair now and keep the new private key in a secrets manager.',
  why: 'A private key proves who you are: with it, anybody can log in, sign or decrypt as your service. A key that was in one commit is known for good, rewriting history included, because clones and caches keep it.',
  fix: 'Create a new key pair, replace the public half everywhere, revoke the old one. Mount the private key from a secrets manager at run time.',
  kinds: ['production', 'test', 'script', 'migration', 'client', 'docs', 'config', 'generated', 'vendored'],
  examples: {
    // Made of parts, so that this repository holds nothing that looks like a secret.
    bad: [
      {
        path: 'deploy/key.txt',
        code: `> -----BEGIN ${'RSA PRIVATE'} KEY-----\n  ${'MIIEowIBAAKCAQEAx7Vq0n8'.repeat(2)}`,
      },
    ],
    good: [{ path: 'src/tls.ts', code: ` const isKey = text.startsWith('-----BEGIN PRIVATE KEY-----');` }],
  },
  check: ({ secrets }) => secretMatches(secrets, 'private-key'),
});
