import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const enumValueOfWrongType = defineRule({
  id: 'enum-value-of-wrong-type',
  lesson: 10,
  severity: 'warning',
  summary: "A value of an enum is not of the schema's type: no request or response can ever hold it.",
  why: 'Validators refuse the value that the list promises. YAML is often the cause: `no`, `1.0` or `null` without quotes is not text.',
  fix: 'Quote the value, or correct the type.',
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
>             - 3
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
              - '3'
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'enum-value-of-wrong-type'),
});
