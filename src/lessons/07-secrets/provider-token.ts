import { defineRule } from '../define-rule.ts';
import { secretMatches } from './secret-matches.ts';

export const providerToken = defineRule({
  id: 'provider-token',
  lesson: 7,
  severity: 'error',
  summary:
    "A provider's token is in the code: revoke it at the provider now, then read it from the environment or a secrets manager.",
  why: 'Whoever can read the repository, its forks, its build logs or an old laptop can use the token, and scanners of public commits find one within seconds. Removing the line does not help: the commit stays in every clone.',
  fix: 'Revoke or rotate the token at its provider first. Then read it from the environment or a vault. Purge history only after the rotation, and do not count on it.',
  kinds: ['production', 'test', 'script', 'migration', 'client', 'docs', 'config', 'generated', 'vendored'],
  examples: {
    // Made of parts, so that this repository holds nothing that looks like a secret.
    bad: [{ path: 'src/billing.ts', code: `> const key = 'sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}';` }],
    good: [{ path: 'src/billing.ts', code: ` const key = process.env.STRIPE_KEY;` }],
  },
  check: ({ secrets }) => secretMatches(secrets, 'provider-token'),
});
