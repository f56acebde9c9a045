import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const arrayWithoutItems = defineRule({
  id: 'array-without-items',
  lesson: 10,
  severity: 'error',
  summary: 'An array does not say what is in it: add `items`.',
  why: 'Generated types become arrays of anything, and no validator looks inside. Before OpenAPI 3.1 the document is invalid.',
  fix: 'Add `items` with the schema of one element.',
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
>           type: array
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
            type: array
            items:
              type: string
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'array-without-items'),
});
