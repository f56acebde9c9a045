import { defineRule } from '../define-rule.ts';

/** Promises nobody waits for and nobody catches. */
export const floatingPromise = defineRule({
  id: 'floating-promise',
  lesson: 6,
  severity: 'warning',
  summary: 'Nobody waits for this promise and nobody sees it fail: await it, return it, or give it a `catch`.',
  why: 'Node ends the process on a rejection that nobody handles: one failed write takes down every request in flight. Where a handler keeps the process alive, the error is merely gone, and the answer says that all went well before the work was done.',
  fix: 'Await it in the function that needs its result. Where nobody should wait, say what happens on failure: `.catch((err) => log.error({ err }, "…"))`. Work that must not be lost belongs in a queue.',
  examples: {
    bad: [
      {
        path: 'src/audit.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function signIn(userId: string) {
>   pool.query('INSERT INTO sign_ins (user_id) VALUES ($1)', [userId]);
    return { ok: true };
  }`,
      },
      {
        path: 'src/orders.js',
        code: `
  async function notifyWarehouse(order) {
    const answer = await fetch(process.env.WAREHOUSE_URL, { method: 'POST', body: JSON.stringify(order) });
    if (!answer.ok) throw new Error('warehouse refused');
  }
  export function place(order) {
>   notifyWarehouse(order);
    return order.id;
  }`,
      },
      {
        path: 'src/cache.js',
        code: `
  export function warm(client, key) {
>   client.load(key).then((value) => client.keep(key, value));
  }`,
      },
      {
        path: 'src/places.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export function visited(id: string) {
>   prisma.place.update({ where: { id }, data: { visits: { increment: 1 } } });
  }`,
      },
      {
        path: 'src/stock.js',
        code: `
  module.exports = function (Stock) {
    Stock.recount = async function () {
      await Stock.store.recount();
    };
    setInterval(() => {
>     Stock.recount();
    }, 60_000);
  };`,
      },
      {
        path: 'src/rates.ts',
        code: `
  export class Rates {
    async refresh() {
      this.all = await this.source.load();
    }
    start() {
>     this.timer = setInterval(() => this.refresh(), 60_000);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/audit.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function signIn(userId: string, log: { warn(fields: object, text: string): void }) {
    await pool.query('UPDATE users SET seen_at = now() WHERE id = $1', [userId]);
    pool.query('INSERT INTO sign_ins (user_id) VALUES ($1)', [userId]).catch((err) => log.warn({ err }, 'audit failed'));
    void pool.query('SELECT pg_notify($1, $2)', ['seen', userId]);
  }`,
      },
      {
        path: 'src/orders.js',
        code: `
  async function notifyWarehouse(order) {
    try {
      await fetch(process.env.WAREHOUSE_URL, { method: 'POST', body: JSON.stringify(order) });
    } catch (err) {
      console.error(err);
    }
  }
  export function place(order) {
    notifyWarehouse(order);
    return order.id;
  }`,
      },
      {
        path: 'src/cache.js',
        code: `
  export const warm = (client, key) => client.load(key).then((value) => client.keep(key, value));
  export function touch(client, key) {
    client.load(key).then(
      (value) => client.keep(key, value),
      (error) => client.forget(key, error),
    );
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { kind, line, endLine, of, by, repair, explained } of code.unhandledPromises) {
      if (kind === 'returned' || explained) continue;
      yield { line, endLine, because: because(kind, of, by), ...(repair ? { fix: repair } : {}) };
    }
  },
});

function because(kind: string, of: string, by: string): string {
  if (kind === 'void') return `\`${of}\` is waived with \`void\`, but ${by}.`;
  if (kind === 'forgotten') return `\`${of}\` is kept in a name that nobody reads; ${by}.`;
  return `Nothing takes the result of \`${of}\`: ${by}.`;
}
