import type { SqlFacts } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { migrationKinds, named } from './migration-match.ts';

export const tableWithoutPrimaryKey = defineRule({
  id: 'table-without-primary-key',
  lesson: 3,
  severity: 'warning',
  summary: 'The table has no primary key: rows cannot be named, paged through or replicated.',
  why: 'Without a key, updates and deletes of one row may hit several, keyset pagination has nothing to hold on to, and logical replication refuses updates.',
  fix: 'Add a primary key: an identity column, or the columns that name a row.',
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: '>CREATE TABLE audit (at timestamptz NOT NULL, what text NOT NULL);',
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: 'CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text NOT NULL);',
      },
      {
        path: 'migrations/20260112_orders.sql',
        code: 'CREATE TABLE member (team bigint, person bigint, PRIMARY KEY (team, person));',
      },
    ],
  },
  *check({ sql }) {
    for (const change of sql?.changes ?? []) {
      if (change.op === 'create-table' && !change.keyed && !change.temporary && !keyedLater(sql, change.table))
        yield { line: change.line, because: `Nothing names a row of ${named(change.table)}.` };
    }
  },
});

function keyedLater(sql: SqlFacts | undefined, table: string | undefined): boolean {
  return (sql?.changes ?? []).some(
    (c) => c.table === table && (c.constraint === 'primary-key' || (c.op === 'create-index' && c.unique)),
  );
}
