import type { AnswerChange } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** Handlers that answer otherwise than their callers know. */
export const changedAnswer = defineRule({
  id: 'changed-answer',
  lesson: 10,
  severity: 'warning',
  summary:
    'The handler answers otherwise than before in a case that callers know: keep the old answer, or make a new version.',
  why: 'Callers were written against what this route sends today. An error where there was an empty list ends in their error branch, a field that is gone is `undefined` three screens later, and neither shows in the tests of this repository.',
  fix: 'Keep the status and the fields, add new ones beside them. Where the old answer must go, announce it, change the contract in the same pull request and give clients the time to follow.',
  examples: {
    bad: [
      {
        path: 'src/stock.ts',
        before: `
  import { createRoute, z } from '@hono/zod-openapi';
  const Stock = z.object({
    sku: z.string(),
>   count: z.number().int(),
  });
  export const readStock = createRoute({
    method: 'get',
    path: '/stock/{sku}',
    responses: { 200: { description: 'The stock', content: { 'application/json': { schema: Stock } } } },
  });`,
        code: `
  import { createRoute, z } from '@hono/zod-openapi';
  const Stock = z.object({
    sku: z.string(),
  });
  export const readStock = createRoute({
    method: 'get',
    path: '/stock/{sku}',
    responses: { 200: { description: 'The stock', content: { 'application/json': { schema: Stock } } } },
  });`,
      },
      {
        path: 'src/invoices.ts',
        before: `
  import { Router } from 'express';
  export const router = Router();
  router.get('/invoices', async (req, res) => {
    const invoices = await store.invoicesOf(req.user.id);
    res.json(invoices);
  });`,
        code: `
  import { Router } from 'express';
  export const router = Router();
  router.get('/invoices', async (req, res) => {
    const invoices = await store.invoicesOf(req.user.id);
>   res.json({ data: invoices, total: invoices.length });
  });`,
      },
      {
        path: 'src/projects.ts',
        before: `
  import express from 'express';
  const app = express();
  app.get('/projects', async (req, res) => {
    const projects = await store.projects(req.user);
    if (projects.length === 0) {
      return res.json({ count: 0, projects: [] });
    }
    return res.json({ count: projects.length, projects });
  });`,
        code: `
  import express from 'express';
  const app = express();
  app.get('/projects', async (req, res) => {
    const projects = await store.projects(req.user);
    if (projects.length === 0) {
>     return res.status(404).json({ error: 'no projects' });
    }
    return res.json({ count: projects.length, projects });
  });`,
      },
      {
        path: 'src/orders.js',
        before: `
  module.exports = async function (fastify) {
    fastify.get('/orders/:id', async (request, reply) => {
      const order = await fastify.orders.byId(request.params.id);
      return reply.send({
        id: order.id,
        total: order.total,
>       currency: order.currency,
      });
    });
  };`,
        code: `
  module.exports = async function (fastify) {
    fastify.get('/orders/:id', async (request, reply) => {
      const order = await fastify.orders.byId(request.params.id);
      return reply.send({
        id: order.id,
        total: order.total,
      });
    });
  };`,
      },
      {
        path: 'src/parcels.js',
        before: `
  import Router from '@koa/router';
  export const router = new Router();
  router.get('/parcels/:id', async (ctx) => {
    const parcel = await store.parcel(ctx.params.id);
    ctx.body = {
      id: parcel.id,
>     weight: parcel.weight,
    };
  });`,
        code: `
  import Router from '@koa/router';
  export const router = new Router();
  router.get('/parcels/:id', async (ctx) => {
    const parcel = await store.parcel(ctx.params.id);
    ctx.body = {
      id: parcel.id,
    };
  });`,
      },
      {
        path: 'src/members.controller.ts',
        before: `
  import { Controller, Get, Param } from '@nestjs/common';
  @Controller('members')
  export class MembersController {
    @Get(':team')
    async list(@Param('team') team: string) {
      const members = await this.members.of(team);
      if (!members) return [];
      return MembersResponse.parse(members);
    }
  }`,
        code: `
  import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
  @Controller('members')
  export class MembersController {
    @Get(':team')
    async list(@Param('team') team: string) {
      const members = await this.members.of(team);
>     if (!members) throw new NotFoundException();
>     return members;
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/projects.ts',
        before: `
  import express from 'express';
  const app = express();
  app.get('/projects', async (req, res) => {
    const projects = await store.projects(req.user);
    if (projects.length === 0) return res.status(404).json({ error: 'no projects', hint: 'make one' });
    return res.json({ count: projects.length, projects });
  });`,
        code: `
  import express from 'express';
  const app = express();
  app.get('/projects', async (req, res) => {
    if (!req.user) return res.status(401).json({ error: 'sign in' });
    const projects = await store.projects(req.user);
    if (projects.length === 0) return res.json({ count: 0, projects: [] });
    return res.json({ projects, count: projects.length, more: false });
  });`,
      },
      {
        path: 'src/orders.js',
        before: `
  module.exports = async function (fastify) {
    fastify.get('/orders/:id', async (request, reply) => {
      const order = await fastify.orders.byId(request.params.id);
      return reply.send({ id: order.id, total: order.total });
    });
  };`,
        code: `
  module.exports = async function (fastify) {
    fastify.get('/orders/:id', async (request, reply) => {
      const order = await fastify.orders.byId(request.params.id);
      return reply.send({ ...summary(order), id: order.id });
    });
  };`,
      },
      {
        path: 'src/session.ts',
        before: `
  import express from 'express';
  const app = express();
  app.get('/session', async (req, res) => {
    try {
      const session = await sessions.of(req.user);
      res.json({ id: session.id, passwordHash: session.passwordHash });
    } catch (error) {
      res.json({ id: null });
    }
  });`,
        code: `
  import express from 'express';
  const app = express();
  app.get('/session', async (req, res) => {
    try {
      const session = await sessions.of(req.user);
      res.json({ id: session.id });
    } catch (error) {
      log.error(error);
      res.status(503).json({ error: 'try again' });
    }
  });`,
      },
    ],
  },
  *check({ code }) {
    for (const { change, line, endLine, field, schema } of code?.fieldChanges ?? []) {
      const because = `\`${schema}\` says what clients are answered, and says nothing of \`${field}\` any more.`;
      if (change === 'unanswered') yield { line, endLine, side: 'before', because };
    }
    for (const change of code?.answerChanges ?? []) {
      const { line, endLine } = change;
      yield {
        line,
        endLine,
        because: becauseOf(change),
        ...(change.change === 'field' && { side: 'before' as const }),
        // Most clients look at whether it is a success, and not at which.
        ...(change.change === 'status' && { severity: 'notice' as const }),
      };
    }
  },
});

function becauseOf({ change, name, route, status }: AnswerChange): string {
  const said = name.slice(0, 80).replaceAll('`', "'");
  const handler = route === '' ? 'The handler' : `\`${route.slice(0, 80).replaceAll('`', "'")}\``;
  if (change === 'field') return `${handler} answered \`${said}\` and does not any more.`;
  if (change === 'status') return `${handler} answered ${said} and answers ${status} now.`;
  if (change === 'wrapped') return `${handler} answers \`${said}\` in another shape: callers look for it where it was.`;
  if (change === 'unchecked')
    return `What ${handler.replace(/^T/, 't')} answers went through \`${said}\` and is sent as it comes now.`;
  const answer = status === 500 ? 'fails' : `answers ${status}`;
  return `${handler} succeeded ${said === '' ? 'here' : `when \`${said}\``} and ${answer} now.`;
}
