import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Libraries whose middleware checks a route's input in another file than its handler. */
const validators =
  /^(?:zod|joi|yup|ajv|valibot|superstruct|celebrate|express-validator|express-openapi-validator|class-validator|@hapi\/joi|@sinclair\/typebox|typebox|koa-joi-router|zod-express-middleware|arktype)$/;

/** Fields of a request that are stored, or looked up by, as they came. */
export const unvalidatedInput = defineRule({
  id: 'unvalidated-input',
  lesson: 4,
  severity: 'warning',
  summary: 'Input of the request goes to the database as it came: parse it with a schema first.',
  why: 'A client may leave a field out, send a list, an object or a megabyte of text where you expect a name. `undefined` in a filter matches every row in more than one ORM, an object is an operator to Prisma and MongoDB and part of the statement to mysql, and what is stored once without a check is trusted by every later reader.',
  fix: 'Parse the body or query at the top of the handler (`z.object({ … }).safeParse(req.body)`), answer 400 where it does not fit, and use only what the schema returns. In Fastify put the schema on the route, in Nest use a DTO with a ValidationPipe.',
  examples: {
    bad: [
      {
        path: 'src/members.js',
        code: `
  import express from 'express';
  import { prisma } from './prisma.js';
  const router = express.Router();
  router.post('/members', async (req, res) => {
>   const { name, phone } = req.body;
>   const member = await prisma.member.create({ data: { name, phone, clubId: req.club.id } });
    res.status(201).json({ id: member.id });
  });
  export default router;`,
      },
      {
        path: 'src/reset.ts',
        code: `
  import { Hono } from 'hono';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = new Hono();
  app.post('/reset', async (c) => {
>   const body = await c.req.json();
>   const request = await prisma.resetRequest.findFirst({ where: { code: body.code } });
    return c.json({ known: request !== null });
  });`,
      },
      {
        path: 'src/login.js',
        code: `
  import express from 'express';
  import mysql from 'mysql2/promise';
  const pool = mysql.createPool(process.env.DATABASE_URL);
  const app = express();
  app.post('/login', async (req, res) => {
>   const [rows] = await pool.query('SELECT id FROM staff WHERE badge = ? AND pin = ?', [req.body.badge, req.body.pin]);
    res.json({ ok: rows.length === 1 });
  });`,
      },
      {
        path: 'src/notes.js',
        code: `
  module.exports = async function (fastify) {
    fastify.post('/notes', async (request, reply) => {
>     const note = await Note.create({ text: request.body.text });
      reply.code(201).send({ id: note.id });
    });
  };`,
      },
    ],
    good: [
      {
        path: 'src/members.js',
        code: `
  import express from 'express';
  import { z } from 'zod';
  import { prisma } from './prisma.js';
  const NewMember = z.object({ name: z.string().max(100), phone: z.string().max(20) });
  const router = express.Router();
  router.post('/members', async (req, res) => {
    const { name, phone } = NewMember.parse(req.body);
    const member = await prisma.member.create({ data: { name, phone } });
    res.status(201).json({ id: member.id });
  });`,
      },
      {
        path: 'src/notes.js',
        code: `
  module.exports = async function (fastify) {
    fastify.post('/notes', { schema: { body: { type: 'object', properties: { text: { type: 'string' } } } } }, async (request, reply) => {
      const note = await Note.create({ text: request.body.text });
      reply.code(201).send({ id: note.id });
    });
  };`,
      },
      {
        path: 'src/tags.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/tags', async (req, res) => {
    if (typeof req.body.name !== 'string') return res.status(400).end();
    await Tag.create({ name: req.body.name, weight: Number(req.body.weight) });
    res.status(201).end();
  });
  app.get('/tags/:id', async (req, res) => res.json(await Tag.findByPk(req.params.id)));`,
      },
    ],
  },
  *check(facts) {
    const { code, file, project } = facts;
    if (!code) return;
    const { all } = project.packagesOf(file.path);
    const checkedElsewhere = Object.keys(all).some((name) => validators.test(name));
    const seen = new Set<number>();
    for (const flow of code.flows) {
      const handler = flow.handler === undefined ? undefined : code.handlers[flow.handler];
      if (flow.kind !== 'input' || seen.has(flow.fn) || handler?.framework === 'lambda') continue;
      // Another rule says more of the same call.
      if (code.flows.some(({ kind, line }) => kind !== 'input' && kind !== 'rows' && line === flow.line)) continue;
      const registered = handler !== undefined && handler.path !== 'unknown';
      if (!registered && checkedElsewhere) continue;
      seen.add(flow.fn);
      const [match] = flowMatches({ ...facts, code: { ...code, flows: [flow] } }, ['input'], 'goes unchecked into');
      if (match) yield registered ? match : { ...match, severity: 'notice' };
    }
  },
});
