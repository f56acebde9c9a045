import { defineRule } from '../define-rule.ts';

export const syncInHandler = defineRule({
  id: 'sync-in-handler',
  lesson: 5,
  severity: 'warning',
  summary:
    'A synchronous call blocks the event loop while a request waits: use the asynchronous form, or do it at start.',
  why: 'Node serves every request on one thread. While a file is read or a password hashed synchronously, nobody else is served: at ten requests a second, 100 ms of it is the whole server.',
  fix: 'Await the promise form (`fs.promises`, `bcrypt.compare`), or read constant files once at module level.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: " import express from 'express';\n import fs from 'node:fs';\n const app = express();\n app.get('/x', (req, res) => {\n>  res.send(fs.readFileSync('page.html'));\n });",
      },
      {
        path: 'src/b.ts',
        code: " import Fastify from 'fastify';\n import bcrypt from 'bcrypt';\n const app = Fastify();\n app.post('/login', async (request) => {\n>  return bcrypt.compareSync(request.body.word, stored);\n });",
      },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: " import express from 'express';\n import fs from 'node:fs';\n const page = fs.readFileSync('page.html');\n const app = express();\n app.get('/x', (req, res) => res.send(page));",
      },
    ],
  },
  *check({ code }) {
    for (const call of code?.slowCalls ?? []) {
      if (!call.sync || call.scope !== 'request' || call.explained) continue;
      yield { line: call.line, endLine: call.endLine, because: `\`${call.call}\` runs while a request waits.` };
    }
  },
});
