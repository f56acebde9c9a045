import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { migrationCodeReader } from '../../../src/facts/sql/migration-code.ts';
import { compareTexts } from '../../../src/review/diff.ts';

function changes(code: string, driver = 'pg') {
  const file = compareTexts({ path: 'db/migrations/001-a.ts', status: 'added', after: code });
  const manifest = { path: 'package.json', text: JSON.stringify({ dependencies: { [driver]: '1' } }) };
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: [manifest], unread: [] });
  return migrationCodeReader.read(file, project).sql;
}

describe('a migration in code', () => {
  test('says what its SQL does, on the line of the file', () => {
    const sql = changes(
      'export class A {\n async up(queryRunner) {\n  await queryRunner.query(`\n   CREATE INDEX i ON orders (a)`);\n }\n}',
    );
    expect(sql?.dialect).toBe('postgresql');
    expect(sql?.changes[0]).toMatchObject({ op: 'create-index', table: 'orders', line: 4, inTransaction: true });
  });

  test('leaves the way back alone', () => {
    expect(
      changes(
        "exports.up = (knex) => knex.schema.createTable('a', (t) => t.increments());\nexports.down = (knex) => knex.schema.dropTable('a');",
      )?.changes.map((c) => c.op),
    ).toEqual(['create-table']);
  });

  test('reads Knex, its columns and the keys on them', () => {
    const sql = changes(
      "exports.up = (knex) => knex.schema.alterTable('orders', (t) => {\n t.string('note').notNullable();\n t.integer('user').references('id').inTable('users').index();\n t.dropColumn('old');\n});",
    );
    expect(sql?.changes.map((c) => [c.op, c.line])).toEqual([
      ['add-column', 2],
      ['add-column', 3],
      ['create-index', 3],
      ['add-constraint', 3],
      ['drop-column', 4],
    ]);
    expect(sql?.changes[0]).toMatchObject({ notNull: true, default: 'none', onNewTable: false });
  });

  test('knows the written part of a name that the code puts a prefix before, and no name that it computes whole', () => {
    const sql = changes(
      'exports.up = async (queryRunner, { prefix, old }) => {\n await queryRunner.query(`UPDATE ${prefix}orders SET a = 1`);\n await queryRunner.query(`ALTER TABLE ${old} RENAME TO orders`);\n};',
    );
    expect(sql?.changes.map((c) => [c.op, c.table])).toEqual([
      ['update', '…orders'],
      ['rename-table', undefined],
    ]);
  });

  test("takes Knex' lengths of a text for what they are", () => {
    const sql = changes(
      "exports.up = (knex) => knex.schema.alterTable('a', (t) => {\n t.text('x', 'longtext').nullable().alter();\n t.string('y', 80).alter();\n});",
    );
    expect(sql?.changes.map((c) => c.type)).toEqual(['text', 'varchar(80)']);
  });

  test('knows the parent of a key', () => {
    const sql = changes(
      "exports.up = (knex) => knex.schema.createTable('a', (t) => {\n t.integer('x').references('id').inTable('roles');\n t.integer('y').references('plans.id');\n t.foreign('z').references('id').inTable('orders');\n});",
    );
    const keys = sql?.changes.filter((c) => c.constraint === 'foreign-key');
    expect(keys?.map((c) => c.references)).toEqual(['roles', 'plans', 'orders']);
  });

  test("reads Kysely's chains, and wraps them in the transaction that its migrator opens", () => {
    const sql = changes(`import { type Kysely, sql } from 'kysely';
export async function up(db: Kysely<any>) {
  await db.schema
    .alterTable('public.orders')
    .addColumn('note', 'text', (col) => col.notNull().defaultTo(''))
    .addColumn('customer_id', 'integer', (c) => c.references('customers.id'))
    .alterColumn('total', (c) => c.setDataType('bigint'))
    .alterColumn('state', (c) => c.setNotNull())
    .dropColumn('old')
    .execute();
  await db.schema.createIndex('orders_a').on('orders').columns(['a', 'b']).unique().execute();
  await db.schema.createTable('refunds').addColumn('order_id', 'integer', (c) => c.references('orders.id')).execute();
  await db.schema.dropIndex('old_idx').execute();
}
export async function down(db) {
  await db.schema.dropTable('orders').execute();
}
`);
    expect(sql?.changes.map((c) => [c.op, c.line, c.table, c.columns.join()])).toEqual([
      ['add-column', 5, 'orders', 'note'],
      ['add-column', 6, 'orders', 'customer_id'],
      ['add-constraint', 6, 'orders', 'customer_id'],
      ['change-type', 7, 'orders', 'total'],
      ['set-not-null', 8, 'orders', 'state'],
      ['drop-column', 9, 'orders', 'old'],
      ['create-index', 11, 'orders', 'a,b'],
      ['create-table', 12, 'refunds', ''],
      ['add-constraint', 12, 'refunds', 'order_id'],
      ['drop-index', 13, undefined, ''],
    ]);
    expect(sql?.changes[0]).toMatchObject({ notNull: true, default: 'constant', inTransaction: true });
    expect(sql?.changes.find(({ table }) => table === 'refunds')).toMatchObject({ onNewTable: true });
  });

  test("knows MikroORM's transaction, and that it can be switched off", () => {
    const up = (more = '') =>
      changes(`class A extends Migration {\n ${more}\n up() {\n  this.addSql('create index a on b (c);');\n }\n}`);
    expect(up()?.changes[0]).toMatchObject({ op: 'create-index', inTransaction: true });
    expect(up('isTransactional() { return false; }')?.changes[0]).toMatchObject({ inTransaction: false });
  });

  test('knows a table that the same migration creates', () => {
    const sql = changes(
      "exports.up = async (queryInterface) => {\n await queryInterface.createTable('a', {});\n await queryInterface.addIndex('a', ['b']);\n await queryInterface.addIndex('c', { fields: ['d'], concurrently: true });\n};",
    );
    expect(sql?.changes.map((c) => [c.op, c.onNewTable, c.online ?? false])).toEqual([
      ['create-table', true, false],
      ['create-index', true, false],
      ['create-index', false, true],
    ]);
  });

  test('does not know a name that the code computes, and takes it for one name', () => {
    const sql = changes(
      'export class A {\n async up(queryRunner) {\n  await queryRunner.query(`CREATE TABLE ${name} (id int primary key)`);\n  await queryRunner.query(`CREATE INDEX i ON ${name} (a)`);\n  await queryRunner.query(`ALTER TABLE orders DROP COLUMN ${column}`);\n }\n}',
    );
    expect(sql?.changes.map((c) => [c.op, c.table, c.columns, c.onNewTable])).toEqual([
      ['create-table', undefined, [], true],
      ['add-constraint', undefined, ['id'], true],
      ['add-column', undefined, ['id'], true],
      ['create-index', undefined, ['a'], true],
      ['drop-column', 'orders', [], false],
    ]);
  });

  test('claims no dialect without evidence', () => {
    expect(changes("exports.up = (knex) => knex.schema.dropTable('a');", 'knex')?.dialect).toBe('unknown');
    expect(changes("exports.up = (knex) => knex.schema.dropTable('a');", 'mysql2')?.dialect).toBe('mysql');
  });

  test.each([
    'create index i on parcels using gin (labels)',
    'create index i on "parcels" ("sender") include ("weight")',
    "create type size as enum ('s', 'l')",
    'create index i on parcels (note gin_trgm_ops)',
    'alter table parcels add column seal bytea',
  ])('takes PostgreSQL for what only it understands: %s', (statement) => {
    const code = `import { sql } from 'kysely';\nexport const up = (db) => sql\`${statement}\`.execute(db);
      export const also = (db) => sql\`create index j on parcels (a)\`.execute(db);`;
    expect(changes(code, 'kysely')?.dialect).toBe('postgresql');
  });

  test("tells the type so far by the migration's way back", () => {
    const sql = changes(`export class A {
  async up(runner) { await runner.query('ALTER TABLE parcels ALTER COLUMN note TYPE text'); }
  async down(runner) { await runner.query('ALTER TABLE parcels ALTER COLUMN note TYPE varchar(200)'); }
}`);
    expect(sql?.changes).toMatchObject([{ op: 'change-type', type: 'text', formerType: 'varchar(200)' }]);
    const knex =
      changes(`exports.up = (knex) => knex.schema.alterTable('parcels', (t) => { t.string('note', 400).notNullable().alter(); });
exports.down = (knex) => knex.schema.alterTable('parcels', (t) => { t.string('note', 200).alter(); });`);
    expect(knex?.changes).toMatchObject([{ type: 'varchar(400)', formerType: 'varchar(200)', restates: true }]);
  });

  test('takes a column that it has just added for no change of type', () => {
    const sql = changes(`exports.up = async (knex) => {
  await knex.schema.alterTable('parcels', (t) => { t.uuid('owner'); });
  await knex.schema.alterTable('parcels', (t) => { t.uuid('owner').notNullable().alter(); });
};`);
    expect(sql?.changes.map(({ op }) => op)).toEqual(['add-column', 'set-not-null']);
  });

  test('sees a table set aside and made anew, and one branch for each database, as one change', () => {
    const sql = changes(`exports.up = async (knex) => {
  await knex.schema.renameTable('parcels', 'parcels_aside');
  await knex.schema.createTable('parcels', (t) => { t.increments('id'); });
  await knex.schema.dropTable('parcels_aside');
  if (lite) await knex.raw('ALTER TABLE riders DROP COLUMN nick');
  else await knex.schema.alterTable('riders', (t) => { t.dropColumn('nick'); });
};`);
    expect(sql?.changes.map(({ op }) => op)).toEqual(['other', 'create-table', 'other', 'drop-column']);
  });

  test.each([
    ["exports.up = (db, done) => db.runSql('UPDATE parcels SET ' +\n \"state = 'new'\", done);"],
    ['export default async (client) => { await execute(client, `UPDATE parcels SET state = 1`); };'],
    [
      "const steps = ['UPDATE parcels SET state = 1'];\nexports.up = async (k) => { for (const s of steps) await k.raw(s); };",
    ],
    ["const text = 'UPDATE parcels SET state = 1';\nexports.up = async (k) => { await k.raw(text); };"],
  ])('finds the SQL of %s', (code) => {
    expect(changes(code)?.changes).toMatchObject([{ op: 'update', table: 'parcels', where: false }]);
  });

  test('reads the keys of a table that Sequelize or TypeORM makes', () => {
    const sequelize = changes(`exports.up = (queryInterface, S) => queryInterface.createTable('parcels', {
  id: { type: S.INTEGER, primaryKey: true },
  riderId: { type: S.INTEGER, references: { model: 'riders', key: 'id' } },
});`);
    const typeorm = changes(`export class A { async up(queryRunner) { await queryRunner.createTable(new Table({
  name: 'parcels', columns: [{ name: 'id', isPrimary: true }],
  foreignKeys: [{ columnNames: ['riderId'] }],
}), true); } }`);
    for (const sql of [sequelize, typeorm])
      expect(sql?.changes.map(({ op, constraint, columns, line }) => [op, constraint, columns[0], line])).toEqual([
        ['create-table', undefined, undefined, 1],
        ['add-constraint', 'unique', 'id', 2],
        ['add-constraint', 'foreign-key', 'riderid', 3],
      ]);
  });

  test('reads a column that Sequelize changes and an index of db-migrate', () => {
    const sql = changes(`exports.up = async (queryInterface, S) => {
  await queryInterface.changeColumn('parcels', 'weight', { type: S.DECIMAL(10, 3) });
};
exports.down = async (queryInterface, S) => {
  await queryInterface.changeColumn('parcels', 'weight', { type: S.INTEGER });
};`);
    expect(sql?.changes).toMatchObject([
      { op: 'change-type', columns: ['weight'], type: 'decimal(10,3)', formerType: 'integer', restates: false },
    ]);
    expect(
      changes("exports.up = (db, done) => db.addIndex('parcels', 'by_rider', ['rider'], done);")?.changes,
    ).toMatchObject([{ op: 'create-index', table: 'parcels', columns: ['rider'] }]);
  });

  test("knows Sequelize's interface by the call that hands it out", () => {
    const sql = changes(
      "export const up = ({ context: sequelize }) => sequelize.getQueryInterface().renameColumn('parcels', 'box', 'crate');",
    );
    expect(sql?.changes).toMatchObject([{ op: 'rename-column', table: 'parcels', columns: ['box'] }]);
  });
});
