import { defineRule } from '../define-rule.ts';

/** Connections taken for a single statement. */
export const connectionForOneQuery = defineRule({
  id: 'connection-for-one-query',
  lesson: 1,
  severity: 'notice',
  summary: 'A connection is taken for one statement: `pool.query` does that, and always gives it back.',
  why: 'Every manual checkout is a place where a connection can be lost, and it holds the connection longer than the statement needs. The pool’s own `query` takes, asks and releases, also when the statement fails.',
  fix: 'Call `pool.query(…)`. Take a connection only for what needs the same one twice: a transaction, a lock, a setting, a cursor.',
  examples: {
    bad: [
      {
        path: 'src/settings.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function settings(tenant: string) {
>   const client = await pool.connect();
>   try {
>     const { rows } = await client.query('SELECT key, value FROM settings WHERE tenant = $1', [tenant]);
>     return rows;
>   } finally {
>     client.release();
    }
  }`,
      },
      {
        path: 'src/stock.js',
        code: `
  const mysql = require('mysql2/promise');
  const pool = mysql.createPool(process.env.DATABASE_URL);
  exports.stock = async (id) => {
>   const connection = await pool.getConnection();
>   try {
>     return await connection.execute('SELECT amount FROM stock WHERE id = ?', [id]);
>   } finally {
>     connection.release();
    }
  };`,
      },
    ],
    good: [
      {
        path: 'src/settings.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function settings(tenant: string) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('UPDATE settings SET seen = now() WHERE tenant = $1', [tenant]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    return pool.query('SELECT key FROM settings WHERE tenant = $1', [tenant]);
  }
  export async function lock(key: number) {
    const client = await pool.connect();
    try {
      await client.query('SELECT pg_advisory_lock($1)', [key]);
    } finally {
      client.release();
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { singleQuery, line, lastLine, endLine, escapes, of, explained } of code.leases)
      if (singleQuery !== undefined && !escapes && !explained)
        yield {
          line,
          endLine: Math.max(endLine, lastLine ?? line),
          because: `\`${singleQuery.split(/\s/)[0]} …\` is all that \`${of}\` is used for.`,
        };
  },
});
