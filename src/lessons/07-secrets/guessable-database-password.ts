import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const guessableDatabasePassword = defineRule({
  id: 'guessable-database-password',
  lesson: 7,
  severity: 'warning',
  summary:
    'The database of production has a password that everybody tries first: generate one and read it from the environment.',
  why: 'The words that images show in their documentation are the first that scanners try. One published port, one forwarded request from another container, and the data is theirs.',
  fix: 'Generate a password, keep it outside the repository, and write `POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}` or use a secret file. Change it in the running database too.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'compose.production.yaml',
        code: `services:
  db:
    image: postgres:17
    environment:
>     POSTGRES_PASSWORD: postgres
`,
      },
    ],
    good: [
      {
        path: 'compose.production.yaml',
        code: `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?}
`,
      },
      {
        path: 'compose.dev.yaml',
        code: `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: postgres
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'guessable-database-password'),
});
