import { defineRule } from '../define-rule.ts';

/** Transactions whose statements may go over different connections. */
export const transactionOnPool = defineRule({
  id: 'transaction-on-pool',
  lesson: 1,
  severity: 'error',
  summary: 'Each statement given to the pool may take another connection: run the transaction on one client.',
  why: '`BEGIN` opens a transaction on one connection, the next statement may run on another, outside of it, and `COMMIT` on a third. Under load nothing is atomic, and the first connection keeps its locks until it is closed.',
  fix: 'Take a client with `pool.connect()`, run all statements on it, and release it in `finally`; or use the library’s transaction function.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function archive(id: string) {
>   await pool.query('BEGIN');
>   await pool.query('INSERT INTO archive SELECT id FROM orders WHERE id = $1', [id]);
>   await pool.query('COMMIT');
  }`,
      },
      {
        path: 'src/stock.js',
        code: `
  const mysql = require('mysql2/promise');
  const db = mysql.createPool(process.env.DATABASE_URL);
  exports.take = async (id) => {
>   await db.query('START TRANSACTION');
    await db.query('UPDATE stock SET amount = amount - 1 WHERE id = ?', [id]);
  };`,
      },
      {
        path: 'src/repository.ts',
        code: `
  import pg from 'pg';
  export class Repository {
    private readonly pool = new pg.Pool();
    async begin() {
>     await this.pool.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import { Client, Pool } from 'pg';
  const pool = new Pool();
  const alone = new Client();
  export async function archive(id: string) {
    await alone.query('BEGIN');
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('INSERT INTO archive SELECT id FROM orders WHERE id = $1', [id]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    await pool.query('SELECT ended_at, beginning_balance FROM ledger');
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { line, endLine, statement } of code.poolTransactions)
      yield {
        line,
        endLine,
        because: `\`${statement.split(/\s/)[0]}\` goes to the pool, not to one of its connections.`,
      };
  },
});
