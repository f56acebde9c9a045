import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const changedRequestDefault = defineRule({
  id: 'changed-request-default',
  lesson: 10,
  severity: 'warning',
  summary: 'The default of a parameter changed: clients that leave it out now get another behaviour.',
  why: 'Leaving a parameter out is how most clients use an API. A new default changes what each of them gets, with no error to notice it by.',
  fix: 'Keep the default, and let clients ask for the new behaviour by name.',
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
            default: open
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
>           default: all
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
            default: open
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
            default: open
            maxLength: 9
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'changed-request-default'),
});
