import { defineRule } from '../define-rule.ts';
import { secretMatches } from './secret-matches.ts';

export const committedSecretFile = defineRule({
  id: 'committed-secret-file',
  lesson: 7,
  severity: 'error',
  summary:
    'A file that is a secret as a whole is committed: rotate what it holds, take it out of the repository and name it in .gitignore.',
  why: 'An environment file, a key store or a Terraform state opens everything that its owner can open, to everybody who ever cloned the repository. Deleting it in a later commit leaves it in the history.',
  fix: 'Rotate everything it holds first. Then remove it with git rm --cached, add it to .gitignore, and commit an example with empty values instead.',
  kinds: ['production', 'test', 'script', 'migration', 'client', 'docs', 'config', 'generated', 'vendored'],
  examples: {
    bad: [
      {
        path: '.env',
        // Made of parts, so that this repository holds nothing that looks like a secret.
        code: `>SMTP_PASSWORD=${'wint3r'}-${'harb0ur'}\n PORT=3000`,
      },
      { path: 'infra/terraform.tfstate', code: `>{ "version": 4, "resources": [] }` },
    ],
    good: [
      { path: '.env.example', code: ' SMTP_PASSWORD=\n PORT=3000' },
      { path: '.env', code: ' LOG_LEVEL=info\n PORT=3000' },
    ],
  },
  check: ({ secrets }) => secretMatches(secrets, 'committed-secret-file'),
});
