import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const undefinedServerVariable = defineRule({
  id: 'undefined-server-variable',
  lesson: 10,
  severity: 'error',
  summary: "The server's URL has a variable without a definition or a valid default: no client can build the address.",
  why: 'Generated clients call a host with braces in its name.',
  fix: 'Define the variable under `variables` with a default that is one of its values.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'openapi.yaml',
        code: `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
servers:
> - url: https://{region}.example.com
paths:
  /orders:
    get:
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
servers:
  - url: https://{region}.example.com
    variables:
      region:
        default: eu
paths:
  /orders:
    get:
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'undefined-server-variable'),
});
