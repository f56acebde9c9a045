import { defineRule } from '../define-rule.ts';

/** Both places in one range, as far as a reader takes them in at once. */
const maxRange = 12;

/** Connections that are given back twice. */
export const connectionReleasedTwice = defineRule({
  id: 'connection-released-twice',
  lesson: 1,
  severity: 'error',
  summary: 'The connection is given back twice: give it back once, in `finally`.',
  why: 'After the first release the pool has lent the connection to another request. The second one throws, or takes the connection away from whoever has it now, in the middle of their transaction.',
  fix: 'Keep one `release` in `finally`, and leave the function with `return` after an early one.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function count() {
    const client = await pool.connect();
    try {
      const { rows } = await client.query('SELECT count(*) FROM orders WHERE open');
>     client.release();
>     return rows;
>   } finally {
>     client.release();
    }
  }`,
      },
      {
        path: 'src/legacy.js',
        code: `
  const { Pool } = require('pg');
  const pool = new Pool();
  exports.find = (id, callback) => {
    pool.connect((err, client, done) => {
      if (err) {
>       done(err);
>     }
>     client.query('SELECT id FROM parts WHERE id = $1', [id], (failure, result) => {
>       done();
        callback(failure, result);
      });
    });
  };`,
      },
      {
        path: 'src/each.js',
        code: `
  const mysql = require('mysql2/promise');
  const pool = mysql.createPool({});
  exports.touch = async (ids) => {
    const connection = await pool.getConnection();
    for (const id of ids) {
      await connection.query('UPDATE parts SET seen = now() WHERE id = ?', [id]);
>     connection.release();
    }
  };`,
      },
    ],
    good: [
      {
        path: 'src/legacy.js',
        code: `
  const { Pool } = require('pg');
  const pool = new Pool();
  exports.find = (id, callback) => {
    pool.connect((err, client, done) => {
      if (err) {
        done(err);
        return callback(err);
      }
      client.query('SELECT id FROM parts WHERE id = $1', [id], (failure, result) => {
        done();
        callback(failure, result);
      });
    });
  };`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { twice, of } of code.leases)
      if (twice)
        yield {
          line: twice.second - twice.first <= maxRange ? twice.first : twice.second,
          endLine: twice.second,
          because: `What \`${of}\` gave was already given back on the way here.`,
        };
  },
});
