import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const plainKubernetesSecret = defineRule({
  id: 'plain-kubernetes-secret',
  lesson: 7,
  severity: 'error',
  summary:
    'A Kubernetes Secret with its values is in the repository: base64 is no encryption. Commit a sealed or external secret instead.',
  why: 'Everybody with read access, every clone and every CI job has the value, and history keeps it after the file is gone.',
  fix: 'Rotate the value; then use Sealed Secrets, SOPS or the External Secrets Operator, and keep only references in git.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'k8s/secret.yaml',
        code: `apiVersion: v1
kind: Secret
metadata:
  name: database
stringData:
> password: horse-battery
`,
      },
    ],
    good: [
      {
        path: 'k8s/secret.yaml',
        code: `apiVersion: v1
kind: Secret
metadata:
  name: database
stringData:
  password: \${DATABASE_PASSWORD}
`,
      },
      {
        path: 'k8s/secret.yaml',
        code: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'plain-kubernetes-secret'),
});
