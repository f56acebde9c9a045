import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/analysis.ts';
import { compareTexts } from '../../src/review/diff.ts';
import { builtInPolicy } from '../../src/review/policy.ts';

const prisma = 'prisma/migrations/20260112_orders/migration.sql';
const plain = 'db/migrations/20260112_orders.sql';

/** Suggestions for a new migration of PostgreSQL, by rule. */
function fixes(path: string, after: string): Record<string, string | undefined> {
  const context = [{ path: 'prisma/migrations/migration_lock.toml', text: 'provider = "postgresql"\n' }];
  const files = [compareTexts({ path, status: 'added', after })];
  const { findings } = analyse({ head: 'h', base: 'b', files, context, unread: [] }, builtInPolicy);
  return Object.fromEntries(findings.map(({ rule, fix }) => [rule, fix?.text]));
}

describe('a suggestion for a migration', () => {
  test('is CONCURRENTLY where no transaction wraps the script', () => {
    expect(fixes(prisma, 'create unique index a_key on orders (a);\n')).toEqual({
      'index-built-under-lock': 'create unique index concurrently a_key on orders (a);',
    });
    expect(fixes(prisma, 'DROP INDEX a_key;\n')).toEqual({
      'index-dropped-under-lock': 'DROP INDEX CONCURRENTLY a_key;',
    });
    expect(fixes(prisma, 'REINDEX TABLE orders;\n')).toEqual({
      'reindex-under-lock': 'REINDEX TABLE CONCURRENTLY orders;',
    });
    expect(fixes(prisma, 'ALTER TABLE events\n  DETACH PARTITION public."events_2024";\n')).toEqual({
      'partition-detached-under-lock': 'ALTER TABLE events\n  DETACH PARTITION public."events_2024" CONCURRENTLY;',
    });
  });

  test('is none where a transaction may wrap it: the statement would fail when it is deployed', () => {
    const index = 'CREATE INDEX a_idx ON orders (a);\n';
    expect(fixes(plain, index)).toEqual({ 'index-built-under-lock': undefined });
    expect(
      fixes(prisma, `${index}UPDATE orders SET a = 1 WHERE a IS NULL;\n`)['index-built-under-lock'],
    ).toBeUndefined();
    expect(fixes(plain, `-- +goose NO TRANSACTION\n${index}`)['index-built-under-lock']).toMatch(/CONCURRENTLY a_idx/);
  });

  test('is NOT VALID for one constraint on lines of its own', () => {
    expect(fixes(plain, 'ALTER TABLE orders\n  ADD CONSTRAINT a_given CHECK (a > 0);\n')).toEqual({
      'constraint-checked-under-lock': 'ALTER TABLE orders\n  ADD CONSTRAINT a_given CHECK (a > 0) NOT VALID;',
    });
    const two = 'ALTER TABLE orders ADD CONSTRAINT a CHECK (a > 0), ADD CONSTRAINT b CHECK (b > 0);\n';
    expect(fixes(plain, two)).toEqual({ 'constraint-checked-under-lock': undefined });
    const commented = 'ALTER TABLE orders ADD CONSTRAINT a CHECK (a > 0); -- later: NOT VALID\n';
    expect(fixes(plain, commented)).toEqual({ 'constraint-checked-under-lock': undefined });
  });

  test('is none where it would not parse: an exclusion constraint is always valid', () => {
    const text = 'ALTER TABLE rooms ADD CONSTRAINT a EXCLUDE USING gist (during WITH &&);\n';
    expect(fixes(plain, text)).toEqual({ 'constraint-checked-under-lock': undefined });
  });

  test('is a lock_timeout above the lock that waits while another is held', () => {
    const text = 'BEGIN;\nALTER TABLE a ADD COLUMN n text;\nALTER TABLE b ADD COLUMN n text;\nCOMMIT;\n';
    expect(fixes(plain, text)).toEqual({
      'locks-without-timeout': "SET lock_timeout = '2s';\nALTER TABLE b ADD COLUMN n text;",
    });
  });
});

describe('the grade of a finding in a migration', () => {
  const grades = (after: string) => {
    const files = [compareTexts({ path: plain, status: 'added', after })];
    const context = [{ path: 'package.json', text: '{"dependencies":{"pg":"8"}}' }];
    const { findings } = analyse({ head: 'h', base: 'b', files, context, unread: [] }, builtInPolicy);
    return findings.map(({ rule, severity }) => `${rule} ${severity}`);
  };
  const table = (column: string, name = 'parcels') => `CREATE TABLE ${name} (id bigint PRIMARY KEY, ${column});\n`;
  test.each([
    ['DELETE FROM parcels;', ['all-rows-changed error']],
    ["UPDATE parcels SET state = 'new';", ['all-rows-changed warning']],
    ["UPDATE refund_reasons SET code = 'new';", ['all-rows-changed notice']],
    ['DELETE FROM widgets;', ['all-rows-changed warning']],
    ['ALTER TABLE parcels ALTER COLUMN note TYPE varchar(300);', ['column-type-changed notice']],
    ["UPDATE settings SET value = 'new';", ['all-rows-changed notice']],
    [table('rider_id bigint REFERENCES riders'), ['foreign-key-without-index warning']],
    [table('created_by bigint REFERENCES riders'), ['foreign-key-without-index notice']],
    [table('role_id bigint REFERENCES roles'), ['foreign-key-without-index notice']],
    [table('rider_id bigint REFERENCES riders', 'permissions'), ['foreign-key-without-index notice']],
    [
      `${table('rider_id bigint REFERENCES riders, gone_at date')}CREATE INDEX i ON parcels (rider_id) WHERE gone_at IS NULL;`,
      ['foreign-key-without-index notice'],
    ],
    ['ALTER TABLE parcels ALTER COLUMN weight TYPE bigint;', ['column-type-changed error']],
    ['ALTER TABLE parcels ALTER COLUMN note TYPE text;', ['column-type-changed notice']],
    ['DROP TABLE tmp_parcels;', []],
  ])('is weighed by what it costs: %s', (sql, expected) => {
    expect(grades(sql)).toEqual(expected);
  });
});
