import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const serviceWithoutRestart = defineRule({
  id: 'service-without-restart',
  lesson: 6,
  severity: 'notice',
  summary: 'The service stays down when it ends, where the others of the file come back: give it their restart policy.',
  why: 'Processes end: out of memory, an uncaught error, a host that reboots. Compose starts again only what has a restart policy, and one service without it is the one that is found dead in the morning.',
  fix: 'Add `restart: unless-stopped`, as the other services have it.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'compose.yaml',
        code: `services:
  api:
    image: orders:1
    ports: ['3000:3000']
    restart: unless-stopped
  db:
    image: postgres:17
    restart: unless-stopped
> cache:
    image: redis:8
`,
      },
    ],
    good: [
      {
        path: 'compose.yaml',
        code: `services:
  api:
    image: orders:1
    ports: ['3000:3000']
    restart: unless-stopped
  db:
    image: postgres:17
    restart: unless-stopped
  migrate:
    image: orders:1
    command: npm run migrate
`,
      },
      {
        path: 'compose.yaml',
        code: `services:
  api:
    build: .
    ports: ['3000:3000']
  db:
    image: postgres:17
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'service-without-restart'),
});
