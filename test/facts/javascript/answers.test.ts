import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { readCode } from '../../../src/facts/javascript/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import { codeOf } from './read-code.ts';

function changesOf(before: string, after: string): string[] {
  const file = compareTexts({ path: 'src/a.ts', status: 'modified', before, after });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return readCode(file, after, project).answerChanges.map(({ change, name }) => `${change} ${name}`.trim());
}

const express = (body: string) => `
import express from 'express';
const app = express();
app.get('/orders', async (req, res) => {
  const orders = await store.orders(req.user);
${body}
});`;

describe('what a handler answers otherwise than before', () => {
  test('an error for a success counts where the same condition holds, in any branch', () => {
    const before = express('if (orders.length === 0) return res.json([]);\nelse res.json(orders);');
    expect(
      changesOf(before, express('if (orders.length === 0) return res.sendStatus(404);\nelse res.json(orders);')),
    ).toEqual(['failed orders.length === 0']);
    expect(
      changesOf(before, express('if (orders.length > 9) return res.sendStatus(404);\nelse res.json(orders);')),
    ).toEqual([]);
    expect(
      changesOf(before, express('if (orders.length === 0) return res.json([]);\nelse res.status(500).end();')),
    ).toEqual(['failed not orders.length === 0']);
  });
  test('a field counts at any depth of what is written out, and not where the rest is spread', () => {
    const before = express('res.json({ page: { at: 1, of: 2 }, orders });');
    expect(changesOf(before, express('res.json({ page: { at: 1 }, orders });'))).toEqual(['field page.of']);
    expect(changesOf(before, express('res.json({ page: { ...page, at: 1 }, orders });'))).toEqual([]);
    expect(changesOf(before, express('res.json(pageOf(orders));'))).toEqual([]);
  });
  test('what stood alone and stands in a field now counts, and the other way round', () => {
    const alone = express('res.json(orders);');
    expect(changesOf(alone, express('res.json({ data: orders, total });'))).toEqual(['wrapped orders']);
    expect(changesOf(express('res.json({ orders });'), alone)).toEqual(['wrapped orders']);
    expect(changesOf(alone, express('res.json({ ...orders, total });'))).toEqual([]);
    expect(changesOf(alone, express('res.json(rows);'))).toEqual([]);
  });
  test('another status of success counts', () => {
    const made = express('res.status(201).json(orders);');
    expect(changesOf(made, express('res.json(orders);'))).toEqual(['status 201']);
    expect(changesOf(made, express('res.status(201).json(orders).end();'))).toEqual([]);
    expect(changesOf(express('res.status(404).json({});'), express('res.status(410).json({});'))).toEqual([]);
  });
  test('a function behind a gateway answers what it returns', () => {
    const lambda = (fields: string, status = 200) =>
      `export const handler = async (event) => {\n  const order = await orders.one(event.pathParameters.id);\n  return { statusCode: ${status}, body: JSON.stringify({ ${fields} }) };\n};`;
    expect(changesOf(lambda('id: order.id, total: order.total'), lambda('id: order.id'))).toEqual(['field total']);
    expect(changesOf(lambda('id: order.id'), lambda('id: order.id, total: order.total'))).toEqual([]);
    expect(changesOf(lambda('error: order.error', 404), lambda('message: order.error', 404))).toEqual([]);
  });
  test('a body that loses its check counts, whichever way it was checked', () => {
    const after = express('res.json(orders);');
    expect(changesOf(express('res.json(OrdersResponse.parse(orders));'), after)).toEqual([
      'unchecked OrdersResponse.parse',
    ]);
    expect(changesOf(express('respondWithValidation(200, res, ordersSchema, orders);'), after)).toEqual([
      'unchecked respondWithValidation',
    ]);
    expect(changesOf(after, express('res.json(OrdersResponse.parse(orders));'))).toEqual([]);
  });
  test('a status that a statement of its own sets is not followed', () => {
    expect(changesOf(express('res.json(orders);'), express('res.status(404);\nres.json({ error: 1 });'))).toEqual([]);
  });
  test('two handlers of one route are not told apart', () => {
    const twice = (body: string) => `${express(body)}\napp.get('/orders', (req, res) => res.json(1));`;
    expect(changesOf(twice('res.json(orders);'), twice('res.sendStatus(410);'))).toEqual([]);
  });
});

describe('rows that are sent as they are stored', () => {
  const nest = (body: string, rest = '') => `
import { Controller, Get } from '@nestjs/common';
import { PrismaService } from './prisma.service';
${rest}
@Controller('users')
export class UsersController {
  constructor(private readonly prisma: PrismaService) {}
  @Get(':id')
  @ApiOkResponse({ type: UserDto })
  async byId(@Param('id') id: string) {
    ${body}
  }
}`;
  const rowsOf = (code: string) => codeOf('src/a.ts', code).rawAnswers.map(({ verb }) => verb);
  test('through a name and await, and not through what makes another object of them', () => {
    expect(rowsOf(nest('const user = await this.prisma.user.findUnique({ where: { id } });\nreturn user;'))).toEqual([
      'findUnique',
    ]);
    expect(rowsOf(nest('return toDto(await this.prisma.user.findUnique({ where: { id } }));'))).toEqual([]);
    expect(rowsOf(nest('return this.prisma.user.findUnique({ where: { id }, select: { id: true } });'))).toEqual([]);
  });
  test('an interceptor that serialises entities looks after them', () => {
    const code = nest(
      'return this.prisma.user.findUnique({ where: { id } });',
      '@UseInterceptors(ClassSerializerInterceptor)',
    );
    expect(rowsOf(code)).toEqual([]);
  });
});

describe('parameters of the path', () => {
  const asked = (path: string, name: string) =>
    codeOf(
      'src/a.ts',
      `
import express from 'express';
const app = express();
app.get('${path}', (req, res) => { res.json(store.one(req.params.${name})); });`,
    ).unmatchedParameters.map((one) => one.name);
  test.each([
    ['/a/:id', 'id', []],
    ['/a/:id?', 'id', []],
    ['/a/*splat', 'splat', []],
    ['/a/:year-:month', 'month', []],
    ['/a/:id', 'ID', ['ID']],
  ])('%s has what it has: %s', (path, name, expected) => {
    expect(asked(path, name)).toEqual(expected);
  });
  test('of restify hold what the body says too', () => {
    const text = `
import restify from 'restify';
const server = restify.createServer();
server.post('/a', (req, res, next) => { res.send(store.one(req.params.id)); next(); });`;
    expect(codeOf('src/a.ts', text).unmatchedParameters).toEqual([]);
  });
});
