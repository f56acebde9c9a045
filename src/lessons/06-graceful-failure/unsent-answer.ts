import { defineRule } from '../define-rule.ts';

/** A status that is set, and never sent. */
export const unsentAnswer = defineRule({
  id: 'unsent-answer',
  lesson: 6,
  severity: 'error',
  summary: 'A status is set and nothing is sent: the client waits until it gives up.',
  why: '`res.status(404)` only notes the number. The answer leaves with `send`, `json` or `end`; without one of them the connection stays open until the client or the proxy runs out of patience, and the log shows a timeout where a 404 was meant. Each such request holds a socket, and clients that try again hold more.',
  fix: 'End the answer: `res.sendStatus(404)`, `res.status(404).end()`, or `res.status(404).json({ code: "not_found" })`.',
  examples: {
    bad: [
      {
        path: 'src/parcels.js',
        code: `
  const express = require('express');
  const router = express.Router();
  router.get('/parcels/:id', async (req, res) => {
    const parcel = await parcels.find(req.params.id);
>   if (!parcel) return res.status(404);
    res.json(parcel);
  });`,
      },
      {
        path: 'src/labels.controller.ts',
        code: `
  import type { Request, Response } from 'express';
  export class LabelsController {
    async remove(req: Request, res: Response) {
      if (!req.user) {
        logger.warn('nobody is logged in');
>       res.status(401);
        return;
      }
      await this.labels.remove(req.params.id);
      res.sendStatus(204);
    }
  }`,
      },
      {
        path: 'src/stamps.ts',
        code: `
  import { Router } from 'express';
  export const router = Router();
  router.post('/stamps', async (req, res) => {
    if (!req.body) return res.status(400).json({ code: 'empty' });
    try {
      res.status(201).json(await stamps.add(req.body));
    } catch (error) {
      logger.error({ error }, 'no stamp');
>     res.status(500);
    }
  });`,
      },
      {
        path: 'pages/api/seals.ts',
        code: `
  import type { NextApiRequest, NextApiResponse } from 'next';
  export default async function handler(req: NextApiRequest, res: NextApiResponse) {
    if (req.method !== 'POST') {
>     return res.setHeader('Allow', 'POST').status(405);
    }
    res.status(201).json(await seal(req.body));
  }`,
      },
      {
        path: 'src/routes.ts',
        code: `
  import fastify from 'fastify';
  const app = fastify();
  app.get('/boxes/:id', async (request, reply) => {
    const box = await boxes.find(request.params.id);
>   if (!box) return reply.code(404);
    return box;
  });`,
      },
    ],
    good: [
      {
        path: 'src/parcels.js',
        code: `
  const express = require('express');
  const router = express.Router();
  const missing = (req, res) => {
    return res.status(404);
  };
  router.get('/parcels/:id', async (req, res, next) => {
    const parcel = await parcels.find(req.params.id);
    if (!parcel) return missing(req, res).json({ code: 'not_found' });
    if (parcel.lost) return res.status(410).end();
    if (parcel.held) {
      next(new Error('held'));
      return res.status(409);
    }
    res.status(200);
    res.json(parcel);
  });
  router.put('/parcels/:id', async (req, res) => {
    try {
      await parcels.change(req.params.id);
      res.status(204);
    } catch (error) {
      res.status(500);
    } finally {
      res.end();
    }
  });
  router.post('/parcels', async (req, res) => {
    if (await parcels.isKnown(req.body.id)) {
      res.status(409);
    } else {
      res.status(201);
    }
    res.json(await parcels.store(req.body));
  });
  router.get('/parcels/:id/label', (req, res) => {
    labels.stream(req.params.id).pipe(res);
    return res.status(200);
  });`,
      },
      {
        path: 'src/labels.controller.ts',
        code: `
  import { Controller, Get, Param, Res } from '@nestjs/common';
  @Controller('labels')
  export class LabelsController {
    @Get(':id')
    async one(@Param('id') id: string, @Res({ passthrough: true }) res: Response) {
      const label = await this.labels.find(id);
      if (!label) {
        res.status(404);
        return;
      }
      return label;
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { line, endLine, explained, of, repair } of code.unsentAnswers)
      if (!explained)
        yield {
          line,
          endLine,
          because: `\`${of}\` sets the status, the handler is done, and nothing is sent.`,
          ...(repair ? { fix: repair } : {}),
        };
  },
});
