import { defineRule } from '../define-rule.ts';

/** Handlers that answer what their route's response schema does not say. */
export const undocumentedAnswer = defineRule({
  id: 'undocumented-answer',
  lesson: 10,
  severity: 'warning',
  summary: 'The handler answers what the response schema of its route does not say: let both say the same.',
  why: 'Fastify writes answers by the schema. A field that the schema does not name is dropped without a word: the code sends it, the test of the service sees it, the client never does. A status that is not named is in no documentation and in no generated client, which takes it for a failure of the network.',
  fix: 'Add the field or the status to `schema.response`, or stop sending it.',
  examples: {
    bad: [
      {
        path: 'src/orders.js',
        code: `
  export default async function (fastify) {
    const answer = { type: 'object', properties: { id: { type: 'string' }, total: { type: 'number' } } };
    fastify.get('/orders/:id', { schema: { response: { 200: answer } } }, async (request, reply) => {
      const order = await fastify.orders.byId(request.params.id);
>     return { id: order.id, total: order.total, currency: order.currency };
    });
  }`,
      },
      {
        path: 'src/refunds.ts',
        code: `
  import type { FastifyInstance } from 'fastify';
  export async function routes(app: FastifyInstance) {
    app.post('/refunds', { schema: { response: { 201: refund, 400: failure } } }, async (request, reply) => {
      const made = await app.refunds.make(request.body);
>     if (!made) return reply.code(409).send({ error: 'refunded before' });
      return reply.code(201).send(made);
    });
  }`,
      },
      {
        path: 'src/tags.js',
        code: `
  module.exports = async function (app) {
    app.route({
      method: 'POST',
      url: '/tags',
      schema: { response: { 201: { type: 'object', properties: { id: { type: 'integer' } } } } },
      handler: async (request, reply) => {
        const tag = await app.tags.add(request.body);
>       return reply.status(201).send({ id: tag.id, slug: tag.slug });
      },
    });
  };`,
      },
    ],
    good: [
      {
        path: 'src/orders.js',
        code: `
  export default async function (fastify) {
    const answer = { type: 'object', properties: { id: { type: 'string' } }, additionalProperties: true };
    fastify.get('/orders/:id', { schema: { response: { 200: answer, '4xx': { $ref: 'Failure' } } } }, async (request, reply) => {
      const order = await fastify.orders.byId(request.params.id);
      if (!order) return reply.code(404).send({ error: 'unknown' });
      return { id: order.id, total: order.total };
    });
    fastify.get('/shelves', { schema: { response: { 200: { type: 'object', properties: { all: { type: 'array' } } } } } }, async (request, reply) => {
      if (!request.shop) return reply.code(404).send({ error: 'unknown' });
      return { all: await fastify.shelves.all() };
    });
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { what, name, route, line, endLine } of code?.undocumentedAnswers ?? []) {
      const because =
        what === 'status'
          ? `\`${route}\` documents other statuses and not ${name}.`
          : `The response schema of \`${route}\` has no \`${name}\`: the serialiser drops it.`;
      yield { line, endLine, because };
    }
  },
});
