import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const duplicateParameter = defineRule({
  id: 'duplicate-parameter',
  lesson: 10,
  severity: 'error',
  summary: 'The same parameter is declared twice in one operation: only one of the declarations counts.',
  why: 'Tools take the first or the last, and each validates and generates something different.',
  fix: 'Keep one declaration.',
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
        - name: page
          in: query
          schema:
            type: integer
>       - name: page
          in: query
          schema:
            type: integer
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
        - name: page
          in: query
          schema:
            type: integer
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'duplicate-parameter'),
});
