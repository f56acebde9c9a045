import { defineRule } from '../define-rule.ts';

/** Options that take the check out of the checking of a token. */
export const tokenCheckSwitchedOff = defineRule({
  id: 'token-check-switched-off',
  lesson: 4,
  severity: 'warning',
  summary: 'A check of the token is switched off: name the one algorithm you sign with, and let tokens expire.',
  why: 'With `none` among the algorithms a token needs no signature, so anybody writes one. With the expiry ignored a token that leaked once, in a log or a proxy, opens the door for ever, and signing somebody out means nothing.',
  fix: 'Pass `algorithms` with the one that you sign with, and leave `ignoreExpiration` out. Where an expired token is what you expect, as for its renewal, ask a store whether its session is still alive.',
  examples: {
    bad: [
      {
        path: 'src/auth.ts',
        code: `
  import jwt from 'jsonwebtoken';
  export const read = (token: string, key: string) =>
>   jwt.verify(token, key, { algorithms: ['HS256', 'none'] });`,
      },
      {
        path: 'src/jwt.strategy.ts',
        code: `
  import { Injectable } from '@nestjs/common';
  import { PassportStrategy } from '@nestjs/passport';
  import { ExtractJwt, Strategy } from 'passport-jwt';
  @Injectable()
  export class JwtStrategy extends PassportStrategy(Strategy) {
    constructor(keys: Keys) {
      super({
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
>       ignoreExpiration: true,
        secretOrKey: keys.access,
      });
    }
  }`,
      },
      {
        path: 'src/session.js',
        code: `
  const jwt = require('jsonwebtoken');
  module.exports.userOf = (req) =>
>   jwt.verify(req.cookies.session, process.env.SESSION_KEY, { ignoreExpiration: true }).sub;`,
      },
    ],
    good: [
      {
        path: 'src/auth.ts',
        code: `
  import jwt from 'jsonwebtoken';
  export const read = (token: string, key: string) => jwt.verify(token, key, { algorithms: ['HS256'] });
  export const refreshSession = (token: string, key: string) =>
    jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true });`,
      },
      {
        path: 'src/jwt.strategy.ts',
        code: `
  import { ExtractJwt, Strategy } from 'passport-jwt';
  export const strategy = (key: string, load: (sub: string) => Promise<User>) =>
    new Strategy(
      { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), ignoreExpiration: false, secretOrKey: key },
      (claims, done) => load(claims.sub).then((user) => done(null, user), done),
    );`,
      },
    ],
  },
  *check({ code }) {
    if (code?.browser) return;
    for (const { what, line, endLine } of code?.laxChecks ?? [])
      if (what === 'algorithm' || what === 'expiry')
        yield {
          line,
          endLine,
          because:
            what === 'algorithm'
              ? 'The algorithm `none` stands for a token that nobody signed.'
              : 'A token that has expired is taken as well.',
        };
  },
});
