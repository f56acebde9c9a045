import { defineRule } from '../define-rule.ts';

/** New servers that cannot say how they are. */
export const serverWithoutHealthRoute = defineRule({
  id: 'server-without-health-route',
  lesson: 8,
  severity: 'notice',
  summary: 'A new server listens and answers no health check: add a route that says whether it can work.',
  why: 'Load balancers and orchestrators send traffic to whatever accepts a connection. A process that lost its database accepts connections very well, and answers every one of them with an error.',
  fix: 'Add `/healthz` for "the process lives" and `/readyz` for "what I need is there", cheap, without a login, and name them in the deployment.',
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
  import Fastify from 'fastify';
  const app = Fastify();
> await app.listen({ port: 3000 });`,
      },
      {
        path: 'src/koa.ts',
        code: `
  import Koa from 'koa';
  const app = new Koa();
> app.listen(3000);`,
      },
    ],
    good: [
      {
        path: 'src/server.ts',
        code: `
  import express from 'express';
  const app = express();
  app.get('/healthz', (req, res) => res.sendStatus(200));
  app.listen(3000);`,
      },
      {
        path: 'src/listen.ts',
        context: {
          'src/app.ts': `import express from 'express';
export const app = express();
app.get('/livez', (req, res) => res.sendStatus(200));
`,
        },
        code: `
  import { createServer } from 'node:http';
  import { app } from './app.js';
  createServer(app).listen(3000);`,
      },
    ],
  },
  *check({ code, file, project }) {
    if (!code || file.status !== 'added' || code.observability.answersHealth) return;
    const [first] = code.servers;
    if (!first || project.paths.some((path) => /health|readiness|liveness|probe/i.test(path))) return;
    yield {
      line: first.line,
      endLine: first.line,
      because: 'Neither this file, nor one that it imports, nor the name of another speaks of health.',
    };
  },
});
