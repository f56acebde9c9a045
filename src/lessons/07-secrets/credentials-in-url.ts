import { defineRule } from '../define-rule.ts';
import { secretMatches } from './secret-matches.ts';

// Made of parts, so that this repository holds nothing that looks like a secret.
const password = ['t0psy', '7urvy'].join('-');

export const credentialsInUrl = defineRule({
  id: 'credentials-in-url',
  lesson: 7,
  severity: 'warning',
  summary:
    'A URL, connection string or command carries its password: rotate it and put the whole of it into the environment.',
  why: 'Connection strings are logged, shown in error messages and copied into tickets. A password inside one travels with every one of them.',
  fix: 'Rotate the password at the database or broker. Read the URL from the environment; keep an example without a password beside the code.',
  kinds: ['production', 'test', 'script', 'migration', 'client', 'docs', 'config', 'generated', 'vendored'],
  examples: {
    bad: [{ path: 'src/db.ts', code: `> const url = 'postgres://app:${password}@db.internal.acme.io/orders';` }],
    good: [
      { path: 'src/db.ts', code: ` const url = \`postgres://app:\${process.env.DB_PASSWORD}@db.internal/orders\`;` },
    ],
  },
  check: ({ secrets }) => secretMatches(secrets, 'credentials-in-url'),
});
