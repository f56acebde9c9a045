import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const head = `import crypto from 'node:crypto'; import jwt from 'jsonwebtoken'; import cors from 'cors';\n`;

function checksIn(text: string): string[] {
  return codeOf('src/app.ts', `${head}${text}`).laxChecks.map(({ what }) => what);
}

test.each([
  ['a token that needs no signature', 'jwt.verify(token, key, { algorithms: ["none"] });', ['algorithm']],
  ['a token that is signed with nothing', 'jwt.sign(claims, "", { algorithm: "none" });', ['algorithm']],
  ['a token of any age', 'export const read = (t) => jwt.verify(t, key, { ignoreExpiration: true });', ['expiry']],
  [
    'origins that are repeated, with cookies',
    'app.use(cors({ credentials: true, origin: (asked) => asked }));',
    ['origin'],
  ],
  ['options that have a name', 'const corsOptions = { origin: true, credentials: true };', ['origin']],
  ['options of the framework', 'app.enableCors({ origin: true, credentials: true });', ['origin']],
  [
    'a signature that is compared as text',
    'const made = crypto.createHmac("sha256", key).update(body).digest("hex"); if (made === given) accept();',
    ['digest'],
  ],
])('%s is told', (_name, text, what) => {
  expect(checksIn(text)).toEqual(what);
});

test.each([
  [
    'the expiry of a token that is renewed',
    'function renewToken(t) { return jwt.verify(t, key, { ignoreExpiration: true }); }',
  ],
  [
    'a digest that is looked for',
    'if (crypto.createHmac("sha256", key).update(body).digest("hex") === undefined) stop();',
  ],
  ['the digest of a file', 'if (crypto.createHash("sha256").update(body).digest("hex") !== known) reload();'],
  [
    'two digests of ours',
    'const of = (text) => text; const a = crypto.createHmac("sha256", key).update(b).digest("hex"); const c = crypto.createHmac("sha256", key).update(d).digest("hex"); if (a === c) stop();',
  ],
  ['all origins without cookies', 'app.use(cors({ origin: true }));'],
  [
    'origins that a function looks up',
    'app.use(cors({ origin: (asked, done) => done(null, own.has(asked)), credentials: true }));',
  ],
  ['a column of the same name', 'await rows.find({ select: { origin: true, credentials: true } });'],
  ['a compression that is none', 'deflate({ algorithm: "none" });'],
])('%s is not', (_name, text) => {
  expect(checksIn(text)).toEqual([]);
});
