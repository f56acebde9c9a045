import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Regular expressions from a request. */
export const regexInjection = defineRule({
  id: 'regex-injection',
  lesson: 4,
  severity: 'error',
  summary: 'The request becomes a regular expression: escape it, or search without one.',
  why: 'Patterns such as `(a+)+$` take time that doubles with every character, and JavaScript runs them on the one thread that serves everybody. In a database filter the same pattern scans the collection without an index, and `.*` matches all of it.',
  fix: 'Escape the text (`RegExp.escape`, `escape-string-regexp`), use `includes` or `startsWith`, or a text index in the database.',
  examples: {
    bad: [
      {
        path: 'src/search.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/search', (req, res) => {
>   const wanted = new RegExp(req.query.term, 'i');
    res.json(titles.filter((title) => wanted.test(title)));
  });`,
      },
      {
        path: 'src/people.js',
        code: `
  import { Person } from './person.js';
  export const people = async (req, res) =>
>   res.json(await Person.find({ name: { $regex: req.query.name } }).limit(20));`,
      },
      {
        path: 'src/filter.js',
        code: `
  import { Hono } from 'hono';
  const app = new Hono();
  app.get('/filter', (c) => {
>   const pattern = RegExp('^' + c.req.query('start'));
    return c.json(words.filter((word) => pattern.test(word)));
  });`,
      },
    ],
    good: [
      {
        path: 'src/search.js',
        code: `
  import escapeStringRegexp from 'escape-string-regexp';
  export const search = (req, res) => {
    const wanted = new RegExp(escapeStringRegexp(req.query.term), 'i');
    res.json(titles.filter((title) => wanted.test(title)));
  };`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['regex'], 'becomes the pattern of');
  },
});
