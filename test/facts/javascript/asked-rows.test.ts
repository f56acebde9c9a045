import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const calls = (code: string) => codeOf('src/a.ts', code).dataCalls;
const stated = (code: string) => calls(code).map(({ client, verb, does }) => `${client} ${verb} ${does}`);

describe('names that stand for a database', () => {
  test('a repository of a connection that another file makes asks the database, under any name', () => {
    const code = `import { connection } from './connection'; import { Guest } from './guest';
      const guests = connection.getRepository(Guest); guests.find(); guests.delete({ id });`;
    expect(stated(code)).toEqual(['typeorm find read-many', 'typeorm delete delete']);
    expect(calls(code).map(({ table }) => table)).toEqual(['Guest', 'Guest']);
  });

  test('what gives a repository or a collection is no read', () => {
    expect(stated(`async function f(names) { for (const n of names) await db.getRepository(n).ping(); }`)).toEqual([]);
  });

  test('a model of the application creates rows; a stream and a data source that are destroyed delete none', () => {
    const code = `import { Visit } from '../models'; import { Source } from '../source'; import { Shape } from '../shapes';
      Visit.create({ at }); Shape.create({ sides: 3 }); Source.destroy(); Visit.destroy({ where: { id } });`;
    expect(stated(code)).toEqual(['mongoose create insert', 'sequelize destroy delete']);
  });

  test('the document client of DynamoDB is known by the table that it is given', () => {
    expect(
      stated(`dynamo.scan({ TableName: 'boxes' }); docClient.get({ TableName, Key }); dynamo.scan({ pages: 3 });`),
    ).toEqual(['dynamodb scan read-many', 'dynamodb get read-one']);
  });
});

test('an answer that goes to a callback is waited for', () => {
  const fates = calls(
    `const { pool } = require('./pg'); pool.query('SELECT 1', [], (e, r) => done(e, r)); pool.query('SELECT 2');`,
  );
  expect(fates.map(({ fate }) => fate)).toEqual(['chained', 'floating']);
});

// Statements of tagged templates come last.
test('a number of rows under a name is what the name was given, unless something compares it', () => {
  const limits =
    calls(`import { Pool } from 'pg'; import postgres from 'postgres'; const pool = new Pool(); const sql = postgres();
    async function f(req, c) {
      const { size } = req.query; await pool.query('SELECT id FROM a LIMIT $1', [size]);
      const rows = Number(c.req.query('rows') ?? 50); await sql\`SELECT id FROM a LIMIT \${rows}\`;
      await Part.findAll({ limit: req.query.max || 10 });
      const { first } = paging.parse(req.query); await Part.findAll({ limit: first });
      const most = Number(req.query.most); if (most > 100) throw new RangeError('most'); await sql\`SELECT id FROM a LIMIT \${most}\`;
    }`).map(({ limit }) => limit);
  expect(limits).toEqual(['input', 'input', 'unknown', 'input', 'unknown']);
});

test('rows are sifted where they are only picked or added up once they are here', () => {
  const sifted = (body: string) =>
    calls(`import { prisma } from './prisma'; export async function f(id) { ${body} }`)[0]?.sifted;
  expect(sifted('return (await prisma.part.findMany()).filter((part) => part.sold);')).toBe(true);
  expect(sifted('const parts = await prisma.part.findMany(); return parts.find((part) => part.id === id);')).toBe(true);
  expect(sifted('const parts = await prisma.part.findMany(); return parts.sort(byPrice).slice(0, 5);')).toBe(true);
  expect(sifted('const parts = await prisma.part.findMany(); return parts.sort(byPrice);')).toBe(false);
  expect(sifted('const parts = await prisma.part.findMany(); log(parts.filter(isSold)); return parts;')).toBe(false);
});

test('a manager that stores the same in each row, behind the entity and its key, stores nothing of its own', () => {
  const code = `import { DataSource } from 'typeorm'; async function f(source: DataSource, ids) {
    for (const id of ids) { await source.manager.update(Part, { id }, { sold: true }); await source.manager.update(Part, { id }, { at: id.at }); } }`;
  expect(calls(code).map(({ ownValues }) => ownValues)).toEqual([false, true]);
});

describe('loops', () => {
  const bounds = (code: string) => codeOf('src/a.ts', code).loops.map(({ bounded }) => bounded ?? 'open');

  test('one that empties a list takes an element a turn', () => {
    const code = `async function f(open) { while (open.length > 0) { const id = open.pop(); await Node.findByPk(id); } }`;
    expect(bounds(code)).toEqual(['open']);
    expect(calls(code)[0]).toMatchObject({ usesLoopVariable: true });
  });

  test('one over what the program itself consists of has as many turns as it was written with', () => {
    const code = `for (const p of this.plugins) f(p); for (const n of pluginNames) f(n); for (const v of vegetables) f(v);
      for (const name of Object.keys(this.definitions)) f(name);`;
    expect(bounds(code)).toEqual(['constant', 'constant', 'open', 'constant']);
  });

  test('a page that has a key or an address is an element, one that is taken whole is a batch', () => {
    expect(bounds('for (const page of pages(rows)) keep(page); for (const page of site) visit(page.url);')).toEqual([
      'batches',
      'open',
    ]);
  });
});

test('Firestore is asked for documents, by a path, a kept collection and its queries', () => {
  const code = `import { getFirestore } from 'firebase-admin/firestore'; const db = getFirestore(); const boats = db.collection('boats');
    async function f(ids, open) {
      await db.collection('boats').get(); await db.collection('boats').where('open', '==', open).limit(5).get();
      for (const id of ids) { await boats.doc(id).get(); await db.doc('a/b').set({ id }); }
    }`;
  expect(calls(code).map(({ verb, does, limit, where }) => `${verb} ${does} ${limit} ${where}`)).toEqual([
    'get read-many none none',
    'get read-many constant given',
    'get read-one none none',
    'set update none none',
  ]);
  expect(stated(`const map = registry.collection('a').count(); params.doc('x');`)).toEqual([]);
});

test('a type that each turn of a loop chooses for Strapi is no question that one query could ask', () => {
  const code = `async function f(types, ids) { for (const type of types) await strapi.documents(type.uid).findMany({});
    for (const id of ids) await strapi.db.query('api::parcel.parcel').findOne({ where: { id } }); }`;
  expect(calls(code).map(({ tableBy }) => tableBy)).toEqual(['turn', undefined]);
});

test('Strapi is asked through its queries, its entity service and its documents', () => {
  const code = `module.exports = ({ strapi }) => ({ async f() {
    await strapi.db.query('api::parcel.parcel').findMany(); await strapi.db.query('api::parcel.parcel').findMany({ where: { open }, limit: 5 });
    await strapi.entityService.findOne('api::parcel.parcel', 1); await strapi.documents('api::parcel.parcel').count({}); } })`;
  expect(calls(code).map(({ verb, does, limit, table }) => `${verb} ${does} ${limit} ${table}`)).toEqual([
    'findMany read-many none parcel',
    'findMany read-many constant parcel',
    'findOne read-one constant parcel',
    'count count none parcel',
  ]);
});
