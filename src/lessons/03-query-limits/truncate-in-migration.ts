import { changesOfLiveTables } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const truncateInMigration = defineRule({
  id: 'truncate-in-migration',
  lesson: 3,
  severity: 'warning',
  summary: 'TRUNCATE empties a live table under an exclusive lock: delete in batches, and only what is meant.',
  why: 'It removes all rows at once, waits for every running query and blocks every new one. With CASCADE it empties every table that refers to this one, which nobody reads in the diff.',
  fix: 'Delete by a condition, in batches; never CASCADE.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>TRUNCATE orders CASCADE;' }],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `DELETE FROM orders WHERE status = 'draft' AND created_at < now() - interval '90 days';`,
      },
    ],
  },
  *check({ sql }) {
    for (const change of changesOfLiveTables(sql, 'truncate')) {
      const reach = change.cascade ? ' and every table that refers to it' : '';
      yield at(change, `All rows of ${named(change.table)}${reach} are removed.`, change.cascade ? 'error' : undefined);
    }
  },
});
