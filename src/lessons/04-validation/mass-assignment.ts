import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Whole request objects written to a database. */
export const massAssignment = defineRule({
  id: 'mass-assignment',
  lesson: 4,
  severity: 'error',
  summary: 'A whole request object is written to the database: name the fields that a client may set.',
  why: 'The client decides which keys an object has. `{ "role": "admin" }` or `{ "balance": 1000000 }` beside the fields of your form is written like the rest, and each column added later is writable from outside on the day it exists.',
  fix: 'Parse the body with a schema that knows only the allowed fields, or pick them one by one.',
  examples: {
    bad: [
      {
        path: 'src/members.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function create(req, res) {
>   res.json(await prisma.member.create({ data: req.body }));
  }`,
      },
      {
        path: 'src/orders.js',
        code: `
  import { Order } from './order.js';
  export const update = async (req, res) => {
>   await Order.update({ ...req.body }, { where: { id: req.params.id } });
    res.sendStatus(204);
  };`,
      },
      {
        path: 'src/notes.ts',
        code: `
  import { Hono } from 'hono';
  import { drizzle } from 'drizzle-orm/node-postgres';
  const db = drizzle(process.env.DATABASE_URL);
  const app = new Hono();
  app.post('/notes', async (c) => {
>   await db.insert(notes).values(await c.req.json());
    return c.body(null, 201);
  });`,
      },
    ],
    good: [
      {
        path: 'src/members.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function create(req, res) {
    const { name, mail } = req.body;
    res.json(await prisma.member.create({ data: { name: String(name), mail: String(mail) } }));
  }`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import { z } from 'zod';
  import { Order } from './order.js';
  const Change = z.object({ note: z.string().max(500) });
  export const update = async (req, res) => {
    await Order.update(Change.parse(req.body), { where: { id: req.params.id } });
    res.sendStatus(204);
  };`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['write'], 'is written as a whole by');
  },
});
