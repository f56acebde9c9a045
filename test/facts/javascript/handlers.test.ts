import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const cases: readonly [name: string, path: string, code: string, expected: readonly string[]][] = [
  [
    'Express, also through a wrapper and by name',
    'src/app.ts',
    `import express from 'express'; const app = express();
     app.get('/a', wrap(async (req, res) => {})); app.route('/b').post(create); function create(req, res) {}`,
    ['express GET /a', 'express POST /b'],
  ],
  [
    'a Fastify plugin, both forms',
    'src/plugin.ts',
    `export default async (fastify) => { fastify.get('/a', async () => 1);
     fastify.route({ method: 'POST', url: '/b', handler: async () => 2 }); };`,
    ['fastify GET /a', 'fastify POST /b'],
  ],
  [
    'a Nest controller with its prefix',
    'src/a.controller.ts',
    `@Controller('cats') export class Cats { @Get(':id') one(@Param('id') id: string) {} helper() {} }`,
    ['nest GET /cats/:id'],
  ],
  [
    'Koa',
    'src/k.js',
    `import Router from '@koa/router'; const r = new Router(); r.put('/a', async (ctx) => {});`,
    ['koa PUT /a'],
  ],
  [
    'Hono',
    'src/h.ts',
    `import { Hono } from 'hono'; const app = new Hono(); app.delete('/a', (c) => c.text('x'));`,
    ['hono DELETE /a'],
  ],
  [
    'Next.js route files',
    'app/(shop)/api/x/[id]/route.ts',
    `export async function POST(request: Request) {}`,
    ['next POST /api/x/[id]'],
  ],
  ['Next.js pages', 'pages/api/x.ts', `export default function handler(req, res) {}`, ['next ANY /api/x']],
  ['server actions', 'src/actions.ts', `'use server'; export async function save(data) {}`, ['next POST unknown']],
  [
    'tRPC procedures',
    'src/router.ts',
    `export const r = router({ one: publicProcedure.input(z.string()).query(async ({ input }) => input) });`,
    ['trpc QUERY one'],
  ],
  [
    'GraphQL resolver maps, fields included',
    'src/resolvers.ts',
    `export const resolvers = { Query: { user: (_, args) => 1 }, Post: { author(post, args, ctx) {} } };`,
    ['graphql QUERY Query.user', 'graphql FIELD Post.author'],
  ],
  ['AWS Lambda', 'src/l.ts', `exports.handler = async (event) => {};`, ['lambda ANY unknown']],
  [
    'hapi',
    'src/s.js',
    `const Hapi = require('@hapi/hapi'); const s = Hapi.server(); s.route({ method: 'GET', path: '/a', handler: (request, h) => 1 });`,
    ['hapi GET /a'],
  ],
];

describe('handlers', () => {
  test.each(cases)('of %s are found', (_name, path, code, expected) => {
    const { handlers } = codeOf(path, code);
    expect(handlers.map(({ framework, method, path: at }) => `${framework} ${method} ${at}`)).toEqual(expected);
  });

  test('are not made of any object with a get method', () => {
    const { handlers } = codeOf('src/cache.ts', `export const load = () => cache.get('key', () => 1);`);
    expect(handlers).toEqual([]);
  });

  test('say what validates their input before they run', () => {
    const { handlers } = codeOf(
      'src/app.ts',
      `import { Hono } from 'hono'; import { zValidator } from '@hono/zod-validator';
       const app = new Hono(); app.post('/a', zValidator('json', schema), (c) => c.text('x')); app.post('/b', (c) => c.text('y'));`,
    );
    expect(handlers.map(({ validatedBy }) => validatedBy)).toEqual(['Hono validator', undefined]);
  });
});

describe('the scope of code', () => {
  test('is a request’s in a helper that a handler calls, at two removes', () => {
    const { flows } = codeOf(
      'src/app.ts',
      `import express from 'express'; import fs from 'node:fs'; const app = express();
       app.get('/a', (req, res) => one(req));
       function one(req) { two(req); }
       function two(req) { fs.readFileSync(req.query.file); }`,
    );
    expect(flows).toMatchObject([{ kind: 'path', scope: 'request', handler: 0 }]);
  });

  test('is a job’s in a worker, even in a file with handlers', () => {
    const { flows } = codeOf(
      'src/worker.ts',
      `import { Worker } from 'bullmq'; import { exec } from 'node:child_process';
       new Worker('q', async (job) => { exec('convert ' + job.data.file); });`,
    );
    expect(flows).toMatchObject([{ kind: 'command', scope: 'job' }]);
  });
});
