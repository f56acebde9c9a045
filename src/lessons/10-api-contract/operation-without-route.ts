import { lostRoutes } from '../../facts/contracts/unserved-operations.ts';
import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: Done
  /orders/{id}/refund:
    post:
      responses:
        '201':
          description: Refunded
`;
const routes = `import express from 'express';
const app = express();
app.get('/orders', listOrders);
app.post('/orders/:id/refund', refund);
`;

export const operationWithoutRoute = defineRule({
  id: 'operation-without-route',
  lesson: 10,
  severity: 'warning',
  summary:
    'The contract promises an operation that no route serves: take it out of the contract with notice, or serve it.',
  why: 'Clients are generated from the contract and believe it. What it lists and the code does not serve is a 404 in their production, and nobody on your side sees a failing test.',
  fix: 'Removing: deprecate the operation in the contract with a date, keep the route until then, and remove both together. Adding: bring the route in the same pull request.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'src/routes.ts',
        context: { 'openapi.yaml': contract },
        before: routes.replace(/^(?=app\.post)/m, '>'),
        code: routes.replace(/^app\.post.*\n/m, ''),
      },
      {
        path: 'openapi.yaml',
        context: { 'src/routes.ts': routes },
        before: contract,
        code: `${contract}  /orders/{id}/cancellation:
>   post:
      responses:
        '201':
          description: Cancelled
`,
      },
    ],
    good: [
      {
        path: 'src/routes.ts',
        context: { 'openapi.yaml': contract.slice(0, contract.indexOf('  /orders/{id}')) },
        before: routes,
        code: routes.replace(/^app\.post.*\n/m, ''),
      },
      {
        path: 'openapi.yaml',
        context: { 'src/routes.ts': `${routes}app.post('/orders/:id/cancellation', cancel);\n` },
        before: contract,
        code: `${contract}  /orders/{id}/cancellation:
    post:
      responses:
        '201':
          description: Cancelled
`,
      },
    ],
  },
  *check(facts) {
    yield* contractProblems(facts, 'operation-without-route');
    if (facts.kind !== 'production') return;
    for (const { line, operation } of lostRoutes(facts.file, facts.project)) {
      const name = `${operation.method} ${operation.template}`.slice(0, 80).replaceAll('`', "'");
      yield {
        line,
        side: 'before',
        anywhere: true,
        because: `\`${operation.file}\` still has \`${name}\`, and this was its route.`,
      };
    }
  },
});
