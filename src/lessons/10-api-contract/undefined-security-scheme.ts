import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const undefinedSecurityScheme = defineRule({
  id: 'undefined-security-scheme',
  lesson: 10,
  severity: 'error',
  summary: 'The security requirement names a scheme that is not defined.',
  why: 'A gateway that reads the contract cannot enforce what it cannot find; some then enforce nothing.',
  fix: 'Define the scheme under `components.securitySchemes`, or correct the name.',
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
      security:
>       - tokens: []
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
        code: `openapi: 3.0.3
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
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'undefined-security-scheme'),
});
