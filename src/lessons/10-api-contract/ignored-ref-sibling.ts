import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const ignoredRefSibling = defineRule({
  id: 'ignored-ref-sibling',
  lesson: 10,
  severity: 'warning',
  summary: 'A keyword beside `$ref` is ignored before OpenAPI 3.1: it does not do what it says.',
  why: '`nullable: true` or `example` beside a reference looks like part of the contract, and most tools drop it without a word.',
  fix: 'Put the reference into `allOf` with the keyword beside it, or move to OpenAPI 3.1.',
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
                $ref: '#/components/schemas/Order'
>               nullable: true
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
  check: (facts) => contractProblems(facts, 'ignored-ref-sibling'),
});
