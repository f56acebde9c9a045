import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { secretsReader } from '../../../src/facts/secrets/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

// Made of parts, so that this repository holds nothing that looks like a secret.
const word = ['quiet', 'otter', 'lake', '7'].join('-');
const usage = (imported: string, key: string) =>
  `import jwt from 'jsonwebtoken';\n${imported}\nexport const issue = (user) => jwt.sign(user, ${key});\n`;

/** What is found in a new file beside one of the project's own, which the change leaves alone or adds as well. */
function found(path: string, text: string, other: { path: string; text: string; added?: true }) {
  const files = [compareTexts({ path, status: 'added', after: text })];
  if (other.added) files.push(compareTexts({ path: other.path, status: 'added', after: other.text }));
  const project = buildProject({
    head: 'h',
    base: 'b',
    files,
    context: other.added ? [] : [other],
    unread: [],
  });
  return files.flatMap((file) =>
    (secretsReader.read(file, project).secrets ?? []).map(({ line, what }) => `${file.path}:${line} ${what}`),
  );
}

describe('a constant that another file exports', () => {
  test.each([
    ['by name', `export const PHRASE = '${word}';`, "import { PHRASE } from './constants';", 'PHRASE'],
    ['renamed', `export const PHRASE = '${word}';`, "import { PHRASE as key } from './constants.js';", 'key'],
    [
      'as a list of exports',
      `const P = '${word}';\nexport { P as PHRASE };`,
      "import { PHRASE } from './constants';",
      'PHRASE',
    ],
    [
      'as a member',
      `export const auth = { jwt: { word: '${word}' } };`,
      "import { auth } from './constants';",
      'auth.jwt.word',
    ],
    [
      'of a frozen default',
      `export default Object.freeze({ word: '${word}' });`,
      "import c from './constants';",
      'c.word',
    ],
    ['of a namespace', `export const PHRASE = '${word}';`, "import * as c from './constants';", 'c.PHRASE'],
    ['of CommonJS', `module.exports = { phrase: '${word}' };`, "const { phrase } = require('./constants');", 'phrase'],
    [
      'as a fallback',
      `export const PHRASE = process.env.PHRASE || '${word}';`,
      "import { PHRASE } from './constants';",
      'PHRASE',
    ],
  ])('is a key where it is used as one: %s', (_, exported, imported, key) => {
    expect(found('src/token.ts', usage(imported, key), { path: 'src/constants.ts', text: exported })).toEqual([
      'src/token.ts:3 signing key, a literal that src/constants.ts exports',
    ]);
  });

  test('is said once, where it stands, when the change adds that file too', () => {
    const text = `export const JWT_SECRET = '${word}';\n`;
    const file = usage("import { JWT_SECRET } from './constants';", 'JWT_SECRET');
    expect(found('src/token.ts', file, { path: 'src/constants.ts', text, added: true })).toEqual([
      'src/constants.ts:1 secret',
    ]);
  });

  test('is said where it is used when nothing in its own new file tells that it is a key', () => {
    const text = `export const GREETING = '${word}';\n`;
    const file = usage("import { GREETING } from './constants';", 'GREETING');
    expect(found('src/token.ts', file, { path: 'src/constants.ts', text, added: true })).toEqual([
      'src/token.ts:3 signing key, a literal that src/constants.ts exports',
    ]);
  });

  test.each([
    ['read from the environment', 'export const PHRASE = process.env.PHRASE;'],
    ['checked by a schema', 'export const PHRASE = schema.parse(process.env).PHRASE;'],
    ['not exported', `const PHRASE = '${word}';`],
  ])('is none when it is %s', (_, text) => {
    const file = usage("import { PHRASE } from './constants';", 'PHRASE');
    expect(found('src/token.ts', file, { path: 'src/constants.ts', text })).toEqual([]);
  });
});

describe('the options of a client hold a password, whatever it looks like', () => {
  const other = { path: 'src/other.ts', text: '' };
  const client = (host: string, value: string) =>
    `import pg from 'pg';\nexport const pool = new pg.Pool({\n  host: ${host},\n  password: ${value},\n});\n`;

  test.each([
    ['a word', client("'db.internal'", "'secret'")],
    ['words', client('process.env.DB_HOST', "'open-sesame'")],
    ['a fallback', client('settings.host', "process.env.DB_PASSWORD || 'secret'")],
  ])('%s', (_, text) => {
    expect(found('src/db.ts', text, other)).toEqual(['src/db.ts:4 password']);
  });

  test.each([
    ["a developer's own machine", client("'localhost'", "'postgres'")],
    [
      "a fallback of a developer's own machine",
      client("process.env.DB_HOST ?? 'localhost'", "process.env.PW ?? 'secret'"),
    ],
    ['the environment', client("'db.internal'", 'process.env.DB_PASSWORD')],
    ['a setting', client("'db.internal'", 'settings.password')],
    ['a template of a manual', client("'db.internal'", "'your-password'")],
  ])('%s is left alone', (_, text) => {
    expect(found('src/db.ts', text, other)).toEqual([]);
  });
});
