import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Loops up to the length of something that need not be a list. */
export const uncheckedList = defineRule({
  id: 'unchecked-list',
  lesson: 4,
  severity: 'warning',
  summary:
    'Nobody looks whether this is a list: `{ "length": 1000000000 }` keeps the loop, and the process, busy for minutes.',
  why: 'JSON carries any object, and a loop asks only for `length`. A body of thirty bytes makes it turn a billion times while no other request is answered; if each turn keeps something, the memory goes first.',
  fix: 'Check `Array.isArray(items)` and a most for `items.length`, or let a schema do both: `z.array(item).max(100)`.',
  examples: {
    bad: [
      {
        path: 'src/import.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/import', (req, res) => {
    const found = [];
>   for (let i = 0; i < req.body.rows.length; i++) {
>     found.push(req.body.rows[i]);
>   }
    res.json({ count: found.length });
  });`,
      },
      {
        path: 'src/pages.ts',
        code: `
  import { Router } from 'express';
  import _ from 'lodash';
  export const router = Router();
  router.post('/pages', (req, res) => {
>   res.json(_.chunk(req.body.items, 20));
  });`,
      },
      {
        path: 'src/tags.js',
        code: `
  module.exports = async function tags(fastify) {
    fastify.post('/tags', async (request) => {
>     const { tags } = request.body;
>     const clean = [];
>     for (let i = 0; i < tags.length; i++) clean.push(String(tags[i]));
      return clean;
    });
  };`,
      },
    ],
    good: [
      {
        path: 'src/import.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/import', (req, res) => {
    const { rows, ids } = req.body;
    if (!Array.isArray(rows) || rows.length > 500) return res.sendStatus(400);
    const found = [];
    for (let i = 0; i < rows.length; i++) found.push(rows[i]);
    for (let i = 0; i < ids.length; i++) if (ids[i] === undefined) throw new Error('no id');
    res.json({ count: found.length, names: req.body.people.map(({ name }) => name) });
  });`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['list'], 'need not be a list, and its length decides how often it turns:');
  },
});
