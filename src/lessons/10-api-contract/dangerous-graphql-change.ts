import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const dangerousGraphqlChange = defineRule({
  id: 'dangerous-graphql-change',
  lesson: 10,
  severity: 'warning',
  summary: 'The GraphQL schema changes what existing queries may get or mean: clients must be ready for it first.',
  why: 'A new enum value, a new member of a union or another default is valid for every query, and unknown to every client. Code that switches over the old values has no case for it.',
  fix: 'Ship clients that handle unknown values first, or put the new value behind a new field.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'schema.graphql',
        before: `enum Status {
  OPEN
  CLOSED
}

type Query {
  status: Status
}
`,
        code: `enum Status {
  OPEN
  CLOSED
> VOID
}

type Query {
  status: Status
}
`,
      },
    ],
    good: [
      {
        path: 'schema.graphql',
        before: `enum Status {
  OPEN
  CLOSED
}

type Query {
  status: Status
}
`,
        code: `enum Status {
  OPEN
  CLOSED
}

type Query {
  status: Status
  count: Int
}
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'dangerous-graphql-change'),
});
