import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const narrowedRequest = defineRule({
  id: 'narrowed-request',
  lesson: 10,
  severity: 'error',
  summary:
    'The contract refuses requests that it accepted before: widen, do not narrow, what existing clients may send.',
  why: 'A shorter maximum, a new pattern, a removed enum value or another type turns valid requests into errors. The client has not changed, so its authors have no reason to look.',
  fix: 'Keep accepting what was accepted and enforce the new limit on new fields or in a new version. If old values are really unused, show it from the access log in the pull request.',
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
      parameters:
        - name: status
          in: query
          schema:
            type: string
            maxLength: 40
      responses:
        '200':
          description: Done
`,
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
>           maxLength: 20
      responses:
        '200':
          description: Done
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
      parameters:
        - name: status
          in: query
          schema:
            type: string
            enum:
              - open
>             - closed
      responses:
        '200':
          description: Done
`,
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
      responses:
        '200':
          description: Done
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
      parameters:
        - name: status
          in: query
          schema:
            type: string
            maxLength: 20
      responses:
        '200':
          description: Done
`,
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
            maxLength: 40
      responses:
        '200':
          description: Done
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
      parameters:
        - name: status
          in: query
          schema:
            type: string
            enum:
              - open
      responses:
        '200':
          description: Done
`,
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
              - closed
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'narrowed-request'),
});
