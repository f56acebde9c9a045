import { defineRule } from '../define-rule.ts';
import { contractKinds, contractProblems } from './contract-problems.ts';

export const breakingGraphqlChange = defineRule({
  id: 'breaking-graphql-change',
  lesson: 10,
  severity: 'error',
  summary: 'The GraphQL schema breaks queries that work today: deprecate the field and add a new one.',
  why: 'Every client sends its queries as text that was written against the old schema. A query that names a missing field, or lacks a new required argument, fails as a whole.',
  fix: 'Keep the field with `@deprecated(reason: …)`, add its successor, and remove it when no query names it any more.',
  kinds: contractKinds,
  examples: {
    bad: [
      {
        path: 'schema.graphql',
        before: `type Query {
  order(id: ID!): Order
}

type Order {
  id: ID!
  total: Float!
}
`,
        code: `type Query {
  order(id: ID!): Order
}

type Order {
  id: ID!
> total: Float
}
`,
      },
      {
        path: 'schema.graphql',
        before: `type Query {
  order(id: ID!): Order
}

type Order {
  id: ID!
> total: Float!
}
`,
        code: `type Query {
  order(id: ID!): Order
}

type Order {
  id: ID!
}
`,
      },
    ],
    good: [
      {
        path: 'schema.graphql',
        before: `type Query {
  order(id: ID!): Order
}

type Order {
  id: ID!
  total: Float!
}
`,
        code: `type Query {
  order(id: ID!): Order
}

type Order {
  id: ID!
  total: Float!
  note: String
}
`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'breaking-graphql-change'),
});
