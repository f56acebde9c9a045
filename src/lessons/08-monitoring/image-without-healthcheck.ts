import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const imageWithoutHealthcheck = defineRule({
  id: 'image-without-healthcheck',
  lesson: 8,
  severity: 'notice',
  summary: 'The image opens a port and has no HEALTHCHECK: Compose cannot tell whether it still answers. Add one.',
  why: 'A process that runs and no longer answers looks healthy to Compose. Nothing restarts it, and services that depend on it start too early.',
  fix: 'Add `HEALTHCHECK` to the image, or `healthcheck:` to the service, on an endpoint that answers quickly.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'Dockerfile',
        code: `FROM node:24
>EXPOSE 3000
CMD ["node", "main.js"]
`,
        context: {
          'compose.yaml': `services:
  web:
    build: .
`,
        },
      },
    ],
    good: [
      {
        path: 'Dockerfile',
        code: `FROM node:24
EXPOSE 3000
HEALTHCHECK CMD node health.js
CMD ["node", "main.js"]
`,
        context: {
          'compose.yaml': `services:
  web:
    build: .
`,
        },
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'image-without-healthcheck'),
});
