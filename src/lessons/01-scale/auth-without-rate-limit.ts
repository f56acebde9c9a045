import type { Facts } from '../../facts/facts.ts';
import { defineRule } from '../define-rule.ts';

const sensitive =
  /(?:^|[/-])(?:log-?in|sign-?in|sign-?up|register|password|passwd|passcode|reset|forgot|recover\w*|otp|totp|mfa|2fa|verify|verification|token|session|auth|authenticate|activate|resend)(?:[/:-]|$)/i;
/** The same in a file that does not make the application: what is certainly a credential that is asked for or sent. */
const certain =
  /(?:^|[/-])(?:log-?in|sign-?in|sign-?up|password|passwd|passcode|forgot|recover\w*|otp|totp|mfa|2fa|magic-?link|(?:verify|resend)-(?:code|otp|email|phone|token))(?:[/:-]|$)/i;
/** What comes here was signed by whoever checked the credentials. */
const elsewhereChecked = /(?:^|[/-])(?:callback|saml|acs|oidc|sso)(?:[/:-]|$)/i;
/** Packages that limit; the last ones come with limits of their own. */
const limiting =
  /rate-?limit|throttl|slow-down|brute|bottleneck|arcjet|^(?:better-auth|next-auth|@clerk\/\w+|@auth0\/\w+)$/i;

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
      {
        path: 'src/routes/account.ts',
        context: { 'package.json': '{"dependencies":{"express":"5"}}' },
        code: `
  import { Router } from 'express';
  const router = Router();
> router.post('/forgot-password', async (req, res) => {
>   await sendLink(req.body.email);
>   res.sendStatus(204);
> });
  export default router;`,
      },
      {
        path: 'src/routes/account.js',
        context: { 'package.json': '{"dependencies":{"express":"5"}}' },
        code: `
  const router = require('express').Router();
  const account = require('../controllers/account');
> router.post('/sign-in', account.signIn);
> router.put('/password', guard(account.changePassword));
  router.get('/profile', account.profile);
  module.exports = router;`,
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
        path: 'src/routes/account.ts',
        context: { 'package.json': '{"dependencies":{"express":"5","rate-limiter-flexible":"7"}}' },
        code: `
  import { Router } from 'express';
  const router = Router();
  router.post('/login', (req, res) => signIn(req, res));`,
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
    if (!code || code.browser || code.limitsRate) return;
    const routes = [...code.handlers, ...code.remoteRoutes];
    if (routes.length === 0 || hasLimiter(facts)) return;
    for (const { framework, method, path, line, endLine, explained } of routes) {
      if (
        !/^(?:POST|PUT|PATCH|DELETE)$/.test(method) ||
        !sensitive.test(path) ||
        elsewhereChecked.test(path) ||
        explained
      )
        continue;
      const known = facts.project.packagesOf(facts.file.path).known;
      // Routers may be limited where they are mounted, and Nest limits all controllers at once: there the dependencies tell.
      const inSight = code.makesApp && /^(?:express|fastify|koa|hono|unknown)$/.test(framework);
      const elsewhere = known && certain.test(path) && /^(?:express|fastify|koa|hono|next)$/.test(framework);
      if (!inSight && !elsewhere && framework !== 'nest') continue;
      yield {
        line,
        endLine: Math.min(endLine, line + 4),
        because: `${method} ${path} is served with no limiter in sight.`,
        ...(known ? {} : { severity: 'notice' as const }),
      };
    }
  },
});

/** A limiter among the dependencies, or a file that is called one, may be set up elsewhere. */
function hasLimiter({ project, file }: Facts): boolean {
  return (
    Object.keys(project.packagesOf(file.path).all).some((name) => limiting.test(name)) ||
    project.paths.some((path) => /rate-?limit|limiter|throttl/i.test(path))
  );
}
