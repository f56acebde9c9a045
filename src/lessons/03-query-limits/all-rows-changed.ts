import { isNamedAfterUse, isSettings } from '../../facts/schemas/growth.ts';
import { changesOfLiveTables, type SchemaChange } from '../../facts/sql.ts';
import type { Severity } from '../../review/types.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';
import { growsByName } from './table-growth.ts';

export const allRowsChanged = defineRule({
  id: 'all-rows-changed',
  lesson: 3,
  severity: 'error',
  summary: 'The statement changes every row of the table at once: bound it by a WHERE and work in batches.',
  why: 'One statement over all rows holds their locks, bloats the table and its log, and delays replicas until it is done. Without a WHERE it may also be simply forgotten.',
  fix: 'Update or delete in batches of some thousand rows by key range, each in its own transaction, outside the migration.',
  kinds: migrationKinds,
  examples: {
    bad: [
      { path: 'migrations/20260112_orders.sql', code: `>UPDATE orders SET currency = 'EUR';` },
      { path: 'migrations/20260112_orders.sql', code: '>DELETE FROM sessions;' },
      {
        path: 'src/migrations/1768200000000-mail.js',
        code: `
  exports.up = (knex, prefix) =>
>   knex.raw(\`UPDATE \${prefix}customers SET mail = lower(mail)\`);`,
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `UPDATE orders SET currency = 'EUR' WHERE id BETWEEN 1 AND 10000;`,
      },
    ],
  },
  *check({ sql }) {
    for (const change of changesOfLiveTables(sql, 'update', 'delete')) {
      if (change.where) continue;
      const because = `There is no WHERE: all rows of ${named(change.table)} are locked together.`;
      yield at(change, because, gradeOf(change));
    }
  },
});

/** What is deleted is gone; what is written anew takes its time, and no time where the rows are few. */
function gradeOf({ op, table }: SchemaChange): Severity {
  if (table === undefined || isSettings(table)) return 'notice';
  if (isNamedAfterUse(table) || growsByName({ table })) return op === 'delete' ? 'error' : 'warning';
  return op === 'delete' ? 'warning' : 'notice';
}
