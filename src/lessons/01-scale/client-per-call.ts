import { defineRule } from '../define-rule.ts';

/** Clients and pools that are made again and again. */
export const clientPerCall = defineRule({
  id: 'client-per-call',
  lesson: 1,
  severity: 'warning',
  summary: 'Each call makes a client of its own: make it once, at module level or at start, and share it.',
  why: 'A client is a pool of connections and a handshake: TCP, TLS, authentication. One per request means that each request opens ten connections and closes none; the database refuses the hundred and first, and the requests that hold them wait for the garbage collector.',
  fix: 'Construct it at module level, in the container’s provider, or keep it (`client ??= new Client()`), and close it when the process stops.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import { PrismaClient } from '@prisma/client';
  const app = express();
  app.get('/orders', async (req, res) => {
>   const prisma = new PrismaClient();
    res.json(await prisma.order.findMany({ take: 50 }));
  });`,
      },
      {
        path: 'app/api/stock/route.ts',
        code: `
  import { Pool } from 'pg';
  export async function GET() {
>   const pool = new Pool({ connectionString: process.env.DATABASE_URL });
    return Response.json((await pool.query('SELECT id FROM stock LIMIT 50')).rows);
  }`,
      },
      {
        path: 'src/settings.ts',
        code: `
  import { PrismaService } from './prisma.service.ts';
  export async function settings() {
>   const prisma = new PrismaService();
    return prisma.setting.findMany();
  }`,
      },
      {
        path: 'src/tenant.js',
        code: `
  const knex = require('knex');
  module.exports = (req, res, next) => {
>   req.db = knex({ client: 'pg', connection: addressOf(req.headers.tenant) });
    next();
  };`,
      },
      {
        path: 'src/stock.js',
        code: `
  const mysql = require('mysql2/promise');
  const config = require('./config');
  exports.stock = async (id) => {
>   const connection = await mysql.createConnection(config.mysql);
    const [rows] = await connection.execute('SELECT amount FROM stock WHERE id = ?', [id]);
    await connection.end();
    return rows[0];
  };
  exports.take = async (id) => {
>   const connection = await mysql.createConnection(config.mysql);
    await connection.execute('UPDATE stock SET amount = amount - 1 WHERE id = ?', [id]);
    await connection.end();
  };`,
      },
      {
        path: 'src/handler.ts',
        code: `
  import { GetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
  export const handler = async (event: APIGatewayProxyEventV2) => {
>   const dynamo = new DynamoDBClient({ region: process.env.AWS_REGION });
    return answerOf(await dynamo.send(new GetItemCommand(itemOf(event))));
  };`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  import Redis from 'ioredis';
  export const prisma = new PrismaClient();
  let redis: Redis | undefined;
  export function cache() {
    redis ??= new Redis();
    return redis;
  }
  export function createClient() {
    return new Redis();
  }
  export async function context(settings: Settings) {
    const transport = settings.smtp ? nodemailer.createTransport(settings.smtp) : nodemailer.createTransport({});
    return { mailer: new Mailer(transport) };
  }`,
      },
      {
        path: 'src/storage.ts',
        code: `
  import { MongoClient } from 'mongodb';
  import { createClient } from 'redis';
  export class Storage {
    load(url: string, done: (error?: Error) => void) {
      MongoClient.connect(url, (error, client) => {
        this.client = client;
        done(error);
      });
    }
    ready(url: string) {
      const redis = createClient({ url });
      return new Promise((resolve) => redis.once('ready', () => resolve(redis)));
    }
  }`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    const byHand = code.terminal || scripts.test(file.path);
    for (const { of, memoised, scope, line, endLine, kind, explained } of code.clients) {
      if (memoised || kind === 'http' || explained || scope === 'startup' || scope === 'job') continue;
      if (scope !== 'request' && byHand) continue;
      // Of SDKs those that keep connections and credentials of their own.
      if (kind === 'sdk' && !(scope === 'request' && /Client$/.test(of))) continue;
      yield {
        line,
        endLine: Math.min(endLine, line + 5),
        because: `\`${of}\` opens its own connections ${scope === 'request' ? 'for each request' : 'each time the function runs'}, and nothing keeps it.`,
        // A transport without a pool connects for each mail, whoever keeps it.
        ...(kind === 'mail' ? { severity: 'notice' as const } : {}),
      };
    }
  },
});

/** What a person runs, once at a time. */
const scripts =
  /(?:^|[/.-])(?:bin|cli|scripts?|seed\w*|migrat\w*|tools?|examples?|benchmarks?|test(?:s|ing)?)(?:[/.-]|$)/i;
