import { defineRule } from '../define-rule.ts';

/** Connections that do not go back to their pool on every path. */
export const connectionNotReleased = defineRule({
  id: 'connection-not-released',
  lesson: 1,
  severity: 'error',
  summary: 'What is taken here does not come back on every path: release it in `finally`.',
  why: 'A pool has ten connections. Each error between taking and giving back loses one of them for good; after the tenth every request waits for a connection that nobody holds, and only a restart helps.',
  fix: 'Take it, open a `try` on the next line, and give it back in `finally`. Or let the library do it: `pool.query`, `dataSource.transaction(…)`, `session.withTransaction(…)`, `await using`.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function move(from: string, to: string) {
>   const client = await pool.connect();
    await client.query('UPDATE parts SET shelf = $1 WHERE shelf = $2', [to, from]);
    await client.query('DELETE FROM shelves WHERE id = $1', [from]);
    client.release();
  }`,
      },
      {
        path: 'src/stock.js',
        code: `
  const mysql = require('mysql2/promise');
  const pool = mysql.createPool(process.env.DATABASE_URL);
  exports.count = async () => {
>   const connection = await pool.getConnection();
    const [rows] = await connection.query('SELECT count(*) AS n FROM stock');
    return rows[0].n;
  };`,
      },
      {
        path: 'src/page.ts',
        code: `
  import puppeteer from 'puppeteer';
  export async function title(url: string) {
>   const browser = await puppeteer.launch();
    const page = await browser.newPage();
    await page.goto(url);
    const title = await page.title();
    await browser.close();
    return title;
  }`,
      },
      {
        path: 'src/shelves.ts',
        context: { 'package.json': '{"dependencies":{"pg":"8"}}' },
        code: `
  import { pool } from './pool.ts';
  export const names = (done: (names: string[]) => void) =>
>   pool.connect((error, client) => {
      client.query('SELECT name FROM shelves LIMIT 50', (failure, { rows }) => done(rows));
    });`,
      },
    ],
    good: [
      {
        path: 'src/feed.js',
        code: `
  const pool = require('./pool');
  exports.rows = (done) => {
    pool.getConnection((error, connection) => {
      if (error) return done(error);
      connection.query('SELECT sku FROM stock LIMIT 50', (failure, rows) => {
        connection.release();
        done(failure, rows);
      });
    });
  };
  exports.listen = async (heard) => {
    const client = await pool.connect();
    client.on('notification', heard);
    await client.query('LISTEN stock');
  };`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function move(from: string, to: string) {
    const client = await pool.connect();
    try {
      await client.query('UPDATE parts SET shelf = $1 WHERE shelf = $2', [to, from]);
      await client.query('DELETE FROM shelves WHERE id = $1', [from]);
    } finally {
      client.release();
    }
  }
  export async function open() {
    const client = await pool.connect();
    return client;
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { back, escapes, mayThrowBetween, sure, callback, of, line, endLine, explained } of code.leases) {
      // What a callback does later is hard to follow; that nothing in it gives back is plain.
      if (escapes || (callback && back !== 'never') || !sure || explained || back === 'always') continue;
      if (back === 'sometimes' && !mayThrowBetween) continue;
      yield {
        line,
        endLine: callback ? line : endLine,
        because:
          back === 'never'
            ? `Nothing in the function gives back what \`${of}\` took.`
            : `It is given back after work that may throw: then what \`${of}\` took is lost.`,
      };
    }
  },
});
