import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const missingResponseSchema = defineRule({
  id: 'missing-response-schema',
  lesson: 10,
  severity: 'warning',
  summary: 'A successful response says JSON and not which: give it a schema.',
  why: 'Without a schema any change of the answer keeps to the contract, and no tool can notice that it broke every client.',
  fix: 'Add the `schema`, best as a `$ref` to a component that the code is checked against.',
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
>           application/json: {}
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
                type: object
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'missing-response-schema'),
});
