import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const malformedPath = defineRule({
  id: 'malformed-path',
  lesson: 10,
  severity: 'error',
  summary: 'A path is written so that it cannot be matched as meant.',
  why: 'Servers and gateways match paths literally. A query in the path, an empty parameter name or two templates for one URL makes an operation that no request reaches.',
  fix: 'Begin the path with a slash, declare query parameters as parameters, name each path parameter, and keep one template for a URL.',
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
> /orders?open=true:
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
  check: (facts) => contractProblems(facts, 'malformed-path'),
});
