import { defineRule } from '../define-rule.ts';

/** Reports of errors and health routes that a change takes away. */
export const removedMonitoring = defineRule({
  id: 'removed-monitoring',
  lesson: 8,
  severity: 'warning',
  summary: 'The change removes a report of errors or a health route: keep it, or say what watches this now.',
  why: 'Nobody notices the alarm that no longer rings. The next failure here is found by customers, and a health route that is gone makes the load balancer take every instance out, or none.',
  fix: 'Keep the call, or move it to the wrapper that all these paths go through. Change the probe’s path together with the route.',
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
    ],
    good: [
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
      const because =
        what === 'report'
          ? `\`${of}\` is no longer called here, and the function still catches.`
          : `\`${of}\` answered health checks.`;
      yield { line, side: 'before', because };
    }
  },
});
