import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const longLivedCloudKey = defineRule({
  id: 'long-lived-cloud-key',
  lesson: 7,
  severity: 'notice',
  summary:
    "The workflow signs in to the cloud with a key that does not expire: use the provider's short-lived tokens (OpenID Connect).",
  why: 'A key of a cloud account works from anywhere until somebody revokes it, and whoever can change a workflow can read it. A token by OpenID Connect is made for one run, for one repository, and is worthless an hour later.',
  fix: 'Give the job `permissions: { id-token: write }`, create a role that trusts this repository only, and name it (`role-to-assume`, `workload_identity_provider`, `client-id`). Then delete the key.',
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
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          aws-region: eu-central-1
          aws-access-key-id: \${{ secrets.AWS_KEY_ID }}
>         aws-secret-access-key: \${{ secrets.AWS_KEY }}
`,
      },
    ],
    good: [
      {
        path: '.github/workflows/deploy.yml',
        code: `on: push
permissions:
  id-token: write
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          aws-region: eu-central-1
          role-to-assume: \${{ vars.DEPLOY_ROLE }}
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'long-lived-cloud-key'),
});
