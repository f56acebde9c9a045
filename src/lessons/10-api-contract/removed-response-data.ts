import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const removedResponseData = defineRule({
  id: 'removed-response-data',
  lesson: 10,
  severity: 'error',
  summary:
    'A field, status or media type that clients read is gone or no longer certain: keep sending it, or make a new version.',
  why: 'Clients read what the contract promises, often without a check. A field that is missing becomes `undefined` in a total, a crash in a mobile app, an empty column in a report.',
  fix: 'Keep the field and mark it deprecated, next to its successor. Remove it in the next major version.',
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
>                 total:
>                   type: number
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
`,
      },
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
                required:
                  - id
>                 - total
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
                required:
                  - id
                properties:
                  id:
                    type: string
                  total:
                    type: number
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
                    type: number
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'removed-response-data'),
});
