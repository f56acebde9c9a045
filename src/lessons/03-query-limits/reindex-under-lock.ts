import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { concurrently } from './migration-fix.ts';
import { at, migrationKinds } from './migration-match.ts';

export const reindexUnderLock = defineRule({
  id: 'reindex-under-lock',
  lesson: 3,
  severity: 'error',
  summary: 'The index is rebuilt while writes are refused and reads cannot use it: rebuild it CONCURRENTLY.',
  why: 'REINDEX locks out writes of the table and every query that would use the index until the rebuild is done. REINDEX DATABASE and SYSTEM do so to one table after the other.',
  fix: 'Write `REINDEX … CONCURRENTLY` (PostgreSQL 12 and later), outside a transaction and in a quiet hour.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>REINDEX TABLE orders;' }],
    good: [{ path: 'migrations/20260112_orders.sql', code: 'REINDEX TABLE CONCURRENTLY orders;' }],
  },
  *check({ sql, file }) {
    for (const change of postgresChanges(sql, 'reindex')) {
      if (change.online) continue;
      const because = 'Queries that need the index wait for the whole rebuild.';
      yield { ...at(change, because), ...concurrently(file, change) };
    }
  },
});
