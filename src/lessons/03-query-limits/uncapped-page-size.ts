import { defineRule } from '../define-rule.ts';

/** The client says how many rows it wants. */
export const uncappedPageSize = defineRule({
  id: 'uncapped-page-size',
  lesson: 3,
  severity: 'warning',
  summary: 'The client alone decides how many rows are read: cap it.',
  why: 'One request with `limit=10000000` reads the table into memory, and everybody else on the process waits for the garbage collector. It takes no attacker: an export script of a customer does it.',
  fix: 'Use `Math.min(limit, 100)`, or a maximum in the schema that validates the query.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.get('/orders', async (req, res) => {
>   res.json(await prisma.order.findMany({ take: Number(req.query.limit) }));
  });`,
      },
      {
        path: 'src/posts.js',
        code: `
  const { Post } = require('./models');
  exports.list = async (req, res) => {
>   res.json(await Post.findAll({ limit: parseInt(req.query.size, 10), offset: 0 }));
  };`,
      },
      {
        path: 'src/parts.js',
        code: `
  import knex from 'knex';
  const db = knex({ client: 'pg' });
  export const list = (req) =>
>   db('parts').select('id').limit(req.query.limit);`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.get('/orders', async (req, res) => {
    const take = Math.min(Number(req.query.limit) || 50, 100);
    res.json(await prisma.order.findMany({ take }));
    res.json(await prisma.order.findMany({ take: Math.min(Number(req.query.limit), 100) }));
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { limit, line, endLine, model, verb, handler, explained } of code.dataCalls) {
      if (limit !== 'input' || explained) continue;
      if (handler !== undefined && code.handlers[handler]?.validatedBy) continue;
      yield {
        line,
        endLine,
        because: `The limit of \`${model && model !== verb ? `${model}.` : ''}${verb}\` comes from the request, and nothing in sight bounds it.`,
      };
    }
  },
});
