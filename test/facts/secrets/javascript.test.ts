import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { secretsReader } from '../../../src/facts/secrets/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

/** Lines and rules of what is found in a new file; values are made of parts, so that this repository holds no secret. */
function found(lines: readonly string[], path = 'src/app.ts', before?: string) {
  const after = lines.join('\n');
  const file = compareTexts(
    before === undefined ? { path, status: 'added', after } : { path, status: 'modified', before, after },
  );
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
  return secretsReader.read(file, project).secrets?.map(({ line, rule }) => `${line} ${rule}`) ?? [];
}
const word = ['quiet', 'otter', 'lake', '7'].join('-');
const hex = ['0f1e2d3c4b5a6978', '8796a5b4c3d2e1f0'].join('');

test('a header that is put together from a constant repeats nothing of what is told where the constant is declared', () => {
  const token = ['ghp', '_'].join('') + 'Zk4Tq8Wm'.repeat(5).slice(0, 36);
  const lines = [`const key = '${token}';`, 'fetch(url, { headers: { authorization: `Bearer ${key}` } });'];
  expect(found(lines)).toEqual(['1 provider-token']);
});

describe('a default in the schema of an environment is what runs where the variable is missing', () => {
  test.each([
    [`z.object({ JWT_SECRET: z.string().min(8).default('${word}').describe('signs') });`],
    [`z.object({ JWT_SECRET: z.string().default('secret') });`],
    [`Joi.object({ DB_PASSWORD: Joi.string().default('${word}') });`],
    [`convict({ db: { password: { format: String, default: '${word}', env: 'DB_PASSWORD' } } });`],
    [`const { SESSION_SECRET = 'secret' } = process.env;`],
  ])('%s', (line) => {
    expect(found([line])).toEqual(['1 assigned-secret']);
  });

  test.each([
    [`z.object({ JWT_SECRET: z.string().min(8), LOG_LEVEL: z.string().default('info') });`],
    [`z.object({ DB_PASSWORD: z.string().default('') });`],
    [`z.object({ passwordPolicy: z.enum(['weak', 'strong']).default('strong') });`],
  ])('none in %s', (line) => {
    expect(found([line])).toEqual([]);
  });
});

describe('a literal is followed to the call that uses it as a key', () => {
  test.each([
    ['a constant', ["import jwt from 'jsonwebtoken';", `const phrase = '${word}';`, 'jwt.sign(user, phrase);']],
    [
      'an encoded one',
      [
        "import { SignJWT } from 'jose';",
        `const raw = new TextEncoder().encode('${word}');`,
        'new SignJWT(p).setIssuedAt().sign(raw);',
      ],
    ],
    [
      'a member',
      [
        "import session from 'express-session';",
        `const site = { cookie: '${word}' };`,
        'session({ secret: site.cookie });',
      ],
    ],
    [
      'bytes',
      [
        "import { createCipheriv } from 'crypto';",
        `const raw = Buffer.from('${hex}', 'hex');`,
        "createCipheriv('aes-128-cbc', raw, iv);",
      ],
    ],
    [
      'a property of a connection',
      [
        "import mysql from 'mysql2';",
        `const animal = '${word}';`,
        'mysql.createConnection({ host, password: animal });',
      ],
    ],
    [
      'a default',
      [
        "import jwt from 'jsonwebtoken';",
        `const { SIGN_WITH = '${word}' } = process.env;`,
        'jwt.verify(text, SIGN_WITH);',
      ],
    ],
    [
      'a field',
      [
        "import jwt from 'jsonwebtoken';",
        `class A { #b = 1; magic = '${word}';`,
        'issue() { return jwt.sign({}, this.magic); } }',
      ],
    ],
    [
      'what a header is compared with',
      [
        "import { timingSafeEqual } from 'node:crypto';",
        `const known = '${hex}';`,
        'timingSafeEqual(given, Buffer.from(known));',
      ],
    ],
    [
      'one of several keys',
      ["import cookies from 'cookie-session';", `const old = '${word}';`, 'cookies({ keys: [next, old] });'],
    ],
  ])('%s', (_what, lines) => {
    expect(found(lines)).toEqual(['2 assigned-secret']);
  });

  test('an argument of the call itself, on a line of its own', () => {
    expect(found(["import jwt from 'jsonwebtoken';", 'jwt.sign(', '  { id },', `  '${word}',`, ');'])).toEqual([
      '4 assigned-secret',
    ]);
  });

  test('a fallback behind the variable, on the line below', () => {
    expect(found(['const dbPassword =', '  process.env.DB_PASSWORD ||', `  '${word}';`])).toEqual([
      '3 assigned-secret',
    ]);
  });

  test('the parts of a URL and of a Basic header that are written apart', () => {
    const url = [`const w = '${word}';`, ['const url = `amqp://app:$', '{w}@mq.acme.io/x`;'].join('')];
    expect(found(url)).toEqual(['2 credentials-in-url']);
    expect(found([`const h = 'Basic ' + btoa('app:${word}9');`])).toEqual(['1 credentials-in-url']);
  });
});

describe('nothing is said of', () => {
  test.each([
    ['a key from the environment', ["import jwt from 'jsonwebtoken';", 'jwt.sign(user, process.env.JWT_SECRET);']],
    [
      'a key from a file',
      ["import jwt from 'jsonwebtoken';", "const pem = readFileSync('key.pem');", 'jwt.verify(text, pem);'],
    ],
    [
      'a name that is written again',
      [
        "import jwt from 'jsonwebtoken';",
        `let phrase = '${word}';`,
        'phrase = await load();',
        'jwt.sign(user, phrase);',
      ],
    ],
    ['a name of something else', [`const PASSWORD_FIELD = '${word}1';`, 'form.get({ password: PASSWORD_FIELD });']],
    ['a function of another library', ["import { sign } from './paper.ts';", `sign(page, '${word}1');`]],
    ['a type', [`type Mode = { password: '${word}1' };`]],
    ['an enumeration', [`enum Field { Password = '${word}1' }`]],
    ['a case', [`switch (password) { case '${word}1': break; }`]],
    ['a title', [`it('password', '${word}1');`]],
    ['a translation', [`const label = t('password', 'Passwort1');`]],
    ['one of a list', [`const paths = ['user.password', '${word}1'];`]],
    ['the type of a column', [`const columns = { password: 'varchar(255)' };`]],
  ])('%s', (_what, lines) => {
    expect(found(lines)).toEqual([]);
  });
});

test('only added lines are reported, wherever the value goes', () => {
  const head = ["import jwt from 'jsonwebtoken';", `const phrase = '${word}';`];
  expect(found([...head, 'jwt.sign(user, phrase);'], 'src/app.ts', `${head.join('\n')}\n`)).toEqual([]);
});

test('what does not parse is read by its lines', () => {
  expect(found([`const password = '${word}1';`, 'const = ;'])).toEqual(['1 assigned-secret']);
});
