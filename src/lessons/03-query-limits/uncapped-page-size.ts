import { defineRule } from '../define-rule.ts';

/** The client says how many rows it wants. */
export const uncappedPageSize = defineRule({
  id: 'uncapped-page-size',
  lesson: 3,
  severity: 'warning',
  summary: 'The client alone decides how many rows are read: cap it.',
  why: 'One request with `limit=10000000` reads the table into memory, and everybody else on the process waits for the garbage collector. It takes no attacker: an export script of a customer does it.',
  fix: 'Use `Math.min(limit, 100)`, or a maximum in the schema that validates the query.',
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
>   res.json(await prisma.order.findMany({ take: Number(req.query.limit) }));
  });`,
      },
      {
        path: 'src/invoices.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.get('/invoices', async (req, res) => {
    const { size, page = 1 } = req.query;
    const take = +size || 20;
>   const rows = await prisma.invoice.findMany({
>     skip: (page - 1) * take,
>     take,
>   });
    res.json(rows);
  });`,
      },
      {
        path: 'src/posts.js',
        code: `
  const { Post } = require('./models');
  exports.list = async (req, res) => {
>   res.json(await Post.findAll({ limit: parseInt(req.query.size, 10), offset: 0 }));
  };`,
      },
      {
        path: 'src/parts.js',
        code: `
  import knex from 'knex';
  const db = knex({ client: 'pg' });
  export const list = (req) =>
>   db('parts').select('id').limit(req.query.limit);`,
      },
      {
        path: 'src/reviews.controller.ts',
        code: `
  import { Controller, DefaultValuePipe, Get, ParseIntPipe, Query } from '@nestjs/common';
  import { Repository } from 'typeorm';
  import { Review } from './review.entity';
  class PageQuery {
    @IsInt() @Min(1) size: number;
  }
  @Controller('reviews')
  export class ReviewsController {
    constructor(private readonly reviews: Repository<Review>) {}
    @Get()
    list(@Query('size', new DefaultValuePipe(20), ParseIntPipe) size: number) {
>     return this.reviews.find({ take: size });
    }
    @Get('latest')
    latest(@Query() { size }: PageQuery) {
>     return this.reviews.find({ take: size, order: { id: 'DESC' } });
    }
  }`,
      },
      {
        path: 'src/comments.ts',
        code: `
  import { builder } from './builder';
  import { prisma } from './db';
  builder.queryField('comments', (t) =>
    t.field({
      type: ['Comment'],
      args: { first: t.arg.int({ required: true }) },
>     resolve: (_root, args) => prisma.comment.findMany({ take: args.first }),
    }),
  );`,
      },
      {
        path: 'src/visits.controller.ts',
        context: {
          'src/visits.service.ts': `import { PrismaService } from './prisma.service';
export class VisitsService {
  constructor(private readonly prisma: PrismaService) {}
  latest(rows: number) {
    return this.prisma.visit.findMany({ take: rows, orderBy: { id: 'desc' } });
  }
}
`,
        },
        code: `
  import { Controller, Get, ParseIntPipe, Query } from '@nestjs/common';
  import { VisitsService } from './visits.service';
  @Controller('visits')
  export class VisitsController {
    constructor(private readonly visits: VisitsService) {}
    @Get()
    latest(@Query('rows', ParseIntPipe) rows: number) {
>     return this.visits.latest(rows);
    }
  }`,
      },
      {
        path: 'src/audit.ts',
        code: `
  import { Hono } from 'hono';
  import postgres from 'postgres';
  const sql = postgres();
  const app = new Hono();
  app.get('/audit', async (c) => {
    const rows = Number(c.req.query('rows') ?? 50);
>   return c.json(await sql\`SELECT id, actor FROM audit ORDER BY id DESC LIMIT \${rows}\`);
  });`,
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
    const take = Math.min(Number(req.query.limit) || 50, 100);
    res.json(await prisma.order.findMany({ take }));
    res.json(await prisma.order.findMany({ take: Math.min(Number(req.query.limit), 100) }));
  });`,
      },
      {
        path: 'src/users.js',
        code: `
  const { User } = require('./models');
  exports.list = async (req, res) => {
    let limit = parseInt(req.query.limit, 10) || 20;
    if (limit > 100) limit = 100;
    res.json(await User.findAll({ limit, offset: 0 }));
  };
  exports.some = async (req, res) => {
    const { size } = req.query;
    if (!(size <= 100)) return res.status(400).json({ error: 'size is at most 100' });
    res.json(await User.findAll({ limit: Number(size) }));
  };`,
      },
      {
        path: 'src/reviews.controller.ts',
        code: `
  import { Controller, Get, ParseIntPipe, Query } from '@nestjs/common';
  import { Repository } from 'typeorm';
  import { PageSizePipe } from './page-size.pipe';
  import { Review } from './review.entity';
  class PageQuery {
    @IsInt() @Max(100) size: number;
  }
  @Controller('reviews')
  export class ReviewsController {
    constructor(private readonly reviews: Repository<Review>) {}
    @Get()
    list(@Query() { size }: PageQuery) {
      return this.reviews.find({ take: size });
    }
    @Get('latest')
    latest(@Query('size', PageSizePipe) size: number) {
      return this.reviews.find({ take: size, order: { id: 'DESC' } });
    }
    @Get('best')
    best(@Query('size', ParseIntPipe) size: number) {
      if (size > 100) throw new RangeError('at most 100 reviews');
      return this.reviews.find({ take: size, order: { stars: 'DESC' } });
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    const asked = code.flows.filter(({ kind, certainty }) => kind === 'rows' && certainty === 'request');
    for (const { limit, line, endLine, model, verb, handler, explained, repair } of code.dataCalls) {
      const flow = limit === 'unknown' && asked.find((one) => one.line >= line && one.line <= endLine);
      if ((limit !== 'input' && !flow) || explained) continue;
      if (handler !== undefined && code.handlers[handler]?.validatedBy) continue;
      yield {
        line,
        endLine,
        because: `The limit of \`${model && model !== verb ? `${model}.` : ''}${verb}\` comes from the request, and nothing in sight bounds it.`,
        ...(repair ? { fix: repair } : {}),
      };
    }
    for (const { line, endLine, explained, askedByClient, call, read, path } of code.servedReads)
      if (askedByClient && !explained)
        yield {
          line,
          endLine,
          because: `What the client sends goes through \`${call}\` into the limit of \`${read.verb}\`, on line ${read.line} of \`${path}\`, and nothing in sight bounds it.`,
        };
  },
});
