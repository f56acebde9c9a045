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
        path: 'src/invoices.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.get('/invoices', async (req, res) => {
    const { size, page = 1 } = req.query;
    const take = +size || 20;
>   const rows = await prisma.invoice.findMany({
>     skip: (page - 1) * take,
>     take,
>   });
    res.json(rows);
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
      {
        path: 'src/users.js',
        code: `
  const { User } = require('./models');
  exports.list = async (req, res) => {
    let limit = parseInt(req.query.limit, 10) || 20;
    if (limit > 100) limit = 100;
    res.json(await User.findAll({ limit, offset: 0 }));
  };
  exports.some = async (req, res) => {
    const { size } = req.query;
    if (!(size <= 100)) return res.status(400).json({ error: 'size is at most 100' });
    res.json(await User.findAll({ limit: Number(size) }));
  };`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    const asked = code.flows.filter(({ kind, certainty }) => kind === 'rows' && certainty === 'request');
    for (const { limit, line, endLine, model, verb, handler, explained, repair } of code.dataCalls) {
      const flow = limit === 'unknown' && asked.find((one) => one.line >= line && one.line <= endLine);
      if ((limit !== 'input' && !flow) || explained) continue;
      if (handler !== undefined && code.handlers[handler]?.validatedBy) continue;
      yield {
        line,
        endLine,
        because: `The limit of \`${model && model !== verb ? `${model}.` : ''}${verb}\` comes from the request, and nothing in sight bounds it.`,
        ...(repair ? { fix: repair } : {}),
      };
    }
  },
});
