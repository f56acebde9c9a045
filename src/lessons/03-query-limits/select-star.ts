import { defineRule } from '../define-rule.ts';

/** All columns, whatever there are. */
export const selectStar = defineRule({
  id: 'select-star',
  lesson: 3,
  severity: 'notice',
  summary: 'The query reads every column, also those that are added later: name the ones that are used.',
  why: 'A star reads what nobody needs: the note of forty kilobytes, the password hash that then stands in an answer. An index that holds the wanted columns cannot serve it, and the next migration changes the result of code that nobody touched.',
  fix: 'List the columns. Where all are meant, a view says so in one place.',
  examples: {
    bad: [
      {
        path: 'src/audit.ts',
        code: `
  import pg from 'pg';
  const pool = new pg.Pool();
  export const trail = (actor: string) =>
>   pool.query('SELECT * FROM audit WHERE actor = $1', [actor]);`,
      },
      {
        path: 'src/orders.js',
        code: `
  const mysql = require('mysql2/promise');
  const pool = mysql.createPool(process.env.DATABASE_URL);
  exports.open = () =>
>   pool.execute('SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id');`,
      },
      {
        path: 'src/users.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export const user = (id: string) =>
>   prisma.$queryRaw\`SELECT * FROM users WHERE id = \${id}\`;`,
      },
    ],
    good: [
      {
        path: 'src/audit.ts',
        code: `
  import pg from 'pg';
  const pool = new pg.Pool();
  export async function counts() {
    await pool.query('SELECT count(*) AS n FROM audit');
    await pool.query('SELECT id FROM users u WHERE EXISTS (SELECT * FROM orders o WHERE o.buyer = u.id)');
    await pool.query('INSERT INTO audit (note) VALUES ($1) RETURNING *', ['SELECT * FROM x']);
    await pool.query('SELECT * FROM unnest($1::int[])', [[1, 2]]);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { does, sql, evidence, line, endLine, sqlLine } of code.dataCalls) {
      if (does !== 'raw' || sql === undefined || evidence === 'name' || !isStar(sql)) continue;
      yield {
        line: sqlLine ?? line,
        endLine: sqlLine === undefined ? endLine : Math.max(sqlLine, Math.min(endLine, sqlLine)),
        because: 'The statement selects `*`.',
      };
    }
  },
});

/** A star that is selected: not counted, not asked whether it exists, not made by a function. */
function isStar(sql: string): boolean {
  const asked = sql
    .replace(/\bexists\s*\(\s*select\s+\*/gi, ' ')
    .replace(/\bselect\s+\*\s+from\s+(?:unnest|json\w*|generate_series|\w+)\s*\(/gi, ' ');
  return /\bselect\s+(?:(?:all|distinct)\s+)?(?:on\s*\([^)]{0,200}\)\s*)?(?:[\w".]{1,80}\s*,\s*){0,40}(?:[\w"]{1,60}\.)?\*\s*(?:,|from\b)/i.test(
    asked,
  );
}
