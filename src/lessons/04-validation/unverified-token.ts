import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Tokens of a request that are read without asking who signed them. */
export const unverifiedToken = defineRule({
  id: 'unverified-token',
  lesson: 4,
  severity: 'warning',
  summary: 'The token is read and its signature is not checked: anybody can write one, so verify it.',
  why: 'A JWT is text that its sender made. `decode` takes it apart and believes every word: with three lines of script somebody is user 1 with the role admin. Only the signature says that it came from you.',
  fix: 'Call `verify` with your key and the one algorithm that you sign with, and use what it returns. For tokens of another issuer, fetch its keys (`jose`: `createRemoteJWKSet` and `jwtVerify`) and check issuer and audience.',
  examples: {
    bad: [
      {
        path: 'src/auth.js',
        code: `
  import jwt from 'jsonwebtoken';
  export function signedIn(req, res, next) {
>   const token = req.headers.authorization?.slice(7);
>   req.user = jwt.decode(token);
    next();
  }`,
      },
      {
        path: 'src/session.ts',
        code: `
  import { decodeJwt } from 'jose';
  export async function GET(request: Request) {
>   const { sub } = decodeJwt(request.headers.get('x-token') ?? '');
    return Response.json(await orders(sub));
  }`,
      },
      {
        path: 'src/plugin.ts',
        code: `
  import type { FastifyInstance } from 'fastify';
  import { jwtDecode } from 'jwt-decode';
  export default async function plugin(app: FastifyInstance) {
    app.get('/me', async (request) => {
>     const claims = jwtDecode<{ sub: string }>(request.cookies.session);
      return profile(claims.sub);
    });
  }`,
      },
    ],
    good: [
      {
        path: 'src/auth.js',
        code: `
  import jwt from 'jsonwebtoken';
  import { key } from './keys.js';
  export function signedIn(req, res, next) {
    try {
      req.user = jwt.verify(req.headers.authorization?.slice(7), key, { algorithms: ['RS256'] });
      next();
    } catch {
      res.sendStatus(401);
    }
  }`,
      },
      {
        path: 'src/expiry.js',
        code: `
  import jwt from 'jsonwebtoken';
  export const expiresAt = (tokens) => jwt.decode(tokens.access_token).exp * 1000;
  export const keyId = (req) => jwt.decode(req.headers.authorization.slice(7), { complete: true }).header.kid;`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['token'], 'is believed as it comes by');
  },
});
