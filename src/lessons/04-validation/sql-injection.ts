import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Values written into the text of a statement. */
export const sqlInjection = defineRule({
  id: 'sql-injection',
  lesson: 4,
  severity: 'error',
  summary: 'A value is written into the text of an SQL statement: pass it as a parameter instead.',
  why: 'A database cannot tell the statement you meant from the one a quote in the value turns it into: one input reads every row, the next one drops the table. Escaping by hand fails at the first encoding nobody thought of. A bound parameter is never parsed as SQL, and the server can reuse the plan.',
  fix: 'Write a placeholder (`$1`, `?`, `:name`) and pass the value beside the text, or use the tagged template of your library. Names of tables and columns and sort directions cannot be bound: choose them from a list of your own.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function findOrders(req, res) {
>   const { rows } = await pool.query(\`SELECT id FROM orders WHERE buyer = '\${req.query.buyer}'\`);
    res.json(rows);
  }`,
      },
      {
        path: 'src/members.ts',
        code: `
  import mysql from 'mysql2/promise';
  const connection = await mysql.createConnection(process.env.DATABASE_URL);
  export function memberByMail(mail: string) {
>   return connection.execute("SELECT id FROM members WHERE mail = '" + mail + "'");
  }`,
      },
      {
        path: 'src/search.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function POST(request: Request) {
>   const { term } = await request.json();
>   return Response.json(await prisma.$queryRawUnsafe(\`SELECT id FROM parcels WHERE title LIKE '%\${term}%'\`));
  }`,
      },
      {
        path: 'src/stock.ts',
        code: `
  import knex from 'knex';
  const db = knex({ client: 'pg' });
  export const byShelf = (shelf: string) =>
>   db('stock').whereRaw('shelf = ' + shelf);`,
      },
    ],
    good: [
      {
        path: 'src/reports.ts',
        code: `
  import express from 'express';
  import { z } from 'zod';
  import { pool } from './db';
  const app = express();
  const Page = z.object({ sort: z.enum(['name', 'created_at']), dir: z.enum(['asc', 'desc']).default('asc') });
  app.get('/reports', async (req, res) => {
    const { sort, dir } = Page.parse(req.query);
    const { rows } = await pool.query(\`SELECT id, name FROM reports ORDER BY \${sort} \${dir} LIMIT 100\`);
    res.json(rows);
  });`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  const columns = { newest: 'created_at', dearest: 'total' };
  export async function findOrders(req, res) {
    const order = columns[req.query.sort] ?? columns.newest;
    const { rows } = await pool.query(\`SELECT id FROM orders WHERE buyer = $1 ORDER BY \${order}\`, [req.query.buyer]);
    res.json(rows);
  }`,
      },
      {
        path: 'src/stock.ts',
        code: `
  import { sql } from 'drizzle-orm';
  export const byShelf = (db, shelf: string) => db.execute(sql\`SELECT id FROM stock WHERE shelf = \${shelf}\`);`,
      },
      {
        path: 'src/batch.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export function byIds(ids: string[]) {
    const places = ids.map((_, i) => '$' + (i + 1)).join(', ');
    return pool.query(\`SELECT id FROM orders WHERE id IN (\${places})\`, ids);
  }`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['sql', 'identifier'], 'is written into the text of');
  },
});
