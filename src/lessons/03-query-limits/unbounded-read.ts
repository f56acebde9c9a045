import { defineRule } from '../define-rule.ts';

const small =
  /(?:role|permission|setting|config|flag|plan|countr|currenc|categor|tag|migration|template|integration|env|feature|locale|language|theme|type|kind|status|option|preference|provider|region|zone|timezone|tier|version|schema)/i;

/** Reads of a whole table for an answer. */
export const unboundedRead = defineRule({
  id: 'unbounded-read',
  lesson: 3,
  severity: 'warning',
  summary: 'All rows of the table are read for one answer: set a limit and page through the rest.',
  why: 'The table has twenty rows today. With a million, the database sends all of them, the process holds them twice (as rows and as JSON), and the request that lists them takes down the one that pays for them.',
  fix: 'Set `take`, `limit` or `LIMIT` with an order, give a cursor for the next page, and document the most a client gets.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.get('/orders', async (req, res) => {
>   const orders = await prisma.order.findMany();
    res.json(orders);
  });`,
      },
      {
        path: 'src/posts.js',
        code: `
  const express = require('express');
  const mongoose = require('mongoose');
  const Post = mongoose.model('Post');
  const router = express.Router();
  router.get('/posts', async (req, res) => {
>   res.json(await Post.find({}));
  });`,
      },
      {
        path: 'src/parts.controller.ts',
        code: `
  import { Controller, Get } from '@nestjs/common';
  import { Repository } from 'typeorm';
  import { Part } from './part';
  @Controller('parts')
  export class PartsController {
    constructor(private readonly parts: Repository<Part>) {}
    @Get()
    all() {
>     return this.parts.find();
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.get('/orders', async (req, res) => {
    res.json(await prisma.order.findMany({ take: 50, orderBy: { id: 'desc' } }));
    res.json(await prisma.order.findMany({ where: { userId: req.user.id } }));
    res.json(await prisma.role.findMany());
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const {
      does,
      limit,
      where,
      scope,
      model = '',
      verb,
      line,
      endLine,
      explained,
      fate,
      evidence,
      client,
      optionsLine,
    } of code.dataCalls) {
      if (/^findAndCount/.test(verb) && limit === 'none' && scope !== 'job' && scope !== 'startup' && !explained) {
        yield { line: optionsLine ?? line, endLine, because: `\`${verb}\` is there for pages, and is given no limit.` };
        continue;
      }
      if (does !== 'read-many' || limit !== 'none' || where !== 'none' || scope !== 'request' || explained) continue;
      if (fate === 'floating' || small.test(model) || (evidence === 'name' && client === 'other') || client === 'redis')
        continue;
      yield {
        line,
        endLine,
        because: `\`${model && model !== verb ? `${model}.` : ''}${verb}\` runs in a handler with neither a filter nor a limit.`,
      };
    }
  },
});
