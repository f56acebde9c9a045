import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const sunsetWithoutNotice = defineRule({
  id: 'sunset-without-notice',
  lesson: 10,
  severity: 'error',
  summary:
    'The announced end of an operation is no date, lies in the past or comes earlier than announced: give callers the time you promised.',
  why: 'A sunset date is a promise that others plan releases by. Moved forward or written so that no tool can read it, it is a removal without notice.',
  fix: 'Write the date as YYYY-MM-DD, later than the one announced before and far enough ahead for the slowest caller.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'openapi.yaml',
        before: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders
    post:
      deprecated: true
      x-sunset: '2999-01-01'
      responses:
        '201':
          description: Created
`,
        code: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders
    post:
      deprecated: true
>     x-sunset: '2020-01-01'
      responses:
        '201':
          description: Created
`,
      },
    ],
    good: [
      {
        path: 'openapi.yaml',
        before: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders
    post:
      responses:
        '201':
          description: Created
`,
        code: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders
    post:
      deprecated: true
      x-sunset: '2999-01-01'
      responses:
        '201':
          description: Created
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'sunset-without-notice'),
});
