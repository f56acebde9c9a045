import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const widenedResponse = defineRule({
  id: 'widened-response',
  lesson: 10,
  severity: 'error',
  summary:
    'The response may now hold what clients were told it never would: another type, `null`, a new enum value, a looser bound.',
  why: 'Clients in typed languages parse by the contract. A value outside of it is an exception in the parser or an unhandled case, in code that you cannot fix.',
  fix: 'Put the new kind of value in a new field or a new version. Where clients must expect new values, say so in the contract from the start.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'openapi.yaml',
        before: `openapi: 3.0.3
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
                properties:
                  id:
                    type: string
                  total:
                    type: number
`,
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
                properties:
                  id:
                    type: string
                  total:
>                   type: string
`,
      },
    ],
    good: [
      {
        path: 'openapi.yaml',
        before: `openapi: 3.0.3
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
                properties:
                  id:
                    type: string
                  total:
                    type: number
`,
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
                properties:
                  id:
                    type: string
                  total:
                    type: integer
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'widened-response'),
});
