import { defineRule } from '../define-rule.ts';

/** Memory and turns that a client orders. */
export const sizeFromRequest = defineRule({
  id: 'size-from-request',
  lesson: 1,
  severity: 'error',
  summary: 'The client decides how much memory or how many turns this takes: check the number against a maximum.',
  why: 'One request with a large number allocates gigabytes, or keeps the only thread busy for minutes. It costs the sender nothing, and every other user gets no answer.',
  fix: 'Validate the number (`z.number().int().max(1000)`), or cap it with `Math.min(n, 1000)` before it is used.',
  examples: {
    bad: [
      {
        path: 'src/report.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/blank', (req, res) => {
>   const page = Buffer.alloc(Number(req.body.bytes));
    res.send(page);
  });`,
      },
      {
        path: 'src/slots.ts',
        code: `
  import Fastify from 'fastify';
  const app = Fastify();
  app.get('/slots', async (request) => {
>   return new Array(request.query.count).fill(null);
  });`,
      },
      {
        path: 'src/repeat.ts',
        code: `
  import Koa from 'koa';
  const app = new Koa();
  app.use((ctx) => {
>   ctx.body = '-'.repeat(ctx.query.width);
  });`,
      },
    ],
    good: [
      {
        path: 'src/report.js',
        code: `
  import express from 'express';
  import { z } from 'zod';
  const app = express();
  app.post('/blank', (req, res) => {
    const size = Math.min(Number(req.body.bytes), 4096);
    res.send(Buffer.alloc(size));
  });
  const Query = z.object({ width: z.coerce.number().int().max(80) });
  app.get('/line', (req, res) => res.send('-'.repeat(Query.parse(req.query).width)));
  app.post('/sign', (req, res) => res.send(sign(new Uint8Array(Buffer.from(req.body.text, 'base64')))));
  export const block = Buffer.alloc(1024);`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, certainty, line, endLine, source, sink, explained } of code.flows) {
      if (kind !== 'size' || certainty !== 'request' || explained) continue;
      const what = sink === 'for' ? 'the number of turns' : `the size that \`${sink}\` takes`;
      const text = source.replace(/`/g, "'").replace(/\s+/g, ' ').slice(0, 60);
      yield { line, endLine, because: `\`${text}\`, which the client writes, is ${what}.` };
    }
  },
});
