import { defineRule } from '../define-rule.ts';

const lessonOne = new Set(['file-sync', 'process']);

/** Synchronous calculations while a request waits. */
export const syncInHandler = defineRule({
  id: 'sync-in-handler',
  lesson: 5,
  severity: 'warning',
  summary:
    'A synchronous call blocks the event loop while a request waits: use the asynchronous form, or do it at start.',
  why: 'Node serves every request on one thread. While a password is hashed or a body is packed synchronously, nobody else is served: at ten requests a second, 100 ms of it is the whole server.',
  fix: 'Await the promise form (`bcrypt.compare`, `promisify(crypto.scrypt)`, `promisify(zlib.gzip)`): the work then runs on another thread. Do what is the same for all requests once, at module level.',
  examples: {
    bad: [
      {
        path: 'src/login.ts',
        code: `
  import Fastify from 'fastify';
  import bcrypt from 'bcrypt';
  const app = Fastify();
  app.post('/login', async (request) => {
>   return bcrypt.compareSync(request.body.word, stored);
  });`,
      },
      {
        path: 'src/pack.js',
        code: `
  const express = require('express');
  const zlib = require('zlib');
  const app = express();
  app.get('/report', (req, res) => {
>   res.send(zlib.gzipSync(report(req.user)));
  });`,
      },
      {
        path: 'src/keys.ts',
        code: `
  import { scryptSync } from 'node:crypto';
  export async function POST(request: Request) {
    const { phrase } = await request.json();
>   return Response.json({ key: scryptSync(phrase, 'pepper', 32).toString('hex') });
  }
  export const handler = POST;`,
      },
    ],
    good: [
      {
        path: 'src/login.ts',
        code: `
  import Fastify from 'fastify';
  import bcrypt from 'bcrypt';
  const pepper = bcrypt.genSaltSync();
  const app = Fastify();
  app.post('/login', async (request) => bcrypt.compare(request.body.word + pepper, stored));`,
      },
      {
        path: 'src/bin/add-admin.ts',
        code: `
  import bcrypt from 'bcrypt';
  export const rowOf = (name: string, password: string) => ({ name, hash: bcrypt.hashSync(password, 12) });`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    const served = !code.terminal && !onceOnly.test(file.path);
    for (const { call, sync, scope, what, evidence, line, endLine, repair, explained, ofPassword } of code.slowCalls) {
      if (!sync || explained) continue;
      // A name that nothing in the file declares: all that is known is that it is synchronous.
      if (evidence === 'name')
        yield { line, endLine, severity: 'notice', because: `\`${call}\` is synchronous by its name.` };
      else if (!lessonOne.has(what) && (scope === 'request' || (scope === 'unknown' && ofPassword && served)))
        yield {
          line,
          endLine,
          because: `\`${call}\` runs ${scope === 'request' ? 'while a request waits' : 'each time a password is set or checked'}.`,
          ...(repair ? { fix: repair } : {}),
        };
    }
  },
});

/** Files that a person runs, and waits for alone. */
const onceOnly =
  /(?:^|\/)(?:bin|cli|commands?|scripts?|seed\w*|migrat\w*|install\w*|setup|tools?|examples?|fixtures?)(?:[/.]|$)/i;
