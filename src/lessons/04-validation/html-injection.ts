import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Markup built from a request. */
export const htmlInjection = defineRule({
  id: 'html-injection',
  lesson: 4,
  severity: 'error',
  summary: 'Input is written into markup that is sent back: escape it, or render a template that does.',
  why: 'A script in the input runs in the visitor’s browser with your domain’s cookies and rights. One link to the page is enough to make it happen to somebody else.',
  fix: 'Answer with JSON, or render a template that escapes by default and put the value there.',
  examples: {
    bad: [
      {
        path: 'src/hello.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/hello', (req, res) => {
>   res.send('<h1>Hello ' + req.query.name + '</h1>');
  });`,
      },
      {
        path: 'src/page.js',
        code: `
  import Fastify from 'fastify';
  const app = Fastify();
  app.get('/page', (request, reply) => {
>   reply.send(\`<p>\${request.query.text}</p>\`);
  });`,
      },
      {
        path: 'src/server.js',
        code: `
  import http from 'node:http';
  http.createServer((req, res) => {
>   res.end('<p>No page ' + req.url + '</p>');
  });`,
      },
    ],
    good: [
      {
        path: 'src/hello.js',
        code: `
  import escapeHtml from 'escape-html';
  export const hello = (req, res) => res.send('<h1>Hello ' + escapeHtml(req.query.name) + '</h1>');`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['html'], 'is written into the markup of');
  },
});
