import { defineRule } from '../define-rule.ts';

/** New servers that nothing ends in order. */
export const serverWithoutShutdown = defineRule({
  id: 'server-without-shutdown',
  lesson: 6,
  severity: 'notice',
  summary: 'A new server listens and nothing hears SIGTERM: stop accepting, finish what runs, and close.',
  why: 'Every roll-out, scale-down and moved node begins with SIGTERM. Without a listener Node ends on the spot and drops all requests in flight; as process 1 of a container it does not even hear it, and is killed half a minute later. Each deployment then costs your users a few errors, and jobs half their work.',
  fix: 'On SIGTERM call `server.close()`, wait for what runs, close pools and queues, and exit; give it a deadline shorter than the orchestrator’s. Nest: `app.enableShutdownHooks()`. Fastify: `close-with-grace`. Others: `@godaddy/terminus`, `lightship`, `stoppable`.',
  examples: {
    bad: [
      {
        path: 'src/server.ts',
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders', list);
> app.listen(3000);`,
      },
      {
        path: 'src/main.ts',
        code: `
  import { NestFactory } from '@nestjs/core';
  import { AppModule } from './app.module.ts';
  async function bootstrap() {
    const app = await NestFactory.create(AppModule);
>   await app.listen(3000);
  }
  bootstrap();`,
      },
      {
        path: 'src/start.js',
        code: `
  const Fastify = require('fastify');
  const app = Fastify();
> app.listen({ port: 3000 });`,
      },
    ],
    good: [
      {
        path: 'src/server.ts',
        code: `
  import express from 'express';
  const app = express();
  app.get('/orders', list);
  const server = app.listen(3000);
  process.once('SIGTERM', () => server.close(() => process.exit(0)));`,
      },
      {
        path: 'src/main.ts',
        code: `
  import { NestFactory } from '@nestjs/core';
  import { AppModule } from './app.module.ts';
  async function bootstrap() {
    const app = await NestFactory.create(AppModule);
    app.enableShutdownHooks();
    await app.listen(3000);
  }
  bootstrap();`,
      },
      {
        path: 'src/listen.js',
        context: { 'src/stop.js': "exports.stop = (server) => process.once('SIGTERM', () => server.close());\n" },
        code: `
  const express = require('express');
  const { stop } = require('./stop');
  const app = express();
  stop(app.listen(3000));`,
      },
      {
        path: 'src/start.js',
        context: { 'src/plugins/graceful-stop.js': 'module.exports = stop;\n' },
        code: `
  const Fastify = require('fastify');
  const app = Fastify();
  app.register(require('./plugins'));
  app.listen({ port: 3000 });`,
      },
    ],
  },
  *check({ code, file, project }) {
    if (!code || code.browser || file.status !== 'added' || code.servers.length === 0) return;
    if (project.paths.some((path) => /shut-?_?down|graceful|terminus|serverless\.ya?ml|vercel\.json/i.test(path)))
      return;
    for (const { framework, ends, line, endLine, explained } of code.servers) {
      if (ends || explained) continue;
      const hooks = framework === '@nestjs/core' ? 'Nest hears signals only after `enableShutdownHooks()`.' : '';
      yield {
        line,
        endLine: Math.min(endLine, line + 3),
        because:
          hooks ||
          'Neither this file, nor one that it imports, nor the name of another speaks of a signal or a shutdown.',
      };
    }
  },
});
