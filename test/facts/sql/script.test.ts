import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { sqlReader } from '../../../src/facts/sql/reader.ts';
import { splitStatements } from '../../../src/facts/sql/split.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

function read(after: string, path = 'db/1.sql', others: Record<string, string> = {}) {
  const files = [
    compareTexts({ path, status: 'added', after }),
    ...Object.entries(others).map(([p, text]) => compareTexts({ path: p, status: 'added', after: text })),
  ];
  const project = buildProject({ head: 'h', base: 'b', files, context: [], unread: [] });
  return sqlReader.read(files[0] as (typeof files)[0], project).sql;
}

describe('a script of SQL', () => {
  test('that adds a column of the old name anew takes no name away', () => {
    const moved = read('ALTER TABLE a RENAME COLUMN id TO old_id;\nALTER TABLE a ADD COLUMN id uuid;');
    expect(moved?.changes.map(({ op }) => op)).toEqual(['other', 'add-column']);
    const other = read('ALTER TABLE a RENAME COLUMN id TO old_id;\nALTER TABLE b ADD COLUMN id uuid;');
    expect(other?.changes.map(({ op }) => op)).toEqual(['rename-column', 'add-column']);
  });

  test('is split outside quotes, dollar quotes, comments and parentheses', () => {
    const text = "-- a;b\nselect ';' /* ; */;\nDO $x$ begin; end $x$;\n\ninsert into a values (1),\n (2)";
    expect(splitStatements(text).map((s) => [s.line, s.endLine])).toEqual([
      [2, 2],
      [3, 3],
      [5, 6],
    ]);
  });

  test('is split outside the bodies of functions, the commands of psql and the data of COPY', () => {
    const lines = (text: string) => splitStatements(text).map((s) => [s.line, s.endLine]);
    expect(lines('create function a() returns int begin atomic\n select 1; select 2;\nend;\nselect 3;')).toEqual([
      [1, 3],
      [4, 4],
    ]);
    expect(lines('select atomic from a;\nselect 1;')).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(lines('\\set ON_ERROR_STOP on\n\\i a;b.sql\nselect 1;\n\\q')).toEqual([[3, 3]]);
    expect(lines("copy a (b) from stdin;\nit's; one\n(two\n\\.\nselect 1;")).toEqual([
      [1, 1],
      [5, 5],
    ]);
  });

  test('gives each part of an ALTER TABLE its own line, whatever stands before it', () => {
    const sql = read('-- é\nALTER TABLE a\n  ADD COLUMN b int NOT NULL,\n  DROP COLUMN c;');
    expect(sql?.changes.map((c) => [c.op, c.endLine])).toEqual([
      ['add-column', 3],
      ['drop-column', 4],
    ]);
  });

  test('tells the line of each statement that PostgreSQL would refuse, and of nothing that another program reads', () => {
    const failed = (text: string) => {
      const file = compareTexts({ path: 'postgres/1.sql', status: 'added', after: `SELECT 1;\n${text}` });
      return sqlReader.read(file, buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] }))
        .failed;
    };
    expect(failed('ALTER TABEL a ADD b int;\nSELECT 1;\nCREATE INDEX ON;\n')).toEqual([
      'syntax error in the statement of line 2',
      'syntax error in the statement of line 4',
    ]);
    expect(failed('\\connect other\nSELECT 1;\nALTER TABLE {{ table }} ADD b int;\nSELECT * FROM :name;\n')).toEqual(
      [],
    );
    expect(failed('x;\n'.repeat(50))).toHaveLength(3);
  });

  test('with an old mistake is not blamed for it', () => {
    const before = 'SELECT 1;\nALTER TABEL a;\n';
    const file = compareTexts({ path: 'postgres/1.sql', status: 'modified', before, after: `${before}SELECT 2;\n` });
    const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
    expect(sqlReader.read(file, project).failed).toEqual([]);
  });

  test('knows the tables that other new files of the change create', () => {
    const sql = read('create index on a (b);', 'migrations/2.sql', {
      'migrations/1.sql': 'CREATE TABLE IF NOT EXISTS public."a" (b int);',
    });
    expect(sql?.changes[0]?.onNewTable).toBe(true);
  });

  test('tells the dialect by syntax, by path and by the provider beside it', () => {
    expect(read('ALTER TABLE `a` DROP COLUMN `b`;')?.dialect).toBe('mysql');
    expect(read('alter table a drop column b;', 'db/sqlite/1.sql')?.dialect).toBe('sqlite');
    expect(
      read('drop table a;', 'prisma/migrations/1/migration.sql', {
        'prisma/migrations/migration_lock.toml': 'provider = "mysql"',
      })?.dialect,
    ).toBe('mysql');
    expect(read('alter table a drop column b;')?.dialect).toBe('postgresql');
  });

  test('of SQLite may alter a table by making it anew: nothing is lost, and its keys keep their indexes', () => {
    const rebuilt = `PRAGMA defer_foreign_keys=ON;
CREATE TABLE "new_orders" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "customer" INTEGER REFERENCES "customers" ("id"));
INSERT INTO "new_orders" ("id") SELECT "id" FROM "orders";
DROP TABLE "orders";
ALTER TABLE "new_orders" RENAME TO "orders";
CREATE INDEX "orders_customer" ON "orders" ("customer");
`;
    const sql = read(rebuilt);
    expect(sql).toMatchObject({ dialect: 'sqlite', unread: 0 });
    expect(sql?.changes.filter(({ op }) => op === 'drop-table')).toEqual([]);
    expect(sql?.changes.filter(({ onNewTable }) => !onNewTable).map(({ op }) => op)).toEqual(['other']);
    const key = sql?.changes.find(({ constraint }) => constraint === 'foreign-key');
    expect(key?.table).toBe(sql?.changes.find(({ op }) => op === 'create-index')?.table);
  });

  test('drops what code calls, unless it makes it anew or it goes with its trigger', () => {
    const dropped = (text: string) =>
      read(text, 'postgres/1.sql')?.changes.flatMap(({ op, name }) => (/^drop/.test(op) ? [`${op} ${name}`] : []));
    expect(dropped('DROP VIEW public.a, b; DROP MATERIALIZED VIEW c; DROP FUNCTION d(int); DROP SCHEMA e;')).toEqual([
      'drop-object a',
      'drop-object b',
      'drop-object c',
      'drop-object d',
      'drop-database e',
    ]);
    expect(dropped('DROP VIEW a; CREATE VIEW a AS SELECT 1;')).toEqual([]);
    expect(dropped('DROP MATERIALIZED VIEW a; CREATE MATERIALIZED VIEW a AS SELECT 1;')).toEqual([]);
    const body = "RETURNS int LANGUAGE sql AS 'SELECT 1'";
    expect(dropped(`DROP FUNCTION a(); CREATE FUNCTION a(b int) ${body};`)).toEqual([]);
    expect(dropped('DROP TRIGGER t ON b; DROP FUNCTION a();')).toEqual([]);
    expect(dropped('DROP TYPE a; DROP SEQUENCE b;')).toEqual([]);
  });

  test('of MySQL renames each table that it names', () => {
    const sql = read('RENAME TABLE `a` TO `b`, c TO d;', 'mysql/1.sql');
    expect(sql?.changes.map(({ op, table, name }) => `${op} ${table} ${name}`)).toEqual([
      'rename-table a b',
      'rename-table c d',
    ]);
  });

  test('is not reviewed on its way back', () => {
    expect(read('drop table a;', 'migrations/1.down.sql')?.changes).toEqual([]);
    expect(
      read('-- migrate:up\ncreate table a (id int primary key);\n-- migrate:down\ndrop table a;')?.changes.map(
        (c) => c.op,
      ),
    ).not.toContain('drop-table');
  });

  test('is read as far as it parses, and a text that is no SQL is an error without its words', () => {
    expect(read('drop table a;\nnot sql at all;')?.unread).toBe(1);
    expect(() => read('password is hunter2 horse')).toThrow(/^no statement is SQL$/);
  });

  test('gives each column its own line, whatever bytes stand before it, and however many there are', () => {
    expect(read("CREATE TABLE a (\n  é int DEFAULT '–',\n  b int\n);")?.changes.map((c) => [c.op, c.line])).toEqual([
      ['create-table', 1],
      ['add-column', 2],
      ['add-column', 3],
    ]);
    const started = cpuMilliseconds();
    const columns = Array.from({ length: 10_000 }, (_, i) => `c${i} int`);
    expect(read(`CREATE TABLE a (\n${columns.join(',\n')}\n);`)?.changes.at(-1)?.line).toBe(10_001);
    expect(cpuMilliseconds() - started).toBeLessThan(3_000);
  });

  test('costs no more than its length when it is hostile', () => {
    const started = cpuMilliseconds();
    for (const piece of ['(', "'", '$a$', '/*', '--', 'a,', '`', ';'])
      expect(() => read(`select ${piece.repeat(100_000)}`)).not.toThrow(RangeError);
    expect(cpuMilliseconds() - started).toBeLessThan(10_000);
  });

  test("knows SQLite's quoted names: the index of a table that is rebuilt, a key that is unique by itself", () => {
    const sql = read(
      `PRAGMA foreign_keys=off;
CREATE TABLE "new_parcels" ("id" integer PRIMARY KEY, "rider" integer REFERENCES "riders"("id"), "box" integer UNIQUE);
CREATE INDEX IF NOT EXISTS "parcels_rider" ON "new_parcels"("rider");
DROP TABLE "parcels";
ALTER TABLE "new_parcels" RENAME TO "parcels";`,
      'sqlite/1.sql',
    );
    expect(sql?.changes).toContainEqual(
      expect.objectContaining({ op: 'create-index', table: 'parcels', columns: ['rider'], where: false }),
    );
    expect(sql?.changes).toContainEqual(expect.objectContaining({ constraint: 'unique', columns: ['box'] }));
  });

  test('tells the type so far by the script that undoes it', () => {
    const down = { 'db/1.down.sql': 'ALTER TABLE parcels ALTER COLUMN weight TYPE numeric(8,2);' };
    const [change] =
      read('ALTER TABLE parcels ALTER COLUMN weight TYPE numeric(12,2);', 'db/1.up.sql', down)?.changes ?? [];
    expect(change).toMatchObject({ type: 'numeric(12,2)', formerType: 'numeric(8,2)' });
  });

  test("of SQLite may quote its names in SQL Server's brackets", () => {
    const sql = read(
      'CREATE TABLE [parcel] ([id] INTEGER PRIMARY KEY AUTOINCREMENT, [rider] INTEGER REFERENCES [rider]([id]));\nCREATE INDEX [by_rider] ON [parcel] ([rider]);',
    );
    expect(sql?.unread).toBe(0);
    expect(sql?.changes.at(-1)).toMatchObject({ op: 'create-index', table: 'parcel', columns: ['rider'] });
  });

  test('adds a key to a column that is null everywhere without a check of its rows', () => {
    const checks = (sql: string) => read(sql)?.changes.find(({ op }) => op === 'add-constraint')?.notValid !== true;
    expect(checks('ALTER TABLE parcels ADD COLUMN rider bigint REFERENCES riders (id);')).toBe(false);
    expect(checks('ALTER TABLE parcels ADD COLUMN rider bigint DEFAULT 1 REFERENCES riders (id);')).toBe(true);
    expect(checks('ALTER TABLE parcels ADD FOREIGN KEY (rider) REFERENCES riders (id);')).toBe(true);
  });
});
