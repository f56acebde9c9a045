import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { secretsReader } from '../../../src/facts/secrets/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

// Made of parts, so that this repository holds nothing that looks like a secret.
const word = ['quiet', 'otter', 'lake'].join('-');
const base32 = ['KVKFKRCPNZQUYMLX', 'OVYDSQKJKZDTSRLD'].join('');

function found(text: string, path = 'src/app.ts'): (string | undefined)[] {
  const file = compareTexts({ path, status: 'added', after: text });
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return (secretsReader.read(file, project).secrets ?? []).map(({ what }) => what);
}

describe('what a library takes as a key or a password is one, in words too', () => {
  test.each([
    [
      'a plug-in of Fastify',
      `import jwt from '@fastify/jwt';\napp.register(jwt, { secret: '${word}' });`,
      'signing key',
    ],
    [
      'a plug-in required on the spot',
      `app.register(require('@fastify/cookie'), { secret: '${word}' });`,
      'signing key',
    ],
    [
      "NestJS's strategy",
      `import { Strategy } from 'passport-jwt';\nclass S extends Base { constructor() { super({ secretOrKey: '${word}' }); } }`,
      'signing key',
    ],
    ['keys of Koa', `import Koa from 'koa';\nconst app = new Koa();\napp.keys = ['${word}'];`, 'signing key'],
    [
      'a provider of sign-in',
      `import { Strategy } from 'passport-github2';\nnew Strategy({ clientID: 'a', clientSecret: '${word}' }, done);`,
      'secret',
    ],
    ['sessions of next-auth', `import NextAuth from 'next-auth';\nNextAuth({ secret: '${word}' });`, 'signing key'],
    [
      'users by name',
      `import basicAuth from 'express-basic-auth';\napp.use(basicAuth({ users: { ada: '${word}-9' } }));`,
      'password',
    ],
    [
      'a strategy of hapi',
      `import Jwt from '@hapi/jwt';\nserver.auth.strategy('jwt', 'jwt', { key: '${word}', validate });`,
      'signing key',
    ],
    [
      'a strategy of passport, in a fragment',
      `passport.use(new JwtStrategy({ jwtFromRequest: ExtractJwt.fromHeader('x'), secretOrKey: '${word}' }, verify));`,
      'signing key',
    ],
    [
      'what a key is made of',
      `import { scryptSync } from 'node:crypto';\nscryptSync('${word}', salt, 32);`,
      'password that a key is made of',
    ],
    ['one-time passwords', `import { authenticator } from 'otplib';\nauthenticator.generate('${base32}');`, 'secret'],
    ['a fallback that signs', `export const key = process.env.JWT_SECRET || 'change-me';`, 'signing key'],
    ['a fallback by its index', `export const key = process.env['SESSION_SECRET'] ?? 'secret';`, 'signing key'],
    [
      'options held by a name',
      `import pg from 'pg';\nconst options = { host: 'db.acme.io', password: 'secret' };\nnew pg.Pool(options);`,
      'password',
    ],
  ])('%s', (_, text, what) => {
    expect(found(text)).toEqual([what]);
  });
});

describe('and is left alone', () => {
  test.each([
    ['from the environment', `import jwt from '@fastify/jwt';\napp.register(jwt, { secret: process.env.JWT_SECRET });`],
    ['in a plug-in that takes none', `import routes from './routes';\napp.register(routes, { secret: '${word}' });`],
    ['as a fallback of a local database', `export const word = process.env.DB_PASSWORD || 'postgres';`],
    ['as a fallback of a public key', `export const key = process.env.NEXT_PUBLIC_TOKEN_KEY || '${word}';`],
    ['as a fallback of something else', `export const name = process.env.SESSION_NAME || '${word}';`],
    ['behind a condition', `export const key = process.env.JWT_SECRET && '${word}';`],
    ['as a model server that takes any', `import OpenAI from 'openai';\nnew OpenAI({ apiKey: 'not-needed' });`],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});
