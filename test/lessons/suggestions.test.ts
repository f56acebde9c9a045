import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/analysis.ts';
import { compareTexts } from '../../src/review/diff.ts';
import { builtInPolicy } from '../../src/review/policy.ts';
import type { Finding } from '../../src/review/types.ts';

/** Findings of one rule in a new file, the whole way a pull request goes: what has a fix here has proven it. */
function findingsOf(rule: string, path: string, code: string): readonly Finding[] {
  const file = compareTexts({ path, status: 'added', after: code });
  const { findings } = analyse({ head: 'head', base: 'base', files: [file], context: [], unread: [] }, builtInPolicy);
  return findings.filter((finding) => finding.rule === rule);
}

/** The replacement lines of the findings, in order; `none` for a finding that has only words. */
function suggestions(rule: string, path: string, code: string): readonly string[] {
  return findingsOf(rule, path, code).map(({ fix }) => fix?.text ?? 'none');
}

const imports = {
  axios: "import axios from 'axios';\n",
  got: "import got from 'got';\n",
  https: "import https from 'node:https';\n",
  superagent: "import request from 'superagent';\n",
  undici: "import { request } from 'undici';\n",
};

describe('a timeout for a call over the network', () => {
  test.each([
    [
      'fetch without options',
      '',
      "  return fetch('https://a.example/x');",
      "  return fetch('https://a.example/x', { signal: AbortSignal.timeout(10_000) });",
    ],
    [
      'fetch with options on its line',
      '',
      "  return fetch('https://a.example/x', { method: 'PUT' });",
      "  return fetch('https://a.example/x', { signal: AbortSignal.timeout(10_000), method: 'PUT' });",
    ],
    [
      'fetch with empty options',
      '',
      "  return fetch('https://a.example/x', {});",
      "  return fetch('https://a.example/x', { signal: AbortSignal.timeout(10_000) });",
    ],
    [
      'axios.get',
      imports.axios,
      "  return axios.get('https://a.example/x');",
      "  return axios.get('https://a.example/x', { timeout: 10_000 });",
    ],
    [
      'axios.post without a body',
      imports.axios,
      "  return axios.post('https://a.example/x');",
      "  return axios.post('https://a.example/x', undefined, { timeout: 10_000 });",
    ],
    [
      'axios with one object',
      imports.axios,
      "  return axios({ url: 'https://a.example/x' });",
      "  return axios({ timeout: 10_000, url: 'https://a.example/x' });",
    ],
    [
      'got',
      imports.got,
      "  return got('https://a.example/x');",
      "  return got('https://a.example/x', { timeout: { request: 10_000 } });",
    ],
    [
      'undici.request',
      imports.undici,
      "  return request('https://a.example/x');",
      "  return request('https://a.example/x', { signal: AbortSignal.timeout(10_000) });",
    ],
    [
      'superagent',
      imports.superagent,
      "  return request.get('https://a.example/x').set('a', 'b');",
      "  return request.get('https://a.example/x').timeout(10_000).set('a', 'b');",
    ],
    [
      'node:https with an object',
      imports.https,
      "  https.request({ host: 'a.example' }, take).on('error', take).end();",
      "  https.request({ signal: AbortSignal.timeout(10_000), host: 'a.example' }, take).on('error', take).end();",
    ],
  ])('%s', (_name, before, line, expected) => {
    const code = `${before}export function work(take) {\n${line}\n}\n`;
    expect(suggestions('http-no-timeout', 'src/work.ts', code)).toEqual([expected]);
  });

  test('options over several lines get a line of their own, where GitHub can put it', () => {
    const code = `export function work() {
  return fetch('https://a.example/x', {
    method: 'PUT',
  });
}
`;
    const [finding] = findingsOf('http-no-timeout', 'src/work.ts', code);
    expect(finding).toMatchObject({ line: 2, endLine: 2 });
    expect(finding?.fix).toEqual({
      line: 2,
      endLine: 2,
      text: "  return fetch('https://a.example/x', {\n    signal: AbortSignal.timeout(10_000),",
    });
  });

  test('no words are put into a call whose end lies on another line', () => {
    const code = `export function work(id) {
  return fetch(
    \`https://a.example/x/\${id}\`,
  );
}
`;
    expect(suggestions('http-no-timeout', 'src/work.ts', code)).toEqual(['none']);
  });

  test.each([
    [
      'axios.create',
      imports.axios,
      "const api = axios.create({ baseURL: 'https://a.example' });",
      "const api = axios.create({ timeout: 10_000, baseURL: 'https://a.example' });",
    ],
    [
      'an SDK without options',
      "import OpenAI from 'openai';\n",
      'const api = new OpenAI({});',
      'const api = new OpenAI({ timeout: 60_000 });',
    ],
    [
      'ioredis',
      "import Redis from 'ioredis';\n",
      "const api = new Redis('redis://a.example');",
      "const api = new Redis('redis://a.example', { commandTimeout: 5_000 });",
    ],
    [
      'the AWS SDK',
      "import { S3Client } from '@aws-sdk/client-s3';\n",
      'const api = new S3Client({});',
      'const api = new S3Client({ requestHandler: { requestTimeout: 10_000 } });',
    ],
  ])('%s gets it once, where it is made', (_name, before, line, expected) => {
    expect(suggestions('client-without-timeout', 'src/api.ts', `${before}${line}\nexport { api };\n`)).toEqual([
      expected,
    ]);
  });
});

describe('await for a promise', () => {
  const work =
    'async function save(row) {\n  if (!(await store.put(row))) throw new Error(row.id);\n  return true;\n}\n';

  test.each([
    ['floating', 'floating-promise', '  save(row);', '  await save(row);'],
    ['floating behind a condition', 'floating-promise', '  row && save(row);', '  row && (await save(row));'],
    [
      'a list of them',
      'floating-promise',
      '  row.parts.map(async (part) => save(part));',
      '  await Promise.all(row.parts.map(async (part) => save(part)));',
    ],
    ['in a test', 'promise-as-value', '  if (save(row)) log(row);', '  if (await save(row)) log(row);'],
    ['behind a negation', 'promise-as-value', '  if (!save(row)) log(row);', '  if (!(await save(row))) log(row);'],
    ['spread', 'promise-as-value', '  log({ ...save(row) });', '  log({ ...(await save(row)) });'],
  ])('%s', (_name, rule, line, expected) => {
    expect(suggestions(rule, 'src/rows.js', `${work}export async function all(row) {\n${line}\n}\n`)).toEqual([
      expected,
    ]);
  });

  test('a function that is not async has nothing to offer', () => {
    expect(
      suggestions('floating-promise', 'src/rows.js', `${work}export function all(row) {\n  save(row);\n}\n`),
    ).toEqual(['none']);
  });

  test('returned from a try', () => {
    const code = `${work}export async function all(row) {\n  try {\n    return save(row);\n  } catch {\n    return row.id;\n  }\n}\n`;
    expect(suggestions('unawaited-return', 'src/rows.js', code)).toEqual(['    return await save(row);']);
  });
});

test('the status is looked at before the body is read', () => {
  const code = `export async function rate(code) {
  const answer = await fetch('https://a.example', { signal: AbortSignal.timeout(1000) });
  return answer.json();
}
`;
  expect(suggestions('unchecked-response', 'src/rate.ts', code)).toEqual([
    '  if (!answer.ok) throw new Error(`the answer is a ${answer.status}`);\n  return answer.json();',
  ]);
});

test('a hash is compared without holding the event loop', () => {
  const code = `import Fastify from 'fastify';
import bcrypt from 'bcrypt';
const app = Fastify();
app.post('/login', async (request) => {
  if (!bcrypt.compareSync(request.body.word, stored)) throw new Error('no');
  return bcrypt.hashSync(request.body.next, 10);
});
`;
  expect(suggestions('sync-in-handler', 'src/login.ts', code)).toEqual([
    "  if (!(await bcrypt.compare(request.body.word, stored))) throw new Error('no');",
    '  return await bcrypt.hash(request.body.next, 10);',
  ]);
});

describe('a most for the number of rows that the client asks for', () => {
  const head = `import express from 'express';\nimport { PrismaClient } from '@prisma/client';\nimport { Pool } from 'pg';
const prisma = new PrismaClient();\nconst pool = new Pool();\nconst app = express();\n`;
  test.each([
    [
      'a conversion',
      '  res.json(await prisma.part.findMany({ take: Number(req.query.limit), skip: 0 }));',
      '  res.json(await prisma.part.findMany({ take: Math.min(Number(req.query.limit) || 50, 100), skip: 0 }));',
    ],
    [
      'a conversion with a default of its own',
      '  res.json(await prisma.part.findMany({ take: parseInt(req.query.limit, 10) || 20 }));',
      '  res.json(await prisma.part.findMany({ take: Math.min(parseInt(req.query.limit, 10) || 20, 100) }));',
    ],
    [
      'the text as it comes',
      "  res.json(await pool.query('SELECT id FROM parts LIMIT $1', [req.query.limit]));",
      "  res.json(await pool.query('SELECT id FROM parts LIMIT $1', [Math.min(Number(req.query.limit) || 50, 100)]));",
    ],
    [
      'a name, written short',
      '  const take = Number(req.query.limit);\n  res.json(await prisma.part.findMany({ take }));',
      '  res.json(await prisma.part.findMany({ take: Math.min(Number(take) || 50, 100) }));',
    ],
  ])('%s', (_, code, expected) => {
    const text = `${head}app.get('/parts', async (req, res) => {\n${code}\n});\n`;
    expect(suggestions('uncapped-page-size', 'src/a.ts', text)).toEqual([expected]);
  });
});

describe('an error of a callback', () => {
  const code = (taker: string) => `import fs from 'node:fs';
export function size(path, ${taker}) {
  fs.stat(path, (err, stats) => {
    report(stats.size);
  });
}
`;

  test('is passed on to the callback that the function answers to', () => {
    expect(suggestions('ignored-callback-error', 'src/size.js', code('done'))).toEqual([
      '  fs.stat(path, (err, stats) => {\n    if (err) return done(err);',
    ]);
  });

  test('has nowhere to go in a function that answers to none', () => {
    expect(suggestions('ignored-callback-error', 'src/size.js', code('report'))).toEqual(['none']);
  });
});

describe('values are bound, and no longer written into the statement', () => {
  const libraries: Record<string, string> = {
    pg: "import { Pool } from 'pg';\nconst pool = new Pool();\n",
    mysql: "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({ uri: process.env.DB });\n",
    knex: "import knex from 'knex';\nconst db = knex({ client: 'pg' });\n",
    sequelize: "import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(process.env.DB ?? '');\n",
    prisma: "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n",
    postgres: "import postgres from 'postgres';\nconst sql = postgres(process.env.DB ?? '');\n",
  };
  const fixed = (library: string, lines: string) =>
    suggestions(
      'sql-injection',
      'src/parts.ts',
      `${libraries[library]}const TABLE = 'parts';\nexport async function parts(req, res) {\n${lines}\n}\n`,
    );

  test.each([
    [
      'pg',
      "  return pool.query(`SELECT id FROM parts WHERE name = '${req.query.name}' LIMIT 9`);",
      "  return pool.query('SELECT id FROM parts WHERE name = $1 LIMIT 9', [req.query.name]);",
    ],
    [
      'pg',
      "  return pool.query('SELECT id FROM parts WHERE id = ' + req.params.id);",
      "  return pool.query('SELECT id FROM parts WHERE id = $1', [req.params.id]);",
    ],
    [
      'pg',
      "  return pool.query(`SELECT id FROM ${TABLE} WHERE a = $1 AND b LIKE '%${req.query.b}%'`, [req.user.a]);",
      '  return pool.query(`SELECT id FROM ${TABLE} WHERE a = $1 AND b LIKE $2`, [req.user.a, `%${req.query.b}%`]);',
    ],
    [
      'pg',
      "  return pool.query(`INSERT INTO parts (a, b) VALUES ('${req.body.a}', ${req.body.b})`);",
      "  return pool.query('INSERT INTO parts (a, b) VALUES ($1, $2)', [req.body.a, req.body.b]);",
    ],
    [
      'pg',
      "  const text = `DELETE FROM parts WHERE name = '${req.query.name}'`;\n  return pool.query(text);",
      "  const text = 'DELETE FROM parts WHERE name = $1';\n  return pool.query(text, [req.query.name]);",
    ],
    [
      'mysql',
      "  return pool.query(`SELECT id FROM parts WHERE name = '${req.query.name}' LIMIT 9`);",
      "  return pool.query('SELECT id FROM parts WHERE name = ? LIMIT 9', [String(req.query.name)]);",
    ],
    [
      'knex',
      "  return db('parts').whereRaw(`lower(name) = '${req.query.name}'`).limit(9);",
      "  return db('parts').whereRaw('lower(name) = ?', [req.query.name]).limit(9);",
    ],
    [
      'sequelize',
      "  return sequelize.query(`SELECT id FROM parts WHERE name LIKE '${req.query.name}%'`, { raw: true });",
      "  return sequelize.query('SELECT id FROM parts WHERE name LIKE ?', { replacements: [`${req.query.name}%`], raw: true });",
    ],
    [
      'prisma',
      '  return prisma.$queryRawUnsafe<Part[]>(`SELECT "id" FROM "Part" WHERE name = \'${req.query.name}\' LIMIT 9`);',
      '  return prisma.$queryRaw<Part[]>`SELECT "id" FROM "Part" WHERE name = ${req.query.name} LIMIT 9`;',
    ],
    [
      'postgres',
      '  return sql.unsafe(`SELECT id FROM parts WHERE size > ${req.query.size} LIMIT 9`);',
      '  return sql`SELECT id FROM parts WHERE size > ${req.query.size} LIMIT 9`;',
    ],
  ])('%s: %s', (library, lines, expected) => {
    expect(fixed(library, lines)).toEqual([expected]);
  });

  test.each([
    [
      'a column to sort by is no value',
      'pg',
      '  return pool.query(`SELECT id FROM parts ORDER BY ${req.query.by} LIMIT 9`);',
    ],
    ['a list is several values', 'pg', '  return pool.query(`SELECT id FROM parts WHERE id IN (${req.query.ids})`);'],
    [
      'half a condition is none',
      'pg',
      "  return pool.query(`SELECT id FROM parts WHERE a = '${req.query.a}' ${req.query.rest}`);",
    ],
    [
      'a text is no UUID where the types are told',
      'prisma',
      '  return prisma.$queryRawUnsafe(`SELECT "a" FROM "Part" WHERE team_id = \'${req.query.team}\'`);',
    ],
    ['several statements take no values', 'pg', "  return pool.query(`SET a = '${req.query.a}'; SELECT 1`);"],
  ])('%s', (_name, library, lines) => {
    expect(fixed(library, lines)).toEqual(['none']);
  });
});

describe('text that does not parse is answered', () => {
  test.each([
    [
      'Express',
      "import express from 'express';\nconst app = express();\napp.post('/a', (req, res) => {\n",
      "    return res.status(400).json({ error: 'malformed JSON' });",
    ],
    [
      'Fastify',
      "import fastify from 'fastify';\nconst app = fastify();\napp.post('/a', async (req, reply) => {\n",
      "    return reply.code(400).send({ error: 'malformed JSON' });",
    ],
    [
      'a route that returns its answer',
      'export const POST = withUser(async function POST(req) {\n',
      "    return Response.json({ error: 'malformed JSON' }, { status: 400 });",
    ],
  ])('by %s', (_name, head, answer) => {
    const code = `${head}  const filter = JSON.parse(req.query.filter);\n  return list(filter);\n});\n`;
    expect(suggestions('throwing-parse', 'src/a.js', code)).toEqual([
      `  let filter;\n  try {\n    filter = JSON.parse(req.query.filter);\n  } catch {\n${answer}\n  }`,
    ]);
  });

  test('not where it is taken apart at once, nor where nobody knows how to answer', () => {
    const parts = `import express from 'express';
export const a = (req, res) => {
  const { id } = JSON.parse(req.query.filter);
  res.json({ id });
};
`;
    expect(suggestions('throwing-parse', 'src/a.js', parts)).toEqual(['none']);
    const plain = 'export function a(req) {\n  const filter = JSON.parse(req.query.filter);\n  return filter.id;\n}\n';
    expect(suggestions('throwing-parse', 'src/a.js', plain)).toEqual(['none']);
  });
});

describe('a program is started with a list of arguments and without a shell', () => {
  const imports = "import * as cp from 'node:child_process';\nimport { exec, execFile } from 'node:child_process';\n";
  const fixed = (line: string) =>
    suggestions('command-injection', 'src/a.js', `${imports}export function start(file, size, done) {\n${line}\n}\n`);

  test.each([
    ['  cp.execSync(`shrink ${file} -o small.png`);', "  cp.execFileSync('shrink', [file, '-o', 'small.png']);"],
    [
      '  cp.execSync(`shrink "${file}" -s ${size}px`, { timeout: 9_000 });',
      "  cp.execFileSync('shrink', [file, '-s', `${size}px`], { timeout: 9_000 });",
    ],
    ["  exec('shrink ' + file, (error) => done(error));", "  execFile('shrink', [file], (error) => done(error));"],
  ])('%s', (line, expected) => {
    expect(fixed(line)).toEqual([expected]);
  });

  test.each([
    ['what the shell pipes', "  cp.execSync('shrink ' + file + ' | wc -c');"],
    ['what it expands', '  cp.execSync(`shrink ${file}/*.png`);'],
    ['two values in one pair of quotes', '  cp.execSync(`shrink "${file} ${size}"`);'],
    ['the program itself', "  cp.execSync(file + ' --version');"],
    ['a shell of its own', '  cp.execSync(`shrink ${file}`, { shell: "/bin/bash" });'],
  ])('not for %s', (_name, line) => {
    expect(fixed(line)).toEqual(['none']);
  });

  test('not where the function that it takes is not imported', () => {
    const code =
      "import { execSync } from 'node:child_process';\nexport const a = (file) => execSync(`shrink ${file}`);\n";
    expect(suggestions('command-injection', 'src/a.js', code)).toEqual(['none']);
  });
});
