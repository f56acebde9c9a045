import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { contractReader } from '../../../src/facts/contracts/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

function problemsOf(before: string, after: string, path = 'src/routes.ts') {
  const file = compareTexts({ path, status: 'modified', before, after });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return contractReader.read(file, project).contract?.problems ?? [];
}

const rulesOf = (before: string, after: string, path?: string) =>
  problemsOf(before, after, path).map(({ rule }) => rule);

const post = (schema: string) => `
export default async function routes(fastify) {
  fastify.post('/orders', {
    schema: ${schema},
  }, async (request) => fastify.orders.make(request.body));
}`;
const body = (properties: string, required: string) =>
  post(`{ body: { type: 'object', required: [${required}], properties: {\n${properties}\n} } }`);
const answer = (properties: string) =>
  post(`{ response: { 200: { type: 'object', properties: {\n${properties}\n} }, 500: { $ref: 'Failure' } } }`);

describe('the type that an answer is written as', () => {
  const level = (type: string) => answer(`level: { type: ${type} },`);
  test.each([
    ["'number'", "'string'", ['widened-response']],
    ["'object'", "'array'", ['widened-response']],
    ["'integer'", "'number'", []],
    ["'string'", "['string', 'number']", []],
  ])('written as %s and as %s now', (before, after, expected) => {
    expect(rulesOf(level(before), level(after))).toEqual(expected);
  });
});

describe('what a route takes', () => {
  const item = `item: { type: 'string' },`;
  test('a new field that must be sent is told on its line', () => {
    const after = body(`${item}\ncurrency: { type: 'string' },`, `'item', 'currency'`);
    expect(problemsOf(body(item, `'item'`), after)).toMatchObject([
      {
        rule: 'required-request-input',
        severity: 'warning',
        line: 6,
        because: expect.stringContaining('`POST /orders`'),
      },
    ]);
  });
  test('a new field that may be left out, or that has a default, breaks nobody', () => {
    expect(rulesOf(body(item, `'item'`), body(`${item}\nnote: { type: 'string' },`, `'item'`))).toEqual([]);
    const filled = body(`${item}\ncurrency: { type: 'string', default: 'EUR' },`, `'item', 'currency'`);
    expect(rulesOf(body(item, `'item'`), filled)).toEqual([]);
  });
  test('a bound that tightens and an enumeration that shrinks refuse what was accepted', () => {
    expect(
      rulesOf(body(`item: { type: 'string', maxLength: 80 }`, ''), body(`item: { type: 'string', maxLength: 40 }`, '')),
    ).toEqual(['narrowed-request']);
    expect(rulesOf(body(`item: { enum: ['a',\n'b'] }`, ''), body(`item: { enum: ['a'] }`, ''))).toEqual([
      'narrowed-request',
    ]);
  });
});

describe('what a route answers', () => {
  test('a field that the serialiser drops from now on', () => {
    expect(
      rulesOf(answer(`id: { type: 'string' },\ntotal: { type: 'number' },`), answer(`id: { type: 'string' },`)),
    ).toEqual(['removed-response-data']);
  });
  test.each([
    [`{ type: ['string', 'null'] }`, `{ type: 'string' }`],
    [`{ type: 'string', nullable: true }`, `{ type: 'string' }`],
    [`{ anyOf: [{ type: 'null' }, { type: 'object', properties: {} }] }`, `{ type: 'object', properties: {} }`],
  ])('%s that becomes %s has no way to say null', (before, after) => {
    expect(rulesOf(answer(`by: ${before}`), answer(`by: ${after}`))).toEqual(['lost-null']);
    expect(rulesOf(answer(`by: ${after}`), answer(`by: ${before}`))).toEqual([]);
  });
});

describe('schemas of TypeBox', () => {
  const reply = (fields: string) => `
const reply = Type.Object({ id: Type.String(), ${fields} }, { $id: 'Reply' });
${post('{ response: { 200: reply } }')}`;
  test('a field that loses its null, and one that is gone', () => {
    const before = reply('nick: Type.Union([Type.String(), Type.Null()])');
    expect(rulesOf(before, reply('nick: Type.String({ maxLength: 40 })'))).toEqual(['lost-null']);
    expect(rulesOf(reply('nick: Type.String()'), reply(''))).toEqual(['removed-response-data']);
  });
  test('an optional field of a request breaks nobody, one that must be sent does', () => {
    const sent = (fields: string) => post(`{ body: Type.Object({ item: Type.String(), ${fields} }) }`);
    expect(rulesOf(sent(''), sent('note: Type.Optional(Type.String())'))).toEqual([]);
    expect(rulesOf(sent(''), sent('note: Type.String()'))).toEqual(['required-request-input']);
    expect(rulesOf(sent('note: Type.String()'), sent('note: Type.String({ maxLength: 3 })'))).toEqual([
      'narrowed-request',
    ]);
  });
  test('a schema put together from others says nothing', () => {
    expect(rulesOf(reply('nick: Type.String()'), reply('...shared'))).toEqual([]);
    expect(rulesOf(reply('nick: Type.Union(kinds)'), reply('nick: Type.Intersect([a, b])'))).toEqual([]);
  });
});

describe('what is not in sight says nothing', () => {
  test.each([
    ['a spread', `...shared,\nid: { type: 'string' }`, `id: { type: 'string' }`],
    ['a schema from elsewhere', `id: idSchema`, `id: { type: 'string' }`],
    ['an enumeration from elsewhere', `id: { enum: kinds }`, `id: { enum: ['a'] }`],
  ])('%s', (_, before, after) => {
    expect(rulesOf(body(before, ''), body(after, ''))).toEqual([]);
    expect(rulesOf(answer(after), answer(before))).toEqual([]);
  });
  test('two schemas of one name are not compared', () => {
    const twice = (schema: string) => `${post(schema)}${post(`{ body: { type: 'object', properties: {} } }`)}`;
    const strict = `{ body: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } }`;
    expect(rulesOf(twice(`{ body: { type: 'object', properties: {} } }`), twice(strict))).toEqual([]);
  });
  test('a test file and an object that is no route are left alone', () => {
    const strict = body(`item: { type: 'string' }`, `'item'`);
    expect(rulesOf(body(`item: { type: 'string' }`, ''), strict, 'test/routes.test.ts')).toEqual([]);
    const sent = (required: string) =>
      `send({ body: { type: 'object', required: [${required}], properties: { a: { type: 'string' } } } });`;
    expect(rulesOf(sent(''), sent(`'a'`))).toEqual([]);
  });
  test('schemas that name each other end', () => {
    const circle = (type: string) => `
const a = { type: 'object', properties: { b: b, c: b } };
const b = { type: 'object', properties: { a: a, d: a, e: { type: ${type} } } };
export const read = { response: { 200: a } };`;
    expect(rulesOf(circle("['string', 'null']"), circle("'string'"))).toEqual(['lost-null']);
  });
});
