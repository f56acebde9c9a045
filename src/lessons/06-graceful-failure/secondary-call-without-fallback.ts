import { defineRule } from '../define-rule.ts';

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
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { IncomingWebhook } from '@slack/webhook';
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
      if (explained || /slack|discord|telegram|notif|contact|feedback|support|track|analytic|event|test/i.test(path))
        continue;
      const only = service === 'chat' ? 'only tells people in a chat' : 'only counts';
      yield { line, endLine, because: `\`${of}\` ${only}, and when it fails the whole request does.` };
    }
  },
});
