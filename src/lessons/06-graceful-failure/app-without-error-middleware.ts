import { defineRule } from '../define-rule.ts';

/** New Express and Koa apps where nobody decides what becomes of an error. */
export const appWithoutErrorMiddleware = defineRule({
  id: 'app-without-error-middleware',
  lesson: 6,
  severity: 'notice',
  summary:
    'The new app has no error middleware: add one, last, that logs the error and answers with a code of your own.',
  why: 'What a route throws goes to the framework’s own handler. Express sends the stack to the client unless NODE_ENV says production, as an HTML page to somebody who asked for JSON; both print to stderr, past your logger, with no request id and no alarm.',
  fix: 'Express: `app.use((err, req, res, next) => …)` with four parameters, after all routes. Koa: a first middleware with `try { await next(); } catch (err) { … }`, and `app.on("error", …)` for the log.',
  examples: {
    bad: [
      {
        path: 'src/server.ts',
        code: `
  import express from 'express';
> const app = express();
  app.get('/orders', list);
  app.listen(3000);`,
      },
      {
        path: 'src/koa.js',
        code: `
  const Koa = require('koa');
  const router = require('./router');
> const app = new Koa();
  app.use(router.routes());
  app.listen(3000);`,
      },
      {
        path: 'src/http.js',
        code: `
  const http = require('http');
  const express = require('express');
> const app = express();
  app.use('/orders', require('./orders'));
  http.createServer(app).listen(3000);`,
      },
    ],
    good: [
      {
        path: 'src/server.ts',
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders', list);
  app.use((err, req, res, next) => {
    req.log.error({ err }, 'request failed');
    res.status(500).json({ code: 'internal' });
  });
  app.listen(3000);`,
      },
      {
        path: 'src/koa.js',
        code: `
  const Koa = require('koa');
  const app = new Koa();
  app.use(async (ctx, next) => {
    try {
      await next();
    } catch (err) {
      ctx.status = err.status ?? 500;
      ctx.app.emit('error', err, ctx);
    }
  });
  app.use(require('./router').routes());
  app.listen(3000);`,
      },
      {
        path: 'src/other.ts',
        code: `
  import express from 'express';
  import { register } from './register.ts';
  const app = express();
  register(app);
  app.listen(3000);`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser || file.status !== 'added') return;
    for (const { bareApp, explained } of code.servers)
      if (bareApp !== undefined && !explained)
        yield {
          line: bareApp,
          because: 'Nothing that the app uses takes an error, and the app is given to nobody else who could add it.',
        };
  },
});
