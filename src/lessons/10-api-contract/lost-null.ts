import { defineRule } from '../define-rule.ts';
import { contractProblems } from './contract-problems.ts';

export const lostNull = defineRule({
  id: 'lost-null',
  lesson: 10,
  severity: 'warning',
  summary:
    'A field of the answer could be `null` and has no way to say so now: keep `null` in its schema while a row may lack it.',
  why: 'Fastify writes answers by the schema. A `null` where the schema says `string` goes out as an empty text, where it says `number` as 0, where it says `object` as an error: the client sees a value that nobody stored. The types agree and the tests, whose rows are complete, pass.',
  fix: "Keep `nullable: true`, `type: ['string', 'null']` or the `anyOf`. If the field is never `null` any more, show in the pull request which constraint sees to it.",
  examples: {
    bad: [
      {
        path: 'src/objects.ts',
        before: `
  const found = {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        seenAt: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
    },
  } as const;
  export default async function routes(fastify) {
    fastify.get('/objects', { schema: { response: { 200: found } } }, async () => fastify.objects.all());
  }`,
        code: `
  const found = {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string' },
>       seenAt: { type: 'string' },
      },
    },
  } as const;
  export default async function routes(fastify) {
    fastify.get('/objects', { schema: { response: { 200: found } } }, async () => fastify.objects.all());
  }`,
      },
      {
        path: 'src/orders.js',
        before: `
  module.exports = async function (app) {
    app.get('/orders/:id', {
      schema: {
        response: {
          200: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              shipment: { type: 'object', nullable: true, properties: { carrier: { type: 'string' } } },
            },
          },
        },
      },
    }, async (request) => app.orders.byId(request.params.id));
  };`,
        code: `
  module.exports = async function (app) {
    app.get('/orders/:id', {
      schema: {
        response: {
          200: {
            type: 'object',
            properties: {
              id: { type: 'string' },
>             shipment: { type: 'object', properties: { carrier: { type: 'string' } } },
            },
          },
        },
      },
    }, async (request) => app.orders.byId(request.params.id));
  };`,
      },
      {
        path: 'src/members.schema.ts',
        before: `
  export const readMember = {
    params: { type: 'object', properties: { id: { type: 'string' } } },
    response: {
      200: { type: 'object', properties: { name: { type: 'string' }, team: { type: ['string', 'null'] } } },
    },
  };`,
        code: `
  export const readMember = {
    params: { type: 'object', properties: { id: { type: 'string' } } },
    response: {
>     200: { type: 'object', properties: { name: { type: 'string' }, team: { type: 'string' } } },
    },
  };`,
      },
    ],
    good: [
      {
        path: 'src/orders.js',
        before: `
  module.exports = async function (app) {
    app.get('/orders/:id', {
      schema: { response: { 200: { type: 'object', properties: { note: { type: ['string', 'null'] }, by: person } } } },
    }, async (request) => app.orders.byId(request.params.id));
  };`,
        code: `
  module.exports = async function (app) {
    app.get('/orders/:id', {
      schema: { response: { 200: { type: 'object', properties: { note: { type: 'string', nullable: true }, by: user } } } },
    }, async (request) => app.orders.byId(request.params.id));
  };`,
      },
    ],
  },
  check: (facts) => contractProblems(facts, 'lost-null'),
});
