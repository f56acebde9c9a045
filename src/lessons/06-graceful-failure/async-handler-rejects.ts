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
      {
        path: 'src/items.js',
        context: { 'package.json': '{"dependencies":{"express":"^4.21.0"}}' },
        code: `
  const express = require('express');
  const { routes } = require('./routes');
  const router = express.Router();
  async function list(req, res) {
    res.json(await store.list());
  }
  router.get('/items', routes.catching(list));
  router.post('/items', routes.catching(async (req, res) => {
    res.json(await store.add(req.body));
  }));
  exports.remove = async (req, res) => {
    res.json(await store.remove(req.params.id));
  };`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    const because = 'This is the first wait of the handler outside any `try`, and package.json asks for Express 4.';
    for (const { line, endLine, explained } of code.handlerRejections) if (!explained) yield { line, endLine, because };
  },
});
