import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const removedRequestInput = defineRule({
  id: 'removed-request-input',
  lesson: 10,
  severity: 'warning',
  summary: 'A parameter, property or media type that clients send is gone: keep accepting it, or make a new version.',
  why: 'A client that still sends it is refused, or worse: it is ignored, and a filter or a flag that its caller relies on no longer has an effect.',
  fix: 'Keep accepting the input and mark it deprecated. Remove it with the next major version, or when nobody sends it any more.',
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
>       - name: limit
>         in: query
>         schema:
>           type: integer
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
        - name: limit
          in: query
          schema:
            type: integer
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'removed-request-input'),
});
