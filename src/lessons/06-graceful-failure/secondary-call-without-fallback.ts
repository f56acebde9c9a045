import { defineRule } from '../define-rule.ts';

const roles = {
  chat: 'only tells people in a chat',
  mail: 'only tells of what is stored by then',
  analytics: 'only counts',
  search: 'only copies into a search index what the database has',
  cache: 'looks into a cache, what it looks for is in the database too',
} as const;

/** Requests that fail because nobody could be told of them. */
export const secondaryCallWithoutFallback = defineRule({
  id: 'secondary-call-without-fallback',
  lesson: 6,
  severity: 'warning',
  summary:
    'A service that the answer does not need can fail the request here: catch its failure, or hand it to a queue.',
  why: 'The order is stored, then the chat that should announce it is down, and the customer reads “error” and orders again. Each service on the way multiplies its outages into yours, and those nobody would miss are never worth it.',
  fix: 'Catch and log beside the call (`.catch((err) => log.warn({ err }, "…"))`), give it a short timeout, or store a job. Of `Promise.all` take such calls out, or use `Promise.allSettled`.',
  examples: {
    bad: [
      {
        path: 'src/bookings.ts',
        code: `
  import Fastify from 'fastify';
  import { PrismaClient } from '@prisma/client';
  import { Resend } from 'resend';
  const prisma = new PrismaClient();
  const resend = new Resend(process.env.RESEND_KEY);
  const app = Fastify();
  app.post('/bookings', async (request) => {
    const booking = await prisma.booking.create({ data: { seat: Number(request.body.seat) } });
>   await resend.emails.send({ from: 'a@shop.example', to: request.user.email, subject: 'Booked', text: booking.id });
    return { id: booking.id };
  });`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { IncomingWebhook } from '@slack/webhook';
  const sales = new IncomingWebhook(process.env.SLACK_WEBHOOK_URL ?? '');
  const app = express();
  app.post('/orders', async (req, res) => {
    const order = await store(req.body);
>   await sales.send(\`order \${order.id}\`);
    res.status(201).json(order);
  });`,
      },
      {
        path: 'app/api/accounts/route.ts',
        code: `
  export async function POST(request: Request) {
    const account = await create(await request.json());
>   await fetch(process.env.DISCORD_WEBHOOK!, {
      method: 'POST',
      body: JSON.stringify({ content: account.name }),
      signal: AbortSignal.timeout(1000),
    });
    return Response.json(account);
  }`,
      },
      {
        path: 'src/trips.ts',
        code: `
  import Fastify from 'fastify';
  import { PostHog } from 'posthog-node';
  const posthog = new PostHog(process.env.POSTHOG_KEY ?? '');
  const app = Fastify();
  app.post('/trips', async (request) => {
    const [trip] = await Promise.all([
      book(request.body),
>     posthog.captureImmediate({ distinctId: request.user.id, event: 'booked' }),
    ]);
    await confirm(trip);
    return trip;
  });`,
      },
      {
        path: 'src/products.ts',
        code: `
  import express from 'express';
  import { Client } from '@elastic/elasticsearch';
  import Redis from 'ioredis';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const elastic = new Client({ node: process.env.ELASTIC_URL, requestTimeout: 2000 });
  const redis = new Redis(process.env.REDIS_URL, { commandTimeout: 500 });
  const app = express();
  app.put('/products/:id', async (req, res) => {
    const product = await prisma.product.update({ where: { id: req.params.id }, data: renamed(req.body) });
>   await elastic.index({ index: 'products', id: product.id, document: product });
    res.json(product);
  });
  app.get('/products/:id', async (req, res) => {
    const key = \`product:\${req.params.id}\`;
>   const known = await redis.get(key);
    if (known) return res.json(JSON.parse(known));
    const product = await prisma.product.findUnique({ where: { id: req.params.id } });
    await redis.set(key, JSON.stringify(product), 'EX', 60);
    res.json(product);
  });`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { IncomingWebhook } from '@slack/webhook';
  import Redis from 'ioredis';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const redis = new Redis(process.env.REDIS_URL, { commandTimeout: 500 });
  redis.on('error', (err) => console.error(err));
  const sales = new IncomingWebhook(process.env.SLACK_WEBHOOK_URL ?? '');
  const app = express();
  app.post('/orders', async (req, res) => {
    const order = await store(req.body);
    await sales.send(\`order \${order.id}\`).catch((err) => req.log.warn({ err }, 'not announced'));
    try {
      await sales.send('again');
    } catch (err) {
      req.log.warn({ err }, 'not announced');
    }
    res.status(201).json(order);
  });
  app.get('/orders/:id', async (req, res) => {
    const known = await redis.get(req.params.id).catch(() => null);
    if (known) return res.json(JSON.parse(known));
    const order = await prisma.order.findUnique({ where: { id: req.params.id } });
    redis.set(req.params.id, JSON.stringify(order), 'EX', 60).catch((err) => req.log.warn({ err }, 'not kept'));
    res.json(order);
  });
  app.post('/announce', async (req, res) => {
    await sales.send(req.body.text);
    res.sendStatus(204);
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { service, of, handler, line, endLine, explained } of code.secondaryCalls) {
      const path = handler === undefined ? '' : (code.handlers[handler]?.path ?? '');
      // A route that is there to tell somebody may fail when nobody can be told.
      if (
        explained ||
        /slack|discord|telegram|notif|contact|feedback|support|track|analytic|event|test|search|reindex/i.test(path)
      )
        continue;
      if (
        service === 'mail' &&
        /reset|forgot|password|verif|invit|magic|otp|code|mail|message|send|letter|subscri/i.test(path)
      )
        continue;
      yield { line, endLine, because: `\`${of}\` ${roles[service]}, and when it fails the whole request does.` };
    }
  },
});
