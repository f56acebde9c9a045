import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const serviceWithoutHealthcheck = defineRule({
  id: 'service-without-healthcheck',
  lesson: 8,
  severity: 'warning',
  summary: 'Others wait until the service is healthy, and nobody asks it: give it a healthcheck.',
  why: 'With `condition: service_healthy` Compose waits for a check. A service that has none, in the file or in its image, is never healthy: Compose refuses to start what depends on it, or the deployment stops half-way.',
  fix: 'Add a `healthcheck:` that asks what the dependent needs (`pg_isready`, `redis-cli ping`, the health route), or drop the condition.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'compose.yaml',
        code: `services:
  api:
    image: orders:1
    depends_on:
>     db: { condition: service_healthy }
  db:
    image: postgres:17
`,
      },
    ],
    good: [
      {
        path: 'compose.yaml',
        code: `services:
  api:
    image: orders:1
    depends_on:
      db: { condition: service_healthy }
  db:
    image: postgres:17
    healthcheck:
      test: pg_isready -U orders
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'service-without-healthcheck'),
});
