import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** GraphQL documents put together from text. */
export const graphqlInjection = defineRule({
  id: 'graphql-injection',
  lesson: 4,
  severity: 'error',
  summary: 'A value is written between the quotes of a GraphQL document: pass it as a variable.',
  why: 'A quote in the value ends the string and the rest of it is read as GraphQL, so a search term can select fields it was never meant to see. A document that differs with every value also defeats persisted queries and the server’s cache of parsed documents.',
  fix: 'Declare a variable in the document (`query Find($term: String!)`) and send the value in `variables`.',
  examples: {
    bad: [
      {
        path: 'src/shop.ts',
        code: `
  export const find = (client, term: string) => {
>   const document = \`query { products(title: "\${term}") { id } }\`;
    return client.request(document);
  };`,
      },
      {
        path: 'src/tracker.ts',
        code: `
  export function rename(name: string) {
    return fetch('https://tracker.example/graphql', {
      method: 'POST',
>     body: JSON.stringify({ query: \`mutation { rename(to: "\${name}") { id } }\` }),
    });
  }`,
      },
      {
        path: 'src/apollo.js',
        code: `
  export function load(client, id) {
>   const text = 'query { parcel(id: "' + id + '") { weight } }';
    return client.query({ query: parse(text) });
  }`,
      },
    ],
    good: [
      {
        path: 'src/shop.ts',
        code: `
  const document = \`query Find($term: String!) { products(title: $term) { id } }\`;
  export const find = (client, term: string) => client.request(document, { term });`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['graphql'], 'is written into');
  },
});
