import { defineRule } from '../define-rule.ts';

/** Async handlers of Express 4 that may reject. */
export const asyncHandlerRejects = defineRule({
  id: 'async-handler-rejects',
  lesson: 6,
  severity: 'error',
  summary: 'Express 4 does not see this handler reject: catch and call `next`, or wrap the handler.',
  why: 'Express 4 calls a handler and forgets what it returns. When the promise rejects, no error middleware runs, the client waits until its own timeout, and Node may end the process for an unhandled rejection.',
  fix: 'Wrap handlers once (`express-async-handler`, `express-async-errors`), catch inside and call `next(err)`, or move to Express 5, which does it itself.',
  examples: {
    bad: [
      {
        path: 'src/orders.js',
        context: { 'package.json': '{"dependencies":{"express":"^4.21.0"}}' },
        code: `
  const express = require('express');
  const router = express.Router();
  router.get('/orders/:id', async (req, res) => {
>   const order = await orders.find(req.params.id);
    res.json(order);
  });`,
      },
      {
        path: 'src/app.ts',
        context: { 'package.json': '{"dependencies":{"express":"4"}}' },
        code: `
  import express from 'express';
  const app = express();
  async function list(req: express.Request, res: express.Response) {
>   res.json(await store.list());
  }
  app.get('/list', list);`,
      },
    ],
    good: [
      {
        path: 'src/orders.js',
        context: { 'package.json': '{"dependencies":{"express":"^5.0.0"}}' },
        code: `
  const express = require('express');
  const router = express.Router();
  router.get('/orders/:id', async (req, res) => {
    res.json(await orders.find(req.params.id));
  });`,
      },
      {
        path: 'src/app.js',
        context: { 'package.json': '{"dependencies":{"express":"^4.21.0"}}' },
        code: `
  const express = require('express');
  const app = express();
  app.get('/list', async (req, res, next) => {
    try {
      res.json(await store.list());
    } catch (error) {
      next(error);
    }
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { line, endLine, registered, explained } of code.handlerRejections) {
      if (explained) continue;
      const because = 'This is the first wait of the handler outside any `try`, and package.json asks for Express 4';
      if (registered) yield { line, endLine, because: `${because}.` };
      else
        yield {
          line,
          endLine,
          because: `${because}. Its registration, which may wrap it, is not here.`,
          severity: 'notice',
        };
    }
  },
});
