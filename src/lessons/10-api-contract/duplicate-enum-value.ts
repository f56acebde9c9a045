import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const duplicateEnumValue = defineRule({
  id: 'duplicate-enum-value',
  lesson: 10,
  severity: 'warning',
  summary: 'The same value stands twice in an enum: one of them was meant to be another.',
  why: 'Generators fail on it or make two constants of one name, and the value that was meant is missing from the contract.',
  fix: 'Remove the repetition, or write the value that was meant.',
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
            enum:
              - open
              - shut
>             - open
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
            enum:
              - open
              - shut
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'duplicate-enum-value'),
});
