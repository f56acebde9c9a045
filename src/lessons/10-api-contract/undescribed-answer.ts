import { defineRule } from '../define-rule.ts';

/** Routes without a description of what they answer, where that is how this API is described. */
export const undescribedAnswer = defineRule({
  id: 'undescribed-answer',
  lesson: 10,
  severity: 'warning',
  summary:
    'The route does not say what it takes and answers: give it the schema or the decorators its neighbours have.',
  why: 'In a code-first API the description is made from the routes. One without a schema is a hole in the documentation and in every generated client; in Fastify its body is not validated either and its answer is serialised the slow way, with whatever fields the object happens to have.',
  fix: 'Fastify: add `schema` with `body`, `querystring` and `response`. Nest: add `@ApiOkResponse({ type })` and the errors, or the Swagger plugin. Elsewhere: register it through the same OpenAPI helper as the others.',
  examples: {
    bad: [
      {
        path: 'src/routes.js',
        code: `
  export default async function (fastify) {
    fastify.get('/orders', { schema: { response: { 200: orders } } }, async () => list());
>   fastify.post('/orders', async (request) => create(request.body));
  }`,
      },
      {
        path: 'src/cats.controller.ts',
        code: `
  import { Controller, Get } from '@nestjs/common';
  @Controller('cats')
  export class CatsController {
>   @Get()
>   list(): Promise<Cat[]> {
>     return this.cats.list();
>   }
  }`,
        context: { 'package.json': '{ "dependencies": { "@nestjs/swagger": "^8.0.0" } }' },
      },
      {
        path: 'src/refunds.js',
        code: `
  module.exports = async function (app) {
>   app.post('/refunds', { preHandler: app.signedIn }, async (request, reply) => {
>     return reply.send(await refund(request.body));
>   });
  };`,
        context: { 'package.json': '{ "dependencies": { "fastify": "^5.0.0", "@fastify/swagger": "^9.0.0" } }' },
      },
      {
        path: 'src/tags-controller.ts',
        code: `
  export class TagsController extends Controller {
    constructor(openApi) {
      super();
      this.route({ method: 'get', path: '/', handler: this.list, middleware: [openApi.validPath({ operationId: 'tags' })] });
>     this.delete('/:tag', this.remove, DELETE_TAG);
    }
    async list(req, res) {
      res.json(await all());
    }
    async remove(req, res) {
      res.status(204).end();
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/routes.js',
        code: `
  export default async function (fastify) {
    fastify.get('/orders', { schema: { response: { 200: orders } } }, async () => list());
    fastify.get('/health', async () => ({ ok: true }));
  }`,
      },
      {
        path: 'src/app.js',
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders', (req, res) => res.json(list()));`,
      },
      {
        path: 'src/refunds.js',
        code: `
  module.exports = async function (app) {
    app.post('/refunds', async (request, reply) => reply.send(await refund(request.body)));
  };`,
        context: { 'package.json': '{ "dependencies": { "fastify": "^5.0.0" } }' },
      },
    ],
  },
  *check({ code, file, project }) {
    if (!code) return;
    const routes = code.handlers.filter(
      // An event stream has no answer that a schema could describe.
      ({ method, path }) => method !== 'USE' && method !== 'SSE' && path !== 'unknown' && !isInternal(path),
    );
    const described = routes.filter((route) => route.described === 'yes').length;
    const { known, all } = project.packagesOf(file.path);
    const swagger = '@nestjs/swagger' in all || !known;
    for (const { framework, described: says, line, endLine, method, path } of routes) {
      if (says !== 'no') continue;
      if (framework === 'fastify' && described === 0 && (documentsFastify(all) || !known)) {
        const because = `\`${method} ${path}\` has no \`schema\`: Fastify neither checks what comes in nor describes it.`;
        yield { line, endLine: Math.min(endLine, line + 3), because, severity: 'notice' };
        continue;
      }
      const evidence =
        framework === 'nest' && swagger
          ? described > 0 || '@nestjs/swagger' in all || !known
          : described > 0 && framework !== 'nest' && framework !== 'next';
      if (!evidence) continue;
      const because =
        described > 0
          ? `${described} of ${routes.length} routes of this file are described, \`${method} ${path}\` is not.`
          : `\`${method} ${path}\` has no decorator that describes its answer.`;
      yield { line, endLine: Math.min(endLine, line + 3), because };
    }
  },
});

function documentsFastify(packages: Readonly<Record<string, string>>): boolean {
  return '@fastify/swagger' in packages || 'fastify-swagger' in packages;
}

/** Routes for machines and operators, which no contract lists. */
function isInternal(path: string): boolean {
  return /health|ready|live|metrics|ping|status|internal|webhook|\*|favicon|robots/i.test(path);
}
