import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Response headers whose name, or whose policy, a client writes. */
export const headerInjection = defineRule({
  id: 'header-injection',
  lesson: 4,
  severity: 'warning',
  summary: 'The request writes a response header that protects others: set it from constants.',
  why: 'A header such as `X-Frame-Options` or `Content-Security-Policy` tells browsers what to refuse. If the visitor’s own request writes it, an attacker’s link switches the protection off; if the name of the header is free too, cookies and caches can be set.',
  fix: 'Choose the value from a list in your code. Never take a header’s name from input.',
  examples: {
    bad: [
      {
        path: 'src/frame.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/widget', (req, res) => {
>   res.set('X-Frame-Options', req.query.frame);
    res.send('ok');
  });`,
      },
      {
        path: 'src/policy.js',
        code: `
  import Fastify from 'fastify';
  const app = Fastify();
  app.get('/page', async (request, reply) => {
>   reply.header('Content-Security-Policy', request.query.policy);
    return 'ok';
  });`,
      },
      {
        path: 'src/echo.js',
        code: `
  import http from 'node:http';
  http.createServer((req, res) => {
>   res.setHeader(req.headers['x-name'], '1');
    res.end();
  });`,
      },
    ],
    good: [
      {
        path: 'src/frame.js',
        code: `
  export const widget = (req, res) => {
    res.set('X-Frame-Options', 'SAMEORIGIN');
    res.set('X-Request-Id', String(req.id));
    res.send('ok');
  };`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['header'], 'writes the header set by');
  },
});
