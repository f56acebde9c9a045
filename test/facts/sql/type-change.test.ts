import { describe, expect, test } from '@jest/globals';
import { costOfTypeChange } from '../../../src/facts/sql/type-change.ts';
import type { SchemaChange } from '../../../src/facts/sql.ts';

const change = (parts: Partial<SchemaChange>): SchemaChange => ({
  op: 'change-type',
  line: 1,
  endLine: 1,
  columns: ['note'],
  onNewTable: false,
  inTransaction: false,
  ...parts,
});

describe('what a change of type costs', () => {
  test.each([
    ['varchar(200)', 'varchar(400)', 'none'],
    ['varchar(200)', 'text', 'none'],
    ['text', 'varchar', 'none'],
    ['numeric(8,2)', 'numeric(12,2)', 'none'],
    ['int8', 'int8', 'none'],
    ['varchar(400)', 'varchar(200)', 'rewrite'],
    ['varchar', 'varchar(200)', 'rewrite'],
    ['numeric(8,2)', 'numeric(12,4)', 'rewrite'],
    ['int4', 'int8', 'rewrite'],
    ['text', 'jsonb', 'rewrite'],
    ['char(2)', 'text', 'rewrite'],
  ])('on PostgreSQL from %s to %s: %s', (formerType, type, cost) => {
    expect(costOfTypeChange(change({ formerType, type }), 'postgresql')).toBe(cost);
  });

  test('longer text costs what the database makes of it', () => {
    expect(costOfTypeChange(change({ formerType: 'varchar(200)', type: 'text' }), 'unknown')).toBe('unknown');
    expect(costOfTypeChange(change({ formerType: 'varchar(200)', type: 'text' }), 'mysql')).toBe('rewrite');
  });

  test('is not known where the type so far is not, and may be the same', () => {
    expect(costOfTypeChange(change({ type: 'text' }), 'postgresql')).toBe('unknown');
    expect(costOfTypeChange(change({ type: 'varchar(300)' }), 'postgresql')).toBe('unknown');
    expect(costOfTypeChange(change({ type: 'text' }), 'unknown')).toBe('unknown');
    expect(costOfTypeChange(change({ type: 'varchar(300)' }), 'mysql')).toBe('rewrite');
    expect(costOfTypeChange(change({ type: 'int8', restates: true }), 'mysql')).toBe('unknown');
    expect(costOfTypeChange(change({ type: 'text', converts: true }), 'postgresql')).toBe('rewrite');
    expect(costOfTypeChange(change({ type: 'int8' }), 'postgresql')).toBe('rewrite');
  });
});
