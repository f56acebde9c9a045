import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const unresolvedReference = defineRule({
  id: 'unresolved-reference',
  lesson: 10,
  severity: 'error',
  summary: 'A `$ref` leads nowhere: what it should describe is undefined.',
  why: 'A generator stops at it or writes `any`; a validator accepts everything or nothing there. Either way the promise is gone exactly where it was made by name.',
  fix: 'Correct the pointer, or add the component that it names.',
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
      responses:
        '200':
          description: Done
          content:
            application/json:
              schema:
>               $ref: '#/components/schemas/Oder'
components:
  schemas:
    Order:
      type: object
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
          description: Done
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Order'
components:
  schemas:
    Order:
      type: object
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'unresolved-reference'),
});
