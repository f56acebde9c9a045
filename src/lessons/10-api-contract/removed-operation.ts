import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const removedOperation = defineRule({
  id: 'removed-operation',
  lesson: 10,
  severity: 'error',
  summary:
    'A path or operation that clients call is gone: deprecate it with a sunset date first, and remove it when that has passed.',
  why: 'Clients that you do not deploy keep calling what the contract promised them. They learn of the removal from a 404 in production, on their side and at their worst moment.',
  fix: 'Bring the operation back and mark it `deprecated: true` with an `x-sunset` date. Tell its callers, watch the calls go to zero, then remove it.',
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
          description: All orders
>   post:
>     responses:
>       '201':
>         description: Created
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
          description: All orders
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
          description: All orders
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
          description: All orders
    post:
      responses:
        '201':
          description: Created
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
          description: All orders
    post:
      deprecated: true
      x-sunset: '2020-01-01'
      responses:
        '201':
          description: Created
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
          description: All orders
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'removed-operation'),
});
