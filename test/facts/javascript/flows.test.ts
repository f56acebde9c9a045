import { describe, expect, test } from '@jest/globals';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { codeOf } from './read-code.ts';

const head = `import fs from 'node:fs'; import path from 'node:path'; import { Pool } from 'pg'; const pool = new Pool();\n`;

/** Kind and certainty of the flows of a handler's body. */
function flowsIn(body: string): string[] {
  const { flows } = codeOf('src/app.js', `${head}export async function handle(req, res) { ${body} }`);
  return flows.map(({ kind, certainty }) => `${kind} ${certainty}`);
}

describe('input reaches a sink', () => {
  test.each([
    ['directly', 'await pool.query("SELECT a FROM t WHERE b = " + req.query.b);'],
    ['through destructuring', 'const { b } = req.body; await pool.query(`SELECT a FROM t WHERE b = ${b}`);'],
    [
      'through a variable that is added to',
      'let q = "SELECT a FROM t"; q += " WHERE b = " + req.query.b; await pool.query(q);',
    ],
    [
      'through an array that is joined',
      'const w = []; w.push("b = " + req.query.b); await pool.query("SELECT a FROM t WHERE " + w.join(" AND "));',
    ],
    [
      'through a function of the file',
      'await pool.query(text(req.query.b)); function text(b) { return `SELECT a FROM t WHERE b = ${b}`; }',
    ],
    ['through an options object', 'await pool.query({ text: "SELECT a FROM t WHERE b = " + req.query.b });'],
    [
      'through the default of a choice',
      'const b = req.query.b ? req.query.b : "1"; await pool.query("SELECT a FROM t WHERE b = " + b);',
    ],
  ])('%s', (_name, body) => {
    expect(flowsIn(body)).toEqual(['sql request']);
  });

  test('through the parameter of a helper that a handler calls', () => {
    const { flows } = codeOf(
      'src/app.js',
      `${head}export const handle = (req, res) => read(req.query.file);\nconst read = (file) => fs.readFileSync(file);`,
    );
    expect(flows).toMatchObject([{ kind: 'path', certainty: 'request', line: 3 }]);
  });

  test('and a parameter of unknown origin is called one', () => {
    const { flows } = codeOf(
      'src/store.js',
      `${head}export const by = (b) => pool.query("SELECT a FROM t WHERE b = " + b);`,
    );
    expect(flows).toMatchObject([{ kind: 'sql', certainty: 'parameter', source: 'b' }]);
  });
});

describe('a flow ends', () => {
  test.each([
    ['at a number', 'await pool.query("SELECT a FROM t LIMIT " + Number(req.query.n));'],
    ['at a bound parameter', 'await pool.query("SELECT a FROM t WHERE b = $1", [req.query.b]);'],
    [
      'at a list of allowed values',
      'if (!["a", "b"].includes(req.query.s)) return; await pool.query("SELECT a FROM t ORDER BY " + req.query.s);',
    ],
    ['at a switch', 'switch (req.query.s) { case "a": await pool.query("SELECT a FROM t ORDER BY " + req.query.s); }'],
    [
      'at a table of constants',
      'const by = { a: "x" }; await pool.query("SELECT a FROM t ORDER BY " + by[req.query.s]);',
    ],
    [
      'at an anchored pattern',
      'if (!/^[a-z]+$/.test(req.query.s)) throw new Error(); await pool.query("SELECT a FROM t ORDER BY " + req.query.s);',
    ],
    ['at a base name', 'fs.readFileSync(path.join("/srv", path.basename(req.query.file)));'],
    [
      'at a check of the folder after resolving',
      'const p = path.resolve("/srv", req.query.f); if (!p.startsWith("/srv/")) return; fs.readFileSync(p);',
    ],
    [
      'at a later assignment',
      'let s = req.query.s; s = "created_at"; await pool.query("SELECT a FROM t ORDER BY " + s);',
    ],
  ])('%s', (_name, body) => {
    expect(flowsIn(body)).toEqual([]);
  });

  test('not at a check that comes after the use', () => {
    expect(
      flowsIn('await pool.query("SELECT a FROM t ORDER BY " + req.query.s); if (!["a"].includes(req.query.s)) return;'),
    ).toEqual(['sql request']);
  });
});

test('hostile expressions cost bounded time', () => {
  const chain = Array.from({ length: 3_000 }, (_, i) => `const v${i + 1} = v${i} + v${i};`).join('\n');
  const started = cpuMilliseconds();
  codeOf(
    'src/a.js',
    `${head}export function f(req) { const v0 = req.query.a;\n${chain}\npool.query('SELECT ' + v3000); }`,
  );
  codeOf('src/b.js', `${head}const f = (x) => f(g(x)); const g = (x) => g(f(x)); pool.query('SELECT ' + f(1));`);
  expect(cpuMilliseconds() - started).toBeLessThan(3_000);
});

test('what a pipe of Nest has parsed is a number; what has none is text', () => {
  const { flows } = codeOf(
    'src/orders.controller.ts',
    `import { Controller, Get, Param, ParseIntPipe } from '@nestjs/common';
import { DataSource } from 'typeorm';
@Controller('orders')
export class OrdersController {
  constructor(private readonly db: DataSource) {}
  @Get('a/:id') one(@Param('id', ParseIntPipe) id: number) { return this.db.query(\`SELECT a FROM t WHERE id = \${id}\`); }
  @Get('b/:id') two(@Param('id') id: string) { return this.db.query(\`SELECT a FROM t WHERE id = \${id}\`); }
}`,
  );
  expect(flows).toMatchObject([{ kind: 'sql', line: 7 }]);
});

test('a field that is stored as it came is told, one that was looked at is not', () => {
  const flowsOf = (body: string) =>
    codeOf('src/app.js', `export async function handle(req, res) { ${body} }`).flows.map(({ kind }) => kind);
  expect(flowsOf('await User.update({ name: req.body.name }, { where: { id: req.user.id } });')).toEqual(['input']);
  expect(
    flowsOf(
      'if (typeof req.body.name !== "string") return; await User.update({ name: req.body.name }, { where: { id: 1 } });',
    ),
  ).toEqual([]);
  const asked =
    'const { name } = req.body; if (!name?.trim?.()) return; await User.update({ name }, { where: { id: 1 } });';
  expect(flowsOf(asked)).toEqual([]);
  expect(flowsOf('await User.update({ name: req.body.name.trim() }, { where: { id: 1 } });')).toEqual([]);
});

describe('a path', () => {
  const paths = (body: string) => flowsIn(body).filter((flow) => flow.startsWith('path'));

  test.each([
    ['is a name once it was split and its last part taken', 'fs.readFileSync("/srv/" + req.query.f.split("/").pop());'],
    ['stays below a folder once it was joined to the root', 'fs.readFileSync("/srv" + path.join("/", req.query.f));'],
    [
      'stays below a folder once it was normalised and its ways up were cut',
      'fs.readFileSync("/srv/" + path.normalize(req.query.f).replace(/^(\\.\\.[/\\\\])+/, ""));',
    ],
    ['has no way up without dots', 'fs.readFileSync(path.join("/srv", req.query.f.replace(/\\.\\./g, "")));'],
    ['is a name without separators', 'fs.readFileSync(req.query.f.replaceAll("/", "_"));'],
    [
      'is inside once its way from the folder was looked at',
      'const p = path.resolve(root, req.query.f); const way = path.relative(root, p); if (way.startsWith("..") || path.isAbsolute(way)) return; fs.readFileSync(p);',
    ],
    ['of an upload is the parser’s own', 'fs.unlinkSync(req.file.path);'],
    ['of the command line is that of whoever runs the program', 'fs.readFileSync(process.argv[2]);'],
  ])('%s', (_name, body) => {
    expect(paths(body)).toEqual([]);
  });

  test.each([
    ['that is only normalised', 'fs.readFileSync(path.normalize("./up/" + req.query.f));'],
    ['that lost its dots but may begin at the root', 'fs.readFileSync(req.query.f.replace(/\\.\\./g, ""));'],
    ['that lost `../` once over', 'fs.readFileSync("/srv/" + req.query.f.replace(/\\.\\.\\//g, ""));'],
    ['with the client’s name for an upload', 'fs.renameSync(req.file.path, "up/" + req.file.originalname);'],
    [
      'with the name that a multipart field gives',
      'const f = await req.file(); fs.createWriteStream("up/" + f.filename);',
    ],
  ])('%s is still the client’s', (_name, body) => {
    expect(paths(body)).toEqual(['path request']);
  });
});

test('a property of an object that the function makes itself is no way into others', () => {
  const kinds = (body: string) => flowsIn(body).filter((flow) => flow.startsWith('object'));
  expect(kinds('const out = {}; out[req.query.key] = 1; res.json(out);')).toEqual([]);
  expect(kinds('settings[req.query.key] = 1; res.end();')).toEqual(['object request']);
});

test('what a function of the file that is called `merge` does is read where it does it', () => {
  const kinds = (body: string) => flowsIn(body).filter((flow) => flow.startsWith('object'));
  const own = 'function merge(a, b) { return [a, b].join(); }';
  expect(kinds(`${own} merge(req.body.id, req.body.rest); res.end();`)).toEqual([]);
  expect(kinds('merge(config, req.body); res.end();')).toEqual(['object request']);
});

test('only the host that a request names counts for the links of a mail', () => {
  const kinds = (body: string) => flowsIn(body).filter((flow) => flow.startsWith('link'));
  expect(kinds('await sendEmail({ to: req.body.email, text: req.body.text, link: base + req.url });')).toEqual([]);
  expect(
    kinds('const host = req.get("host"); await sendEmail({ to: req.body.email, link: `https://${host}/a` });'),
  ).toEqual(['link request']);
});

test('a token counts only where nobody in the file verifies one', () => {
  const flowsOf = (rest: string) =>
    codeOf(
      'src/auth.js',
      `import jwt from 'jsonwebtoken';\nexport const user = (req) => jwt.decode(req.cookies.token);\n${rest}`,
    ).flows.map(({ kind }) => kind);
  expect(flowsOf('')).toEqual(['token']);
  expect(flowsOf('export const check = (token, key) => jwt.verify(token, key);')).toEqual([]);
});

test('a host that was taken from an address and looked up settles the address', () => {
  const urls = (body: string) => flowsIn(body).filter((flow) => flow.startsWith('url'));
  const call = 'await fetch(req.body.url);';
  expect(urls(call)).toEqual(['url request']);
  expect(urls(`const { hostname } = new URL(req.body.url); if (!hosts.has(hostname)) return; ${call}`)).toEqual([]);
  expect(urls(`const host = new URL(req.body.url).host; if (host !== 'a.example') return; ${call}`)).toEqual([]);
});

test('an operator is none behind $eq, nor where operators are cut out of all input', () => {
  const flowsOf = (head: string, filter: string) =>
    codeOf(
      'src/a.js',
      `import mongoose from 'mongoose';\n${head}\nexport const a = (req) => mongoose.model('A').findOne(${filter});`,
    ).flows.map(({ kind }) => kind);
  expect(flowsOf('', '{ b: req.body.b }')).toContain('nosql');
  expect(flowsOf('', '{ b: { $eq: req.body.b } }')).not.toContain('nosql');
  expect(flowsOf("import clean from 'express-mongo-sanitize';", '{ b: req.body.b }')).not.toContain('nosql');
});
