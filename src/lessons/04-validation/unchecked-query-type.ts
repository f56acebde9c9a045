import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** String methods on query parameters that may be arrays. */
export const uncheckedQueryType = defineRule({
  id: 'unchecked-query-type',
  lesson: 4,
  severity: 'notice',
  summary: 'A query parameter is used as a string although it may be an array or an object: check its type first.',
  why: '`?name=a&name=b` makes the parameter an array and `?name[x]=1` an object, so a string’s method throws and the request ends in a 500. On arrays `slice` and `includes` exist and mean something else, which gets around checks.',
  fix: 'Parse the query with a schema, or check `typeof value === "string"` and answer 400 otherwise.',
  examples: {
    bad: [
      {
        path: 'src/search.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/search', (req, res) => {
>   res.json(find(req.query.term.trim()));
  });`,
      },
      {
        path: 'src/tags.js',
        code: `
  export const tags = (req, res) => {
>   const list = req.query.tags;
>   res.json(list.split(','));
  };`,
      },
      {
        path: 'src/sort.js',
        code: `
  import { Router } from 'express';
  const router = Router();
  router.get('/', (request, response) => {
>   response.json({ sort: request.query.sort.toLowerCase() });
  });`,
      },
    ],
    good: [
      {
        path: 'src/search.js',
        code: `
  export const search = (req, res) => {
    const { term } = req.query;
    if (typeof term !== 'string') return res.sendStatus(400);
    res.json(find(term.trim()));
  };`,
      },
      {
        path: 'src/tags.js',
        code: `
  export const tags = (req, res) => res.json(String(req.query.tags).split(','));`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['type'], 'may be an array when it meets');
  },
});
