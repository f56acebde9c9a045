import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const calls = (code: string, context: Record<string, string> = {}) =>
  codeOf('src/a.ts', code, context).dataCalls.map(
    ({ client, verb, does, limit, where }) => `${client} ${verb} ${does} limit:${limit} where:${where}`,
  );

const cases: readonly [name: string, code: string, expected: readonly string[]][] = [
  [
    'Prisma, constructed, injected and by its conventional name',
    `import { PrismaClient } from '@prisma/client'; const p = new PrismaClient();
     p.user.findMany({ where: { a: 1 }, take: 5 });
     class S { constructor(private readonly db: PrismaClient) {} f() { return this.db.user.deleteMany(); } }
     function g(tx) { return tx.user.findUnique({ where: { id: 1 } }); }`,
    [
      'prisma findMany read-many limit:constant where:given',
      'prisma deleteMany delete limit:none where:none',
      'prisma findUnique read-one limit:none where:unique',
    ],
  ],
  [
    'TypeORM repositories and query builders',
    `import { Repository } from 'typeorm';
     class S { constructor(private readonly parts: Repository<Part>) {}
       f() { this.parts.find(); this.parts.createQueryBuilder('p').delete().execute(); } }`,
    ['typeorm find read-many limit:none where:none', 'typeorm delete delete limit:none where:none'],
  ],
  [
    'a builder that is kept under a name and narrowed or bounded afterwards',
    `import { Repository } from 'typeorm';
     class S { constructor(private readonly parts: Repository<Part>) {}
       f(shop) { const gone = this.parts.createQueryBuilder().delete().from(Part); if (shop) gone.andWhere('shop = :shop', { shop }); return gone.execute(); }
       g() { const all = this.parts.createQueryBuilder().delete().from(Part); return all.execute(); } }`,
    ['typeorm delete delete limit:none where:unknown', 'typeorm delete delete limit:none where:none'],
  ],
  [
    'Sequelize and Mongoose models by their verbs',
    `User.findAll({ where: { a } , limit: 5 }); Post.find({}).limit(5); list.find((x) => x);`,
    ['sequelize findAll read-many limit:constant where:given', 'mongoose find read-many limit:constant where:none'],
  ],
  [
    'builders: Knex, Drizzle, Kysely',
    `import knex from 'knex'; const k = knex({});
     k('a').where({ b: 1 }).first(); k('a').del();
     db.select().from(users).limit(3); db.delete({}); trx.selectFrom('a').selectAll().execute();`,
    [
      'knex k read-one limit:constant where:given',
      'knex del delete limit:none where:none',
      'drizzle select read-many limit:constant where:none',
      'drizzle delete delete limit:none where:none',
      'kysely selectFrom read-many limit:none where:none',
    ],
  ],
  [
    'Knex, injected and with the table behind what is selected',
    `import type { Knex } from 'knex'; const TABLE = 'visits';
     class Visits { constructor(private db: Knex) {} all() { return this.db(TABLE).select('id'); }
       ids() { return this.db.select('id').from('pages').where({ open: true }).first(); } }`,
    ['knex db read-many limit:none where:none', 'knex select read-one limit:constant where:given'],
  ],
  [
    'managers take the entity before the filter',
    `import { EntityManager } from 'typeorm'; const list = (em: EntityManager) => [
       em.find(Part), em.find(Part, { where: { code }, take: 5 })];`,
    ['typeorm find read-many limit:none where:none', 'typeorm find read-many limit:constant where:unique'],
  ],
  [
    'plain SQL through a pool',
    `import { Pool } from 'pg'; const pool = new Pool(); pool.query('SELECT 1'); pool.on('error', () => {});`,
    ['pg query raw limit:none where:none'],
  ],
  [
    'Objection, Supabase and the commands of DynamoDB',
    `import { Model } from 'objection'; import { createClient } from '@supabase/supabase-js';
     import { DynamoDBDocumentClient, ScanCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
     class Pet extends Model {} const api = createClient(url, key); const doc = DynamoDBDocumentClient.from(raw);
     Pet.query().where('ownerId', id); Pet.query().deleteById(id);
     api.from('pets').select('id').eq('owner', id).single(); api.from('pets').delete();
     doc.send(new ScanCommand({ TableName: 'pets' })); doc.send(new GetCommand({ TableName: 'pets', Key: { id } }));`,
    [
      'objection query read-many limit:none where:given',
      'objection deleteById delete limit:none where:given',
      'supabase select read-one limit:constant where:given',
      'supabase delete delete limit:none where:none',
      'dynamodb ScanCommand read-many limit:none where:none',
      'dynamodb GetCommand read-one limit:none where:unique',
    ],
  ],
  [
    'what is put into a pipeline is sent with its end',
    `import Redis from 'ioredis'; const redis = new Redis(); const line = redis.pipeline(); line.get(a); redis.multi().hgetall(b);`,
    [],
  ],
  ['a map, a set and a list are no database', `const m = new Map(); m.delete(k); cache.delete(k); rows.find(f);`, []],
];

describe('calls to databases', () => {
  test.each(cases)('%s', (_, code, expected) => {
    expect(calls(code)).toEqual(expected);
  });

  test('a conventional name counts only where its package may be there', () => {
    const code = 'export const f = () => prisma.user.findMany();';
    expect(calls(code)).toHaveLength(1);
    expect(calls(code, { 'package.json': '{"dependencies":{"koa":"3"}}' })).toEqual([]);
  });

  test('the columns that choose the rows are told, in every spelling, and nothing where they are alternatives', () => {
    const asked = (code: string) =>
      codeOf('src/a.ts', code).dataCalls.map(({ table, conditions, sort }) =>
        [
          table,
          ...conditions.map(({ column, selective }) => (selective ? column : `(${column})`)),
          sort && `by ${sort}`,
        ]
          .filter(Boolean)
          .join(' '),
      );
    expect(
      asked(`
        prisma.part.findMany({ where: { code, old: false, note: { contains: q } }, orderBy: { at: 'desc' }, take: 5 });
        prisma.part.findMany({ where: { OR: [{ code }, { note }] } });
        prisma.part.findMany({ where: { owner: { name: 'a' } } });
        Part.findAll({ where: { code: { [Op.gte]: 1 } }, order: [['at', 'DESC']] });
        Part.find({ code: /a/, shop }).sort({ at: -1 });
        repository.findOneBy({ code });`),
    ).toEqual(['part code (old) (note) by at', 'part', 'part', 'Part code by at', 'Part (code) shop by at', 'code']);
    expect(
      asked(`
        import knex from 'knex'; import { Pool } from 'pg'; import { DataSource } from 'typeorm';
        const k = knex({}); const pool = new Pool(); const source = new DataSource({});
        k('parts').where('p.code', code).andWhere({ shop }).orderBy('at').limit(5);
        k('parts').where({ code }).orWhere({ shop });
        trx.selectFrom('parts').where('code', 'in', codes).execute();
        db.select().from(parts).where(and(eq(parts.code, code), isNull(parts.gone)));
        source.getRepository(Part).createQueryBuilder('p').where('p.code = :code AND p.shop > :s', {}).getMany();
        pool.query('SELECT id FROM shop.parts p WHERE p.code = $1 AND p.gone IS NULL ORDER BY p.at LIMIT 5', [code]);
        pool.query('SELECT id FROM parts JOIN shops ON true WHERE code = $1', [code]);
        pool.query("UPDATE parts SET n = 1 WHERE code = $1 OR id = $2", [code, id]);`),
    ).toEqual([
      'parts code shop by at',
      'parts',
      'parts code',
      'parts code (gone)',
      'Part code shop',
      'parts code (gone) by at',
      '',
      'parts',
    ]);
  });

  test('who says which table is asked: the turn of a loop, the caller of a function, or nobody but the query', () => {
    const { dataCalls } = codeOf(
      'src/a.ts',
      `import { Pool } from 'pg'; const pool = new Pool();
       for (const table of tables) await pool.query(\`SELECT id FROM \${table}\`);
       for (const id of ids) await pool.query('SELECT id FROM parts WHERE id = $1', [id]);
       const sizes = (schema, table) => pool.query(\`SELECT 1 FROM \${prefix}"\${table}"\`);
       const run = (statement) => pool.query(statement.text, statement.values);
       const part = (client, id) => pool.query('SELECT id FROM parts WHERE id = $1', [id]);`,
    );
    expect(dataCalls.map(({ tableBy }) => tableBy)).toEqual(['turn', undefined, 'caller', 'caller', undefined]);
  });

  test('rows are only counted where nothing but their number is used, not where it is asked whether there are any', () => {
    const counted = (body: string) =>
      codeOf('src/a.ts', `import { prisma } from './prisma'; export async function f() { ${body} }`).dataCalls[0]
        ?.onlyCounted;
    expect(counted('return (await prisma.part.findMany({})).length;')).toBe(true);
    expect(counted('const parts = await prisma.part.findMany({}); return { count: parts.length };')).toBe(true);
    expect(counted('const parts = await prisma.part.findMany({}); return parts.length > 0;')).toBe(false);
    expect(counted('const parts = await prisma.part.findMany({}); if (!parts.length) throw none;')).toBe(false);
    expect(counted('const parts = await prisma.part.findMany({}); return { parts, n: parts.length };')).toBe(false);
  });

  test('a limit from the request is told from one that is capped', () => {
    const limits = codeOf(
      'src/a.ts',
      `prisma.a.findMany({ take: Number(req.query.n) }); prisma.a.findMany({ take: Math.min(Number(req.query.n), 50) });`,
    ).dataCalls.map(({ limit }) => limit);
    expect(limits).toEqual(['input', 'capped']);
  });

  test('the number of rows of a statement is found behind its placeholder', () => {
    const limits = codeOf(
      'src/a.ts',
      `import { Pool } from 'pg'; const pool = new Pool();
       pool.query('SELECT id FROM a WHERE b = $1 LIMIT $2 OFFSET $3', [b, req.query.n, o]);
       pool.query('SELECT id FROM a WHERE b = ? LIMIT ?', [b, Math.min(req.query.n, 50)]);
       pool.query({ text: 'SELECT id FROM a LIMIT $1', values: [req.query.n] });
       pool.query(\`SELECT id FROM a LIMIT \${req.query.n}\`); pool.query('SELECT id FROM a LIMIT 5');`,
    ).dataCalls.map(({ limit }) => limit);
    expect(limits).toEqual(['input', 'capped', 'input', 'input', 'constant']);
  });
});

describe('loops', () => {
  const bounds = (code: string) =>
    codeOf('src/a.ts', code).loops.map(({ form, bounded }) => `${form} ${bounded ?? 'open'}`);

  test('lists, batches, pages, retries and constants are told apart', () => {
    expect(
      bounds(`
        for (const id of ids) f(id);
        for (const batch of chunk(ids, 100)) f(batch);
        while (more) f();
        for (let attempt = 0; attempt < n; attempt++) f();
        for (const kind of ['a', 'b']) f(kind);
        Promise.all(ids.map((id) => f(id)));
        for (let i = 0; i < ids.length; i += 100) f(i);
      `),
    ).toEqual([
      'for-of open',
      'for-of batches',
      'while pages',
      'for retry',
      'for-of constant',
      'promise-all open',
      'for batches',
    ]);
  });

  test('a field’s resolver is a loop over the objects of its type, and the way up to a root is one', () => {
    const { loops } = codeOf(
      'src/a.ts',
      `const resolvers = { Query: { posts: (root) => 1 }, Post: { author: (post) => 2, year: (_post) => 3 } };
       async function top(id) { const node = await load(id); return node.parentId ? top(node.parentId) : node; }
       async function up(id) { while (id) { const node = await load(id); if (!node) break; id = node.parentId; } }
       class R { @ResolveField() author(@Parent() post) {} @Query() posts(@Args('id') id) {} }`,
    );
    expect(loops.map(({ form, line, exits }) => [form, line, exits])).toEqual([
      ['resolver', 1, false],
      ['walk', 2, false],
      ['walk', 3, false],
      ['resolver', 4, false],
    ]);
  });

  test('a call belongs to the loop that runs it, not to one around a function that is kept for later', () => {
    const { dataCalls } = codeOf(
      'src/a.ts',
      `for (const id of ids) { tasks.push(() => prisma.a.findFirst({ where: { id } })); }
       for (const id of ids) { await prisma.a.findFirst({ where: { id } }); }`,
    );
    expect(dataCalls.map(({ loop, usesLoopVariable }) => [loop, usesLoopVariable])).toEqual([
      [undefined, true],
      [1, true],
    ]);
  });
});

test('a relation that each element of a list loads for itself is a call', () => {
  const loads = codeOf(
    'src/a.ts',
    `const { Team } = require('./models');
     async function f() {
       const teams = await Team.findAll({ where: { open: true }, limit: 20 });
       for (const team of teams) { await team.getPlayers(); await team.getName; team.format(); }
       for (const person of people) await person.$relatedQuery('pets');
       for (const session of list) session.getUser();
     }`,
  ).dataCalls.filter(({ loop }) => loop !== undefined);
  expect(loads.map(({ client, verb, usesLoopVariable }) => [client, verb, usesLoopVariable])).toEqual([
    ['sequelize', 'getPlayers', true],
    ['objection', '$relatedQuery', true],
  ]);
});

test('a query with an alias is no table that each turn chooses; a name that the loop gives is', () => {
  const { dataCalls } = codeOf(
    'src/a.ts',
    `import { Kysely } from 'kysely'; const db = new Kysely({});
     async function f(ids, tables) {
       for (const id of ids) {
         const latest = db.selectFrom('visits').where('room', '=', id).limit(9).as('latest');
         await db.selectFrom(latest).selectAll().execute();
       }
       for (const table of tables) await db.selectFrom(table).selectAll().execute();
     }`,
  );
  expect(dataCalls.filter(({ fate }) => fate === 'awaited').map(({ tableBy }) => tableBy)).toEqual([undefined, 'turn']);
});

test('a helper of another file is read for what it reaches', () => {
  const code = `import { load } from './load.js'; for (const id of ids) { await load(id); }`;
  const { helperCalls } = codeOf('src/a.ts', code, {
    'src/load.ts': 'export const load = (id) => one(id); const one = (id) => prisma.part.findFirst({ where: { id } });',
  });
  expect(helperCalls).toMatchObject([{ evidence: 'import', does: 'reads', reaches: 'one → part.findFirst' }]);
});

test('methods of imported classes and objects are read too, and a cache in front of them is seen', () => {
  const code = `import { Users, names } from './users'; import * as all from './users';
    class R { constructor(private readonly users: Users) {} async f(ids) { for (const id of ids) await this.users.one(id); } }
    async function g(ids) { for (const id of ids) { await names.of(id); await all.kept(id); await new Users().one(id); } }`;
  const { helperCalls } = codeOf('src/a.ts', code, {
    'src/users.ts': `export class Users { one(id) { return prisma.user.findFirst({ where: { id } }); } }
      export const names = { of: (id) => prisma.name.findFirst({ where: { id } }) };
      export const kept = (id) => userCache.get(id) ?? prisma.user.findFirst({ where: { id } });`,
  });
  expect(helperCalls.map(({ call, evidence, reaches }) => [call, evidence, reaches])).toEqual([
    ['this.users.one', 'import', 'user.findFirst'],
    ['names.of', 'import', 'name.findFirst'],
    ['new Users().one', 'import', 'user.findFirst'],
  ]);
});
