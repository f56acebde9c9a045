import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const changedSecurity = defineRule({
  id: 'changed-security',
  lesson: 10,
  severity: 'error',
  summary: 'An operation demands credentials or scopes that it did not: clients without them are locked out.',
  why: 'From the moment of the deploy every call without the new credential is a 401. Scopes are worse: tokens in the field were issued without them and work on until they are renewed.',
  fix: 'Announce it, accept both for a while, and count the calls that still come without. Enforce it when that count is zero.',
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
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
`,
        code: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
>     security:
>       - token: []
      responses:
        '200':
          description: Done
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
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
      security:
        - token: []
      responses:
        '200':
          description: Done
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
`,
        code: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      security:
        - token: []
        - {}
      responses:
        '200':
          description: Done
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'changed-security'),
});
