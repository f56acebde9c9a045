import { defineRule } from '../define-rule.ts';

/** Arguments for a number of rows that may be left out. */
export const pageSizeWithoutDefault = defineRule({
  id: 'page-size-without-default',
  lesson: 3,
  severity: 'warning',
  summary: 'A client that leaves the limit out gets every row: give the argument a default and a maximum.',
  why: 'Clients copy the query from the documentation, without the argument that the example did not show. The resolver then passes `undefined` on as the limit, which every database library reads as none.',
  fix: 'Set `defaultValue` on the argument, and cap what the client asks for in the resolver: `Math.min(args.limit, 100)`.',
  examples: {
    bad: [
      {
        path: 'src/thread.ts',
        code: `
  import { GraphQLInt, GraphQLList, GraphQLObjectType } from 'graphql';
  export const Thread = new GraphQLObjectType({
    name: 'Thread',
    fields: () => ({
      replies: {
        type: new GraphQLList(Reply),
        args: {
>         limit: { type: GraphQLInt },
        },
        resolve: (thread, { limit }) => replies(thread.id, limit),
      },
    }),
  });`,
      },
    ],
    good: [
      {
        path: 'src/thread.ts',
        code: `
  import { GraphQLInt, GraphQLList, GraphQLObjectType } from 'graphql';
  export const Thread = new GraphQLObjectType({
    name: 'Thread',
    fields: () => ({
      replies: {
        type: new GraphQLList(Reply),
        args: {
          limit: { type: GraphQLInt, defaultValue: 50 },
          offset: { type: GraphQLInt },
        },
        resolve: (thread, { limit }) => replies(thread.id, Math.min(limit, 100)),
      },
    }),
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { of, line, endLine, explained } of code.pageArguments)
      if (!explained) yield { line, endLine, because: `The argument \`${of}\` has no default.` };
  },
});
