import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const mismatchedExample = defineRule({
  id: 'mismatched-example',
  lesson: 10,
  severity: 'error',
  summary: 'An example or default does not fit its own schema: one of the two is wrong.',
  why: 'Examples are what people copy and what mock servers answer. One that the schema refuses teaches every client the wrong shape.',
  fix: 'Decide which of the two is right, and correct the other.',
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
      parameters:
        - name: status
          in: query
          schema:
            type: string
>           example: 7
      responses:
        '200':
          description: Done
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
      parameters:
        - name: status
          in: query
          schema:
            type: string
            example: open
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'mismatched-example'),
});
