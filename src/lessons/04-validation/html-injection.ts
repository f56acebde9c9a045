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
      {
        path: 'src/status.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders/:id', (req, res) => {
>   res.status(404).send('No order ' + req.params.id);
  });`,
      },
      {
        path: 'src/greeting.ts',
        code: `
  import { Hono } from 'hono';
  const app = new Hono();
> app.get('/greeting', (c) => c.html('<h1>Hello ' + c.req.query('name') + '</h1>'));`,
      },
      {
        path: 'src/app/search/route.ts',
        code: `
  export async function GET(request: Request) {
>   const term = new URL(request.url).searchParams.get('term');
>   return new Response(\`<p>Nothing found for \${term}</p>\`, { headers: { 'Content-Type': 'text/html' } });
  }`,
      },
      {
        path: 'src/profile.js',
        code: `
  import Koa from 'koa';
  const app = new Koa();
  app.use(async (ctx) => {
>   ctx.body = \`<h1>\${ctx.query.name}</h1>\`;
  });`,
      },
    ],
    good: [
      {
        path: 'src/status.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders/:id', (req, res) => {
    res.status(404).json({ error: 'No order ' + req.params.id });
  });
  app.get('/parcels/:id', (req, res) => {
    res.type('text/plain').status(404).send('No parcel ' + req.params.id);
  });`,
      },
      {
        path: 'src/hello.js',
        code: `
  import escapeHtml from 'escape-html';
  export const hello = (req, res) => res.send('<h1>Hello ' + escapeHtml(req.query.name) + '</h1>');`,
      },
    ],
  },
  *check(facts) {
    // A link, and the form of another page, send GET and POST only.
    yield* flowMatches(facts, ['html'], 'is written into the markup of', ({ handler }, { handlers }) =>
      handler !== undefined && /^(?:PUT|PATCH|DELETE)$/.test(handlers[handler]?.method ?? '') ? 'none' : undefined,
    );
  },
});
