import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const pathParameterMismatch = defineRule({
  id: 'path-parameter-mismatch',
  lesson: 10,
  severity: 'error',
  summary: 'A parameter of the path is not declared, or a declared one is not in the path.',
  why: 'Generated clients call the URL with the braces in it, and generated servers never hand the value to the handler.',
  fix: 'Declare each `{name}` of the path once, as `in: path` with `required: true`, and nothing else as a path parameter.',
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
  /orders/{id}:
>   get:
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
  /orders/{id}:
    get:
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'path-parameter-mismatch'),
});
