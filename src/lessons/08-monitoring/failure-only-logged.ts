import { defineRule } from '../define-rule.ts';

/** Failures of jobs, schedules and payments that nobody hears of. */
export const failureOnlyLogged = defineRule({
  id: 'failure-only-logged',
  lesson: 8,
  severity: 'warning',
  summary: 'The failure is logged and forgotten: throw it on, or report it to whoever must act.',
  why: 'No user waits for a job and sees it fail. A queue that is told nothing counts the job as done and does not try again; a payment that failed is shipped. The line in the log is read by the one who investigates it, weeks later.',
  fix: 'In a queue’s job log and `throw` again: its retries, its failed set and its alarms work on what is thrown. In a schedule and around a payment report it (`Sentry.captureException`, a metric with an alarm), and keep the state that says what is still to be done.',
  examples: {
    bad: [
      {
        path: 'src/invoices.ts',
        code: `
  import { Worker } from 'bullmq';
  export const createWorker = () =>
    new Worker('invoices', async (job) => {
      try {
        await sendInvoice(job.data.id);
>     } catch (err) {
        logger.error({ err }, 'invoice failed');
      }
    });`,
      },
      {
        path: 'src/nightly.ts',
        context: { 'package.json': '{"dependencies":{"node-cron":"3","@sentry/node":"9"}}' },
        code: `
  import cron from 'node-cron';
  cron.schedule('0 3 * * *', async () => {
    try {
      await closeTheDay();
>   } catch (err) {
      console.error(err);
    }
  });`,
      },
      {
        path: 'src/refunds.ts',
        code: `
  import Stripe from 'stripe';
  const stripe = new Stripe(process.env.STRIPE_KEY ?? '');
  export async function cancel(order: Order) {
    try {
      await stripe.refunds.create({ payment_intent: order.paymentId });
>   } catch (err) {
      log.error({ err }, 'refund failed');
    }
    await order.markCancelled();
  }`,
      },
      {
        path: 'src/hooks.ts',
        code: `
  export async function POST(request: Request) {
    const event = stripe.webhooks.constructEvent(await request.text(), signatureOf(request), secret);
    try {
      await ship(event.data.object.id);
>   } catch (err) {
      console.error('not shipped', err);
    }
    return Response.json({ received: true });
  }`,
      },
    ],
    good: [
      {
        path: 'src/invoices.ts',
        code: `
  import { Worker } from 'bullmq';
  export const createWorker = () =>
    new Worker('invoices', async (job) => {
      try {
        await sendInvoice(job.data.id);
      } catch (err) {
        logger.error({ err }, 'invoice failed');
        throw err;
      }
      for (const item of job.data.items) {
        try {
          await index(item);
        } catch (err) {
          logger.warn({ err }, 'one item is not in the index');
        }
      }
    });`,
      },
      {
        path: 'src/nightly.ts',
        context: { 'package.json': '{"dependencies":{"node-cron":"3","@sentry/node":"9"}}' },
        code: `
  import * as Sentry from '@sentry/node';
  import cron from 'node-cron';
  cron.schedule('0 3 * * *', async () => {
    try {
      await closeTheDay();
    } catch (err) {
      Sentry.captureException(err);
    }
  });`,
      },
      {
        path: 'src/refunds.ts',
        code: `
  import Stripe from 'stripe';
  const stripe = new Stripe(process.env.STRIPE_KEY ?? '');
  export async function cancel(order: Order) {
    try {
      await stripe.refunds.create({ payment_intent: order.paymentId });
    } catch (err) {
      log.error({ err }, 'refund failed');
      await order.markRefundPending();
    }
  }`,
      },
      {
        path: 'src/hooks.ts',
        code: `
  export async function POST(request: Request) {
    const event = stripe.webhooks.constructEvent(await request.text(), signatureOf(request), secret);
    try {
      await ship(event.data.object.id);
    } catch (err) {
      console.error('not shipped', err);
      return new Response('try again', { status: 500 });
    }
    try {
      await sendReceiptMail(event.data.object.id);
    } catch (err) {
      console.error('no receipt', err);
    }
    return Response.json({ received: true });
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { where, of, line, endLine, explained } of code?.observability.forgotten ?? []) {
      if (explained) continue;
      const because = {
        queue: 'The job ends without an error, so its queue counts it as done.',
        schedule: 'This is all of the schedule’s work, and the service that reports errors here is not told.',
        payment: `\`${of}\` moves money, and what follows goes on as if it had.`,
        webhook: `\`${of}\` checked a webhook: its sender hears that all went well, and does not send it again.`,
      }[where];
      yield { line, endLine, because, ...(where === 'schedule' ? { severity: 'notice' as const } : {}) };
    }
  },
});
