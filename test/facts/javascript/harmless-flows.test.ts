import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

/** Kinds of the flows of a file. */
function kindsOf(code: string): string[] {
  return codeOf('src/app.js', code).flows.map(({ kind }) => kind);
}

test.each([
  [
    'a file below a root that is set under a name',
    'const options = { root: "/srv/www" }; export function show(req, res) { res.sendFile(req.params[0], options); }',
    [],
  ],
  [
    'a file without a root',
    'const options = { maxAge: 60 }; export function show(req, res) { res.sendFile(req.params[0], options); }',
    ['path'],
  ],
  [
    'a file of hapi, which stays in its folder',
    'import Path from "node:path"; server.route({ method: "GET", path: "/{f}", handler: (request, h) => h.file(Path.join("www", request.params.f)) });',
    [],
  ],
  [
    'a file whose way up Express refuses',
    'export function show(req, res) { const file = __dirname + "/www/" + req.params.name; res.sendFile(file); }',
    [],
  ],
  [
    'a file whose way up is resolved before',
    'import path from "node:path"; export function show(req, res) { res.sendFile(path.join(__dirname, "www", req.params.name)); }',
    ['path'],
  ],
  [
    'what another command printed',
    'import { execSync } from "node:child_process"; const pid = execSync("lsof -t -i :80").toString().trim(); execSync(`kill ${pid}`);',
    [],
  ],
  [
    'what the operator configured',
    'import { execSync } from "node:child_process"; import config from "config"; execSync(`id -u ${config.get("user")}`);',
    [],
  ],
  [
    'where the program lies',
    'import fs from "node:fs"; import path from "node:path"; fs.statSync(path.join(path.dirname(require.main.filename), "package.json"));',
    [],
  ],
  [
    'the path that the configuration puts before all addresses',
    'import { NextResponse } from "next/server"; export function middleware(req) { return NextResponse.redirect(new URL(`${req.nextUrl.basePath}/in`, origin)); }',
    [],
  ],
  [
    'an address that is checked before the handler runs',
    'export const verify = endpoint("/verify", { use: [originCheck((ctx) => ctx.query.to)] }, async (ctx) => { throw ctx.redirect(ctx.query.to); });',
    [],
  ],
  [
    'an address that nobody checks',
    'export const verify = endpoint("/verify", {}, async (ctx) => { throw ctx.redirect(ctx.query.to); });',
    ['redirect'],
  ],
  [
    'an element of a list that is called a request',
    'import _ from "lodash"; export const all = (requests) => requests.map((request) => _.merge(settings, request.params));',
    [],
  ],
  [
    'a list of keys',
    'export function count(req, res) { const keys = Object.keys(req.body); let sum = 0; for (let i = 0; i < keys.length; i++) sum += 1; res.json(sum); }',
    [],
  ],
  [
    'the values of a template that was compiled before',
    'import Handlebars from "handlebars"; const template = Handlebars.compile("<p>{{base}}</p>"); export function page(req, res) { res.send(template({ base: req.get("host") })); }',
    [],
  ],
  [
    'an error that speaks of queries',
    'export function refuse(state) { throw new Error(`query has an unsupported type {"${state.type}"}`); }',
    [],
  ],
])('%s', (_name, code, kinds) => {
  expect(kindsOf(code)).toEqual(kinds);
});

test('the digest of a digest may be compared as text, a signature may not', () => {
  const { laxChecks } = codeOf(
    'src/app.js',
    `import { createHash, createHmac } from 'node:crypto';
export function isSigned(key, data, given) {
  let mac = createHmac('sha256', key).update(data).digest('hex');
  mac = createHash('sha256').update(mac).digest('hex');
  return mac === createHash('sha256').update(given).digest('hex');
}
export function isSignedToo(key, data, given) {
  const mac = createHmac('sha256', key).update(data).digest('hex');
  return mac === given;
}`,
  );
  expect(laxChecks.map(({ line }) => line)).toEqual([9]);
});

test('what is checked out of sight is no certain mistake, what is checked in sight and not for its text is one', () => {
  const handler =
    'app.get("/l", async (req, res) => { const { by } = list.parse(req.query); res.json(await pool.query(`SELECT id FROM t ORDER BY ${by} LIMIT 5`)); });';
  const elsewhere = codeOf(
    'src/app.js',
    `import pg from 'pg'; import { list } from './schemas.js'; const pool = new pg.Pool(); ${handler}`,
  );
  const here = codeOf(
    'src/app.js',
    `import pg from 'pg'; import { z } from 'zod'; const list = z.object({ by: z.string() }); const pool = new pg.Pool(); ${handler}`,
  );
  expect([elsewhere, here].map(({ flows }) => flows.map(({ kind, certainty }) => `${kind} ${certainty}`))).toEqual([
    ['sql unknown'],
    ['sql request'],
  ]);
});

test.each([
  [
    'a statement that is sent to DynamoDB',
    'import { ExecuteStatementCommand } from "@aws-sdk/lib-dynamodb"; export async function list(req, res) { await db.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM t WHERE c = \'${req.query.c}\'` })); }',
    ['sql'],
  ],
  [
    'a statement with parameters',
    'import { ExecuteStatementCommand } from "@aws-sdk/lib-dynamodb"; export async function list(req, res) { await db.send(new ExecuteStatementCommand({ Statement: "SELECT * FROM t WHERE c = ?", Parameters: [req.query.c] })); }',
    [],
  ],
  [
    'a document of YAML that may hold functions',
    'import yaml from "js-yaml"; import { DEFAULT_FULL_SCHEMA } from "js-yaml-js-types"; export function set(req, res) { yaml.load(req.body.text, { schema: DEFAULT_FULL_SCHEMA }); }',
    ['deserialise'],
  ],
])('%s', (_name, code, kinds) => {
  expect(kindsOf(code)).toEqual(kinds);
});

test('a body whose type is gone at run time is checked by no pipe of Nest', () => {
  const bodies = ['Change', 'Partial<Member>', 'Note', '{ text: string }', 'Note | Change'];
  const { omissions } = codeOf(
    'src/notes.controller.ts',
    `import { Body, Controller, Post } from '@nestjs/common';
import { Change } from './change.dto';
interface Note { text: string }
@Controller('notes') export class Notes {
${bodies.map((type, i) => `  @Post('${i}') m${i}(@Body() body: ${type}) {}`).join('\n')}
}`,
  );
  expect(omissions.filter(({ kind }) => kind === 'body-type').map(({ line }) => line)).toEqual([6, 7, 8]);
});

test.each([
  [
    'a fragment that reads a file',
    'app.get("/l", async (c) => c.text(await readFile(`logs/${c.req.query("name")}`)));',
    ['path'],
  ],
  [
    'a fragment that runs a command',
    'app.post("/p", (req, res) => { exec("ping " + req.body.host); res.end(); });',
    ['command'],
  ],
  [
    'a fragment that only takes a token apart',
    'app.get("/me", (req, res) => { res.json(jwt.decode(req.headers.authorization)); });',
    ['token'],
  ],
  ['a pattern in a fragment', 'app.post("/p", (req, res) => { res.json(pattern.exec("x" + req.body.host)); });', []],
  [
    'a worker that is given its code',
    'app.post("/w", (req, res) => { new Worker(req.body.code, { eval: true }); res.end(); });',
    ['code'],
  ],
  [
    'a statement that is marked as unsafe',
    'app.get("/l", async (req, res) => { res.json(await sql.unsafe(`select id from t where n = \'${req.query.n}\'`)); });',
    ['sql'],
  ],
  [
    'a filter below a base of a directory',
    'app.get("/l", (req, res) => { client.search("dc=acme", { filter: "(uid=" + req.query.uid + ")" }, done); res.end(); });',
    ['ldap'],
  ],
  [
    'a row of Knex by its usual name',
    'app.put("/l", async (req, res) => { await db("items").where({ id: 1 }).update(req.body); res.end(); });',
    ['write'],
  ],
  [
    'what the client of a socket sent',
    'io.on("connection", (socket) => { socket.on("run", (job) => { exec(`run ${job.name}`); }); });',
    ['command'],
  ],
])('%s', (_name, code, kinds) => {
  expect(kindsOf(code)).toEqual(kinds);
});

test('the parameters of a route of Next are the client’s', () => {
  const { flows } = codeOf(
    'src/app/posts/[slug]/route.ts',
    `import { readFile } from 'node:fs/promises';
export async function GET(request, { params }) {
  const { slug } = await params;
  return new Response(await readFile(\`posts/\${slug}.md\`));
}`,
  );
  expect(flows.map(({ kind, certainty }) => `${kind} ${certainty}`)).toEqual(['path request']);
});

test.each([
  [
    'nobody in particular',
    'app.patch("/u/:id", requireUser, async (req, res) => { await User.findByIdAndUpdate(req.params.id, req.body); res.end(); });',
    ['request'],
  ],
  [
    'an administrator, by the route',
    'app.patch("/u/:id", requireAdmin, async (req, res) => { await User.findByIdAndUpdate(req.params.id, req.body); res.end(); });',
    ['unknown'],
  ],
  [
    'an administrator, by a check',
    'app.patch("/u/:id", async (req, res) => { if (!isAdmin(req.user)) return res.sendStatus(403); await User.findByIdAndUpdate(req.params.id, req.body); res.end(); });',
    ['unknown'],
  ],
])('a whole body that is written for %s', (_name, code, certainties) => {
  const { flows } = codeOf('src/app.js', code);
  expect(flows.filter(({ kind }) => kind === 'write').map(({ certainty }) => certainty)).toEqual(certainties);
});

test.each([
  ['as it is', 'export async function deliver(webhook, body) { await fetch(webhook.url, { body }); }', ['url']],
  [
    'after a look at where it leads',
    'export async function deliver(webhook, body) { await assertPublicHost(webhook.url); await fetch(webhook.url, { body }); }',
    [],
  ],
  [
    'if it is of our own settings',
    'export async function deliver(config, body) { await fetch(config.url, { body }); }',
    [],
  ],
])('a webhook’s address is called %s', (_name, code, kinds) => {
  expect(kindsOf(code)).toEqual(kinds);
});
