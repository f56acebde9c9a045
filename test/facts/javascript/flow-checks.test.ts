import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const head = `import fs from 'node:fs'; import path from 'node:path'; import { fork, spawn } from 'node:child_process';\nimport _ from 'lodash'; import knex from 'knex'; const db = knex({});\n`;

/** Kinds of the flows of a handler's body. */
function kindsIn(body: string, more = ''): string[] {
  const { flows } = codeOf('src/app.js', `${head}${more}\nexport async function handle(req, res) { ${body} }`);
  return flows.map(({ kind }) => kind);
}

describe('a check counts', () => {
  test.each([
    [
      'of what is made of the value',
      'const to = isOwnPath("/" + req.query.to) ? `/${req.query.to}` : "/"; res.redirect(to);',
    ],
    [
      'under a name with underscores',
      'if (!is_own_path(req.query.to)) return res.sendStatus(400); res.redirect(req.query.to);',
    ],
    [
      'of the value in lower case',
      'if (!HOSTS.has(req.params.to.toLowerCase())) return res.sendStatus(400); res.redirect(req.params.to);',
    ],
    [
      'that looks for what must not be there',
      'if (isPollutingPath(req.body.at)) return res.sendStatus(400); _.set(settings, req.body.at, req.body.value);',
    ],
    [
      'that replaces what does not pass',
      'let name = req.query.name; if (!/^[a-z]+$/.test(name)) { name = "default"; } fs.readFileSync(`data/${name}.json`);',
    ],
    [
      'in a try that is left when it fails',
      'let name = req.params.name; try { name = sanitizeName(name); } catch { return res.sendStatus(400); } fs.readFileSync(`data/${name}`);',
    ],
    [
      'for slashes of any kind',
      'fs.readFileSync(path.join("data", req.params.id.indexOf("/") === -1 ? req.params.id : "none"));',
    ],
  ])('%s', (_name, body) => {
    expect(kindsIn(body)).toEqual([]);
  });

  test.each([
    [
      'only where it says yes',
      'if (isPollutingPath(req.body.at)) _.set(settings, req.body.at, req.body.value);',
      'object',
    ],
    ['only of this value', 'if (!isOwnPath("/" + req.query.from)) return; res.redirect(req.query.to);', 'redirect'],
    [
      'not when the failure is passed over',
      'let name = req.params.name; try { name = sanitizeName(name); } catch { console.warn("odd name"); } fs.readFileSync(`data/${name}`);',
      'path',
    ],
  ])('%s', (_name, body, kind) => {
    expect(kindsIn(body)).toEqual([kind]);
  });
});

describe('a value is not the client’s', () => {
  test.each([
    ['that a process is sent', 'const child = fork("work.js"); child.send({ rounds: req.body.rounds });'],
    ['that names a process', 'const child = spawn("worker"); db.raw("select " + child.pid);'],
    ['that the file itself exports', 'fs.readFileSync(`${exports.root}/VERSION`);'],
    ['that an escaped pattern holds', 'new RegExp(req.params.q.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&"), "i");'],
  ])('%s', (_name, body) => {
    expect(kindsIn(body)).toEqual([]);
  });

  test('that stands in a file of ours', () => {
    expect(kindsIn('', 'export const load = (file) => fs.readFile(file, (error, text) => eval(text));')).toEqual([
      'code',
    ]);
    const { flows } = codeOf(
      'src/rules.js',
      `import fs from 'node:fs';\nexport const load = (file) => fs.readFile(file, 'utf8', (error, text) => eval(text));`,
    );
    expect(flows).toMatchObject([{ kind: 'code', certainty: 'unknown' }]);
  });

  test('that is a number by its name, in a statement', () => {
    const { flows } = codeOf(
      'src/sweep.js',
      `${head}export const since = (retentionDays) => db.raw(\`now() - interval '\${retentionDays} days'\`);`,
    );
    expect(flows).toEqual([]);
  });
});

describe('a place is none', () => {
  test.each([
    ['a redirect to the host that was asked for', 'res.redirect(`https://${req.hostname}${req.originalUrl}`);'],
    ['a redirect to what only a header says', 'res.redirect(req.headers["x-return-to"]);'],
    [
      'a field other than the one that was filled in',
      'const job = load(); job.name = req.body.name; fs.readFileSync(job.file);',
    ],
    ['a key that the object has', 'for (const key in req.body) req.body[key] = clean(req.body[key]);'],
    [
      'a key of its own, told by a callback',
      'Object.entries(req.params || {}).forEach(([key, value]) => { req.params[key] = clean(value); });',
    ],
    [
      'an object that is made for this answer',
      'const row = {}; req.body.fields.forEach((field) => { row[field] = source[field]; }); res.json(row);',
    ],
    ['a path of an address', 'const link = path.join("/files", req.params.name); await save({ link });'],
    ['the import that a bundler is not to see', 'await eval(`import("${modulePath}")`);'],
  ])('%s', (_name, body) => {
    expect(kindsIn(body).filter((kind) => kind !== 'input' && kind !== 'list')).toEqual([]);
  });

  test.each([
    ['the names of a definition', 'export const rename = (a, b) => db.raw(`ALTER TABLE orders RENAME ${a} TO ${b}`);'],
    ['a quoted name', 'export const ref = (a, b) => db.raw(`select "${a}"."${b}" from orders`);'],
    ['a program with its arguments', 'export const run = (program, list) => spawn(program, list);'],
  ])('%s', (_name, more) => {
    expect(kindsIn('', more)).toEqual([]);
  });

  test.each([
    ['a field of a field that was filled in', 'const job = {}; job.a = req.body; eval(job.a.script);', 'code'],
    ['text in MySQL’s double quotes', 'db.raw(`select a from t where b = "${req.params.b}"`);', 'sql'],
    ['a key of another object', 'for (const key in req.body) settings.all[key] = req.body[key];', 'object'],
  ])('but %s is one', (_name, body, kind) => {
    expect(kindsIn(body)).toContain(kind);
  });
});

test.each([
  ['a path on the host that was asked', 'res.redirect(new URL("/login", req.url));', []],
  ['a path on a host of ours', 'await fetch(new URL(`/users/${req.params.id}`, process.env.API));', []],
  ['an address of the client’s', 'res.redirect(new URL(req.body.to, "https://example.com"));', ['redirect']],
  ['a base of the client’s', 'await fetch(new URL("/status", req.body.host));', ['url']],
])('%s', (_name, body, kinds) => {
  expect(kindsIn(body)).toEqual(kinds);
});

test('markup that a function of the file escapes is none', () => {
  const escaping = 'const text = (t) => t.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);';
  expect(kindsIn('res.send("<b>" + text(req.params.name) + "</b>");', escaping)).toEqual([]);
  expect(kindsIn('res.send("<b>" + text(req.params.name) + "</b>");', 'const text = (t) => t.trim();')).toEqual([
    'html',
  ]);
});

test.each([
  ['an object whose address has a host is a request on its way out', 'await fetch(req.url);', []],
  ['a field of that name is the client’s', 'const { query } = req; await fetch(query.url);', ['url']],
  [
    'a path that is checked once it is resolved',
    'const to = path.join("data", req.params.name); const full = path.resolve(to); if (!full.startsWith(root)) return; fs.readFileSync(full);',
    [],
  ],
])('%s', (_name, body, kinds) => {
  expect(kindsIn(body)).toEqual(kinds);
});

test('a list that is written into a condition is text of the statement, however it was put together', () => {
  const { flows } = codeOf(
    'src/parcels.ts',
    `import type { Repository } from 'typeorm';
export const a = (rows: Repository<Parcel>, parcels: Parcel[]) => {
  let ids = '(';
  parcels.forEach((parcel) => { ids += \`'\${parcel.id}',\`; });
  ids += ')';
  return rows.createQueryBuilder('p').where(\`p.id IN \${ids}\`).getMany();
};
export const b = (rows: Repository<Parcel>, parcels: Parcel[]) =>
  rows.createQueryBuilder('p').where(\`p.id in (\${parcels.map((p) => \`'\${p.id}'\`).join(',')})\`).getMany();
export const c = (rows: Repository<Parcel>, ids: string[]) =>
  rows.createQueryBuilder('p').where('p.id IN (:...ids)', { ids }).getMany();`,
  );
  expect(flows.map(({ line, kind }) => [line, kind])).toEqual([
    [6, 'sql'],
    [9, 'sql'],
  ]);
});

test.each([
  ['the base of an address', 'await axios.request({ baseURL: req.body.base, url: "/x" });', ['url']],
  ['an address that passes its base by', 'await axios.request({ baseURL: own, url: req.query.at });', ['url']],
  ['markup behind its type', 'res.type("text/html").send(`<b>${req.params.name}</b>`);', ['html']],
  ['a statement of a graph', 'await graph.run(`MATCH (n {name: "${req.params.name}"}) RETURN n`);', ['sql']],
  ['an order that TypeORM writes as it is', 'rows.createQueryBuilder("p").orderBy(req.params.by).take(5);', ['sql']],
  ['an order that Knex quotes', 'await db("orders").orderBy(req.params.by).limit(5);', []],
])('%s', (_name, body, kinds) => {
  const more = `import axios from 'axios'; import neo4j from 'neo4j-driver'; import { getRepository } from 'typeorm';
const graph = neo4j.driver('bolt://graph').session(); const rows = getRepository('parcel');`;
  expect(kindsIn(body, more)).toEqual(kinds);
});

test.each([
  ['the origin of what was asked for', 'const { origin } = new URL(req.url); res.redirect(`${origin}/done`);', []],
  ['the origin that Next names', 'res.redirect(`${req.nextUrl.origin}/login`);', []],
  [
    'a field of what was asked for',
    'const at = new URL(req.url); res.redirect(at.searchParams.get("to"));',
    ['redirect'],
  ],
])('a redirect to %s', (_name, body, kinds) => {
  expect(kindsIn(body)).toEqual(kinds);
});

test('what a link carries is told apart from the path that was asked for', () => {
  const { flows } = codeOf(
    'src/worker.js',
    `export default { async fetch(request) {
  const url = new URL(request.url);
  if (url.pathname === '/up') return fetch(url.searchParams.get('from'));
  return Response.redirect(url.searchParams.get('to'));
} };`,
  );
  expect(flows.map(({ kind, source }) => [kind, source])).toEqual([
    ['url', 'request.url.searchParams'],
    ['redirect', 'request.url.searchParams'],
  ]);
});

test.each([
  [
    'a loop that fails on what is not found',
    'for (let i = 0; i < req.body.ids.length; i++) find(rows, req.body.ids[i]).order = i;',
    [],
  ],
  [
    'a loop over what was hashed',
    'const a = req.body.name; const h = crypto.createHash("sha256").update(a); for (let i = 0; i < a.length; i++) sum += a[i];',
    [],
  ],
  [
    'a loop over whatever has a length',
    'for (let i = 0; i < req.body.ids.length; i++) sum += req.body.ids[i];',
    ['list'],
  ],
])('%s', (_name, body, kinds) => {
  expect(kindsIn(body)).toEqual(kinds);
});
