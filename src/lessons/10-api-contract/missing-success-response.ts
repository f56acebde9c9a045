import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const missingSuccessResponse = defineRule({
  id: 'missing-success-response',
  lesson: 10,
  severity: 'warning',
  summary: 'The operation documents no successful response: say what a caller gets when all goes well.',
  why: "A contract of failures only leaves the one case that matters to each caller's guess, and generated clients give back nothing.",
  fix: 'Add the 2xx or 3xx response with its schema.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'openapi.yaml',
        code: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
>     responses:
        '404':
          description: No such order
`,
      },
    ],
    good: [
      {
        path: 'openapi.yaml',
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
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'missing-success-response'),
});
