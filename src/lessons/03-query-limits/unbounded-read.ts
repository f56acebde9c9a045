import { defineRule } from '../define-rule.ts';
import { calledOf, meansAll, wholeByName, wholeTable } from './whole-table.ts';

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
      {
        path: 'src/shipments.service.ts',
        code: `
  import { Repository } from 'typeorm';
  import { Shipment } from './shipment.entity';
  export class ShipmentsService {
    constructor(private readonly shipmentRepository: Repository<Shipment>) {}
    async findAll() {
>     return this.shipmentRepository.find({ relations: ['parcels'] });
    }
    async outstandingTotal() {
>     const shipments = await this.shipmentRepository.find();
      return shipments.reduce((sum, { open }) => sum + open, 0);
    }
    async bySender(sender: string) {
>     const shipments = await this.shipmentRepository.find();
      return shipments.filter((shipment) => shipment.sender === sender);
    }
  }`,
      },
      {
        path: 'src/events.js',
        code: `
  const express = require('express');
  const { Pool } = require('pg');
  const pool = new Pool();
  const app = express();
  app.get('/events', async (req, res) => {
>   const { rows } = await pool.query('SELECT id, payload FROM events ORDER BY id DESC');
    res.json(rows);
  });`,
      },
      {
        path: 'src/orders.service.ts',
        context: {
          'prisma/schema.prisma': `model User {
  id     String  @id
  orders Order[]
}
model Order {
  id        String   @id
  userId    String
  user      User     @relation(fields: [userId], references: [id])
  createdAt DateTime @default(now())
}
`,
        },
        code: `
  import { PrismaService } from './prisma.service';
  export class OrdersService {
    constructor(private readonly prisma: PrismaService) {}
    findAll() {
>     return this.prisma.order.findMany();
    }
  }`,
      },
      {
        path: 'src/devices.ts',
        code: `
  import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
  export const devices = (client: DynamoDBDocumentClient, site: string) =>
>   client.send(new ScanCommand({ TableName: 'devices', FilterExpression: 'site = :s', ExpressionAttributeValues: { ':s': site } }));`,
      },
      {
        path: 'src/invoices.controller.ts',
        context: {
          'src/invoices.service.ts': `import { Repository } from 'typeorm';
import { Invoice } from './invoice.entity';
export class InvoicesService {
  constructor(private readonly invoices: Repository<Invoice>) {}
  findAll() {
    return this.invoices.find();
  }
}
`,
        },
        code: `
  import { Controller, Get } from '@nestjs/common';
  import { InvoicesService } from './invoices.service';
  @Controller('invoices')
  export class InvoicesController {
    constructor(private readonly invoices: InvoicesService) {}
    @Get()
    list() {
>     return this.invoices.findAll();
    }
  }`,
      },
      {
        path: 'src/routes/articles.js',
        code: `
  const express = require('express');
  const { pool } = require('../pool');
  const { Article } = require('../models');
  const Post = require('mongoose').model('Post');
  const router = express.Router();
  router.get('/articles', async (req, res) => {
>   res.json(await Article.findAll({ where: { published: true }, order: [['title', 'ASC']] }));
  });
  router.get('/articles/latest', (req, res, next) => {
>   pool.query('SELECT id, title FROM articles', (error, found) => (error ? next(error) : res.json(found.rows)));
  });
  router.get('/posts', async (req, res) => {
>   res.json(await Post.find({}));
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
    res.json(await prisma.order.findMany({ take: 50, orderBy: { id: 'desc' } }));
    res.json(await prisma.order.findMany({ where: { userId: req.user.id } }));
    res.json(await prisma.role.findMany());
    res.json(await prisma.order.findMany({ where: { archived: false, userId: req.user.id } }));
  });`,
      },
      {
        path: 'src/events.js',
        code: `
  const express = require('express');
  const { Pool } = require('pg');
  const pool = new Pool();
  const app = express();
  app.get('/events', async (req, res) => {
    const { rows } = await pool.query('SELECT id, payload FROM events ORDER BY id DESC LIMIT 100');
    const counted = await pool.query('SELECT count(*) AS n FROM events');
    const by = await pool.query('SELECT kind, count(*) FROM events GROUP BY kind');
    const settings = await pool.query('SELECT name, value FROM settings');
    res.json({ rows, counted, by, settings });
  });`,
      },
      {
        path: 'src/shipments.service.ts',
        code: `
  import { Repository } from 'typeorm';
  import { Shipment } from './shipment.entity';
  export class ShipmentsService {
    constructor(private readonly shipmentRepository: Repository<Shipment>, private readonly carriers: Repository<CarrierType>) {}
    findAll(page: number) {
      return this.shipmentRepository.find({ take: 50, skip: page * 50, order: { id: 'DESC' } });
    }
    getCarrierTypes() {
      return this.carriers.find();
    }
    async exportShipments() {
      return this.shipmentRepository.find();
    }
  }`,
      },
      {
        path: 'src/shops.controller.ts',
        context: {
          'src/shops.service.ts': `import { Repository } from 'typeorm';
import { Shop } from './shop.entity';
export class ShopsService {
  constructor(private readonly shops: Repository<Shop>) {}
  page() {
    return this.shops.find({ take: 50 });
  }
  ofOwner(ownerId: string) {
    return this.shops.find({ where: { ownerId } });
  }
}
`,
        },
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ShopsService } from './shops.service';
  @Controller('shops')
  export class ShopsController {
    constructor(private readonly shops: ShopsService) {}
    @Get()
    list() {
      return this.shops.page();
    }
    @Get('of/:owner')
    mine(@Param('owner') owner: string) {
      return this.shops.ofOwner(owner);
    }
  }`,
      },
    ],
  },
  *check({ code, project, file }) {
    if (!code || code.browser) return;
    for (const call of code.dataCalls) {
      if (call.explained || call.scope === 'job' || call.scope === 'startup') continue;
      if (call.onlyCounted) continue;
      const because = wholeTable(code, call, project.schema) ?? wholeByName(code, call, project.schema, file.path);
      if (because !== undefined) yield { line: call.optionsLine ?? call.line, endLine: call.endLine, because };
    }
    for (const { line, endLine, explained, call, read, within, path } of code.servedReads) {
      if (explained || meansAll.test(within.replace(/^.*\./, ''))) continue;
      if (wholeTable(code, { ...read, scope: 'request' }, project.schema) === undefined) continue;
      const found = `\`${calledOf(read)}\`, on line ${read.line} of \`${path}\``;
      yield { line, endLine, because: `\`${call}\` comes down to ${found}, which has neither a filter nor a limit.` };
    }
  },
});
