import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const invalidContract = defineRule({
  id: 'invalid-contract',
  lesson: 10,
  severity: 'error',
  summary: 'The API description is not valid: tools that read it fail, or read something else than you meant.',
  why: 'Generators, mocks, gateways and validators each make something different of an invalid document, and some silently drop the part they do not understand.',
  fix: 'Correct the line. Run a validator over the document in CI, so that it stays valid.',
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
      responses:
>       '2000':
          description: Done
        '200':
          description: Done
`,
      },
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
>       '200': {}
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
  check: (facts) => contractProblems(facts, 'invalid-contract'),
});
