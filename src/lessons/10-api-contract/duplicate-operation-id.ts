import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const duplicateOperationId = defineRule({
  id: 'duplicate-operation-id',
  lesson: 10,
  severity: 'error',
  summary: 'Two operations have the same `operationId`: tools keep one of them.',
  why: 'Generated clients and servers name methods after it. Two of one name overwrite each other, and which one is left depends on the tool.',
  fix: 'Give each operation an id of its own.',
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
      operationId: orders
      responses:
        '200':
          description: All orders
    post:
>     operationId: orders
      responses:
        '201':
          description: Created
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
      operationId: listOrders
      responses:
        '200':
          description: All orders
    post:
      operationId: addOrder
      responses:
        '201':
          description: Created
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'duplicate-operation-id'),
});
