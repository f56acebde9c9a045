import { costOfTypeChange } from '../../facts/sql/type-change.ts';
import { changesOfLiveTables } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const columnTypeChanged = defineRule({
  id: 'column-type-changed',
  lesson: 3,
  severity: 'error',
  summary:
    'Changing the type rewrites the table under an exclusive lock, and running code still expects the old one: add a new column and move over.',
  why: 'Most type changes write every row and every index anew while nothing else passes. The release that is still running reads and writes the old type meanwhile.',
  fix: 'Add a column of the new type, write both, backfill in batches, switch the reads, drop the old column later.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders ALTER COLUMN total TYPE bigint;' }],
    good: [
      { path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE orders ADD COLUMN total_cents bigint;' },
      {
        path: 'migrations/20260112_notes.sql',
        code: `-- migrate:up
ALTER TABLE orders ALTER COLUMN note TYPE varchar(500);
-- migrate:down
ALTER TABLE orders ALTER COLUMN note TYPE varchar(200);`,
      },
    ],
  },
  *check({ sql }) {
    if (!sql || sql.dialect === 'sqlite') return;
    for (const change of changesOfLiveTables(sql, 'change-type')) {
      const cost = costOfTypeChange(change, sql.dialect);
      if (cost === 'rewrite')
        yield at(change, `${named(change.table)} is locked until all its rows are written in the new type.`);
      if (cost === 'unknown')
        yield at(
          change,
          `Where the type so far is another one or a longer one, ${named(change.table)} is locked until all its rows are written anew.`,
          // MySQL rebuilds the table for a change of NULL too.
          sql.dialect === 'mysql' ? 'warning' : 'notice',
        );
    }
  },
});
