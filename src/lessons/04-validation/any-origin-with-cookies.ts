import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** CORS that answers every site, and with the visitor's cookies. */
export const anyOriginWithCookies = defineRule({
  id: 'any-origin-with-cookies',
  lesson: 4,
  severity: 'warning',
  summary: 'Every site may call this API with the visitor’s cookies and read the answer: list the origins that may.',
  why: 'A browser lets a page read another site’s answer only if that site names the page’s origin. To send back whatever origin asks, with credentials, says yes to all: any page that a signed-in user opens can read and change what the user can.',
  fix: "Compare the origin with a list of your own (`origin: ['https://app.example.com']`), or leave `credentials` out where the API is meant for everybody.",
  examples: {
    bad: [
      {
        path: 'src/app.ts',
        code: `
  import cors from 'cors';
  import express from 'express';
  const app = express();
> app.use(cors({ origin: true, credentials: true }));`,
      },
      {
        path: 'src/server.ts',
        code: `
  import cors from '@fastify/cors';
  import fastify from 'fastify';
  const app = fastify();
> await app.register(cors, {
>   origin: (_origin, callback) => callback(null, true),
>   credentials: true,
> });`,
      },
      {
        path: 'src/headers.ts',
        code: `
  import type { NextFunction, Request, Response } from 'express';
  export function allowOrigin(req: Request, res: Response, next: NextFunction) {
>   res.setHeader('Access-Control-Allow-Origin', req.headers.origin ?? '*');
    res.setHeader('Access-Control-Allow-Credentials', 'true');
    next();
  }`,
      },
    ],
    good: [
      {
        path: 'src/app.ts',
        code: `
  import cors from 'cors';
  import express from 'express';
  const app = express();
  app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
  app.use('/public', cors({ origin: true }));`,
      },
      {
        path: 'src/headers.ts',
        code: `
  import type { NextFunction, Request, Response } from 'express';
  const allowed = new Set(['https://app.example.com', 'https://admin.example.com']);
  export function allowOrigin(req: Request, res: Response, next: NextFunction) {
    const { origin } = req.headers;
    if (origin && allowed.has(origin)) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
    }
    next();
  }`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['origin'], 'is let in, whatever it is, by', () => 'warning');
    if (facts.code?.browser) return;
    for (const { what, line, endLine } of facts.code?.laxChecks ?? [])
      if (what === 'origin')
        yield { line, endLine, because: 'Any origin is answered, and `credentials` lets the cookies along.' };
  },
});
