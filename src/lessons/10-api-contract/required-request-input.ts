import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const requiredRequestInput = defineRule({
  id: 'required-request-input',
  lesson: 10,
  severity: 'error',
  summary: 'Something in the request is required now that was not: make it optional or give it a default.',
  why: 'Every client in the field sends requests without it, and each of them is refused from the moment of the deploy.',
  fix: 'Make the field optional with a default that keeps the old behaviour. If it must be given, make a new version of the operation.',
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item:
                  type: string
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required:
                - currency
              properties:
                item:
                  type: string
>               currency:
>                 type: string
      responses:
        '200':
          description: Done
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item:
                  type: string
                currency:
                  type: string
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required:
>               - currency
              properties:
                item:
                  type: string
                currency:
                  type: string
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item:
                  type: string
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item:
                  type: string
                currency:
                  type: string
      responses:
        '200':
          description: Done
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'required-request-input'),
});
