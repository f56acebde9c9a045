import type { Catch } from '../../facts/code.ts';
import type { Severity } from '../../review/types.ts';
import { defineRule } from '../define-rule.ts';

/** Errors that are caught and lost. */
export const swallowedError = defineRule({
  id: 'swallowed-error',
  lesson: 2,
  severity: 'warning',
  summary: 'An error is caught and nothing is done with it: log it with its context, or let it go on.',
  why: 'The moment something breaks, this is the only place that knows. An empty catch turns a broken payment into silence, and the first report comes from a customer, without a stack.',
  fix: 'Log the error as a field (`log.error({ err, orderId }, "charge failed")`) and rethrow, or return a fallback and say in a comment why the failure does not matter.',
  examples: {
    bad: [
      {
        path: 'src/summary.js',
        code: `
  export async function summary(req, res) {
    try {
      res.json(await totals(req.params.month));
>   } catch (error) {
>     res.status(500).json({ error: 'no summary' });
>   }
  }`,
      },
      {
        path: 'src/pay.ts',
        code: `
  export async function pay(order) {
    try {
      await charge(order);
>   } catch (error) {}
  }`,
      },
      {
        path: 'src/sync.js',
        code: `
  export async function sync(api) {
>   await api.push('x').catch(() => {});
  }`,
      },
      {
        path: 'src/access.ts',
        code: `
  export async function isAllowed(user, page) {
    try {
      return await policy.ask(user, page);
>   } catch (error) {
>     return true;
>   }
  }`,
      },
      {
        path: 'src/route.js',
        code: `
  module.exports = (req, res, next) => {
    try {
      charge(req.body);
>   } catch (error) {
>     next();
>   }
  };`,
      },
      {
        path: 'src/charge.ts',
        code: `
  import Stripe from 'stripe';
  const stripe = new Stripe(process.env.STRIPE_KEY ?? '');
  export async function charge(order: Order) {
    try {
      await stripe.paymentIntents.create({ amount: order.total, currency: 'eur' });
>   } catch (error) {
>     return { paid: false };
>   }
    return { paid: true };
  }`,
      },
    ],
    good: [
      {
        path: 'src/session.js',
        code: `
  export async function session(req, res, next) {
    try {
      req.session = await sessions.of(req.cookies.session);
      next();
    } catch (error) {
      res.status(401).json({ error: 'signed out' });
    }
  }`,
      },
      {
        path: 'src/charge.ts',
        code: `
  import Stripe from 'stripe';
  const stripe = new Stripe(process.env.STRIPE_KEY ?? '');
  export async function charge(order: Order) {
    try {
      await stripe.paymentIntents.create({ amount: order.total, currency: 'eur' });
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError) return { paid: false };
      throw error;
    }
    return { paid: true };
  }`,
      },
      {
        path: 'src/worker.ts',
        code: `
  export class Worker {
    #starting?: Promise<void>;
    async stop() {
      await this.#starting?.catch(() => {});
      const client = await this.pool.connect();
      try {
        await work(client);
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        await client.rollback().catch(() => {});
        throw error;
      }
    }
    async first(query) {
      const statement = this.run(query);
      statement.catch(() => {});
      return Promise.race([statement, this.lost]);
    }
  }`,
      },
      {
        path: 'src/pay.ts',
        code: `
  export async function pay(order) {
    try {
      await charge(order);
    } catch (error) {
      log.error({ error }, 'charge failed');
    }
    try {
      return JSON.parse(order.note);
    } catch {}
    try {
      await warm();
    } catch {
      // the cache is only an optimisation
    }
  }
  export function isHost(text) {
    try {
      return new URL(text).hostname === 'example.com';
    } catch (error) {
      return false;
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const one of code.catches) {
      const lost = lossOf(one);
      // Whoever runs a command sees what it did not do.
      const severity = code.terminal && lost?.severity !== 'error' ? { severity: 'notice' as const } : {};
      if (lost && !one.explained) yield { line: one.line, endLine: one.endLine, ...lost, ...severity };
    }
  },
});

function lossOf({
  does,
  usesError,
  commented,
  guards,
  opens,
  form,
  inCatch,
  admits,
}: Catch): { because: string; severity?: Severity } | undefined {
  if (commented || usesError) return undefined;
  if (opens) return { because: 'The check answers yes when it could not be made.', severity: 'error' };
  if (guards.includes('probe') || guards.includes('held')) return undefined;
  if (does.some((one) => /^(?:rethrows|logs|reports)$/.test(one))) return undefined;
  if (does.includes('answers'))
    return admits
      ? { because: 'The client learns that the server failed, and nobody learns why: the error goes into no log.' }
      : undefined;
  if (does.includes('nothing')) {
    // What is tidied up after a failure may fail as well: the first error is the one to tell.
    if (form === 'callback' && inCatch)
      return { because: 'A failure on the way out of another one goes without a word.', severity: 'notice' };
    if (form === 'clause')
      return {
        because: 'The handler is empty and no comment says why.',
        ...(guards.includes('attempt') ? { severity: 'notice' as const } : {}),
      };
    return {
      because: 'The callback of `catch` does nothing and no comment says why.',
      ...(guards.includes('attempt') ? { severity: 'notice' as const } : {}),
    };
  }
  // `catch { return fallback; }` is often meant; the error is lost all the same.
  if (does.includes('returns'))
    return guards.includes('payment')
      ? {
          because:
            'Money moves here, and nobody will read why it did not: a declined card and a wrong key look the same.',
        }
      : undefined;
  return { because: 'The handler goes on without looking at the error, and says nothing of it.', severity: 'notice' };
}
