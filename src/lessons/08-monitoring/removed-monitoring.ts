import { defineRule } from '../define-rule.ts';

/** What watched the program and is taken away by a change: reports, health routes, metrics, and what sets them up. */
export const removedMonitoring = defineRule({
  id: 'removed-monitoring',
  lesson: 8,
  severity: 'warning',
  summary:
    'The change removes a report, a health route, a metric or what sets them up: keep it, or say what watches this now.',
  why: 'Nobody notices the alarm that no longer rings. The next failure here is found by customers, and a health route that is gone makes the load balancer take every instance out, or none.',
  fix: 'Keep the call, or move it to the wrapper that all these paths go through. Change the probe’s path together with the route, and the alarms together with the metric.',
  examples: {
    bad: [
      {
        path: 'src/payout.ts',
        before: `
  import * as Sentry from '@sentry/node';
  export async function payOut(order) {
    try {
      await send(order);
    } catch (error) {
>     Sentry.captureException(error);
      log.warn({ error }, 'payout failed');
    }
  }`,
        code: `
  export async function payOut(order) {
    try {
      await send(order);
    } catch (error) {
      log.warn({ error }, 'payout failed');
    }
  }`,
      },
      {
        path: 'src/server.js',
        before: `
  import express from 'express';
  const app = express();
> app.get('/healthz', (req, res) => res.sendStatus(200));
  app.get('/orders', list);`,
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders', list);`,
      },
      {
        path: 'src/main.ts',
        before: `
  import Fastify from 'fastify';
  import * as Sentry from '@sentry/node';
> Sentry.init({ dsn: process.env.SENTRY_DSN });
  const app = Fastify();
> Sentry.setupFastifyErrorHandler(app);`,
        code: `
  import Fastify from 'fastify';
  const app = Fastify();`,
      },
      {
        path: 'src/invoices.ts',
        before: `
  import { Counter } from 'prom-client';
> const failed = new Counter({ name: 'invoices_failed_total', help: 'failed invoices' });
  export function onFailed(error) {
    failed.inc();
    log.error({ error }, 'invoice failed');
  }`,
        code: `
  export function onFailed(error) {
    log.error({ error }, 'invoice failed');
  }`,
      },
    ],
    good: [
      {
        path: 'src/main.ts',
        context: { 'src/instrument.ts': 'Sentry.init({ dsn: config.dsn });' },
        before: `
  import * as Sentry from '@sentry/node';
  import { app } from './app.ts';
  Sentry.init({ dsn: process.env.SENTRY_DSN });
  app.listen(3000);`,
        code: `
  import './instrument.ts';
  import { app } from './app.ts';
  app.listen(3000);`,
      },
      {
        path: 'src/tracing.ts',
        before: `
  import tracer from 'dd-trace';
  tracer.init({ service: 'shop' });`,
        code: `
  import { NodeSDK } from '@opentelemetry/sdk-node';
  new NodeSDK({ serviceName: 'shop' }).start();`,
      },
      {
        path: 'src/payout.ts',
        before: `
  export async function payOut(order) {
    try {
      await send(order);
    } catch (error) {
      captureException(error);
    }
  }`,
        code: `
  export async function payOut(order) {
    try {
      await send(order);
    } catch (error) {
      fail(error);
    }
  }
  function fail(error) {
    captureException(error);
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { line, what, of } of code?.observability.removed ?? []) {
      const because = {
        report: `\`${of}\` is no longer called here, and the function still catches.`,
        'health-route': `\`${of}\` answered health checks.`,
        'set-up': `\`${of}\` is gone, and no file in sight does it instead.`,
        metric: `\`${of}\` is no longer counted, and alarms that ask for it stay silent.`,
      }[what];
      yield { line, side: 'before', because };
    }
  },
});
