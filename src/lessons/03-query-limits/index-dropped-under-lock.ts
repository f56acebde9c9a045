import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { concurrently } from './migration-fix.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const indexDroppedUnderLock = defineRule({
  id: 'index-dropped-under-lock',
  lesson: 3,
  severity: 'warning',
  summary: 'Dropping the index locks the whole table, reads included: drop it CONCURRENTLY.',
  why: 'DROP INDEX needs an ACCESS EXCLUSIVE lock on the table. It waits for the longest running query, and everything that arrives meanwhile waits behind it.',
  fix: 'Write `DROP INDEX CONCURRENTLY` in a migration that runs outside a transaction.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>DROP INDEX orders_customer_idx;' }],
    good: [{ path: 'migrations/20260112_orders.sql', code: 'DROP INDEX CONCURRENTLY IF EXISTS orders_customer_idx;' }],
  },
  *check({ sql, file }) {
    for (const change of postgresChanges(sql, 'drop-index')) {
      if (change.online) continue;
      yield { ...at(change, `${named(change.name)} serves a table that is in use.`), ...concurrently(file, change) };
    }
  },
});
