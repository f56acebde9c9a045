import type { Facts } from '../../facts/facts.ts';
import { defineRule } from '../define-rule.ts';

const sensitive =
  /(?:^|[/-])(?:log-?in|sign-?in|sign-?up|register|password|passwd|passcode|reset|forgot|recover\w*|otp|totp|mfa|2fa|verify|verification|token|session|auth|authenticate|activate|resend)(?:[/:-]|$)/i;
const limiting = /rate-?limit|throttl|slow-down|brute|bottleneck/i;

/** Routes that check credentials as often as one asks. */
export const authWithoutRateLimit = defineRule({
  id: 'auth-without-rate-limit',
  lesson: 1,
  severity: 'warning',
  summary: 'This route checks credentials as often as anybody asks: limit how often one client may try.',
  why: 'A route that answers whether a password is right is a machine for finding passwords: a thousand tries a second, and each costs you a hash. Lists of leaked passwords are tried on every login there is.',
  fix: 'Limit by account and by address (`express-rate-limit`, `@fastify/rate-limit`, `@nestjs/throttler`, `rate-limiter-flexible`), with the counts in a store that all processes share.',
  examples: {
    bad: [
      {
        path: 'src/app.js',
        code: `
  const express = require('express');
  const app = express();
> app.post('/login', (req, res) => signIn(req, res));`,
      },
      {
        path: 'src/server.ts',
        code: `
  import Fastify from 'fastify';
  const app = Fastify();
> app.post('/password/reset', async (request) => reset(request.body));`,
      },
      {
        path: 'src/mfa.controller.ts',
        context: { 'package.json': '{"dependencies":{"@nestjs/common":"11"}}' },
        code: `
  import { Controller, Post } from '@nestjs/common';
  @Controller('mfa')
  export class MfaController {
>   @Post('resend-otp')
>   resend() {}
  }`,
      },
    ],
    good: [
      {
        path: 'src/app.js',
        code: `
  const express = require('express');
  const { rateLimit } = require('express-rate-limit');
  const app = express();
  app.post('/login', rateLimit({ limit: 5 }), (req, res) => signIn(req, res));`,
      },
      {
        path: 'src/other.js',
        code: `
  const express = require('express');
  const app = express();
  app.get('/login', (req, res) => res.render('login'));
  app.post('/orders', (req, res) => store(req, res));`,
      },
    ],
  },
  *check(facts) {
    const { code } = facts;
    if (!code || code.browser || code.limitsRate || hasLimiter(facts)) return;
    for (const { framework, method, path, line, endLine, explained } of code.handlers) {
      if (!/^(?:POST|PUT|PATCH|DELETE)$/.test(method) || !sensitive.test(path) || explained) continue;
      // Routers are limited where they are mounted, and Nest for all controllers at once.
      const inSight = code.makesApp && /^(?:express|fastify|koa|hono|unknown)$/.test(framework);
      if (!inSight && framework !== 'nest') continue;
      const known = facts.project.packagesOf(facts.file.path).known;
      yield {
        line,
        endLine: Math.min(endLine, line + 4),
        because: `${method} ${path} is served with no limiter in sight.`,
        ...(known ? {} : { severity: 'notice' as const }),
      };
    }
  },
});

/** A limiter among the dependencies may be set up in another file. */
function hasLimiter({ project, file }: Facts): boolean {
  return Object.keys(project.packagesOf(file.path).all).some((name) => limiting.test(name));
}
