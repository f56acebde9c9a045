import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const secretPrintedInWorkflow = defineRule({
  id: 'secret-printed-in-workflow',
  lesson: 7,
  severity: 'error',
  summary: 'The workflow prints a secret to its log: pass it by the environment and never print it.',
  why: 'GitHub masks only the exact value. A part of it, an encoding of it or a multi-line key passes the mask, and logs are read by everybody who can read the repository.',
  fix: 'Remove the print, rotate the secret if the workflow has run, and hand secrets to commands by `env:` or standard input.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: '.github/workflows/deploy.yml',
        code: `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
>     - run: echo "key is \${{ secrets.DEPLOY_KEY }}"
`,
      },
    ],
    good: [
      {
        path: '.github/workflows/deploy.yml',
        code: `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ secrets.REGISTRY_PASSWORD }}" | docker login --password-stdin
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'secret-printed-in-workflow'),
});
