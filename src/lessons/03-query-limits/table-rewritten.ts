import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const tableRewritten = defineRule({
  id: 'table-rewritten',
  lesson: 3,
  severity: 'error',
  summary: 'The statement writes the whole table anew under an exclusive lock: use an online tool for it.',
  why: 'VACUUM FULL, CLUSTER and a change of storage copy every row while neither reads nor writes pass.',
  fix: 'Use pg_repack or pg_squeeze, or plan a maintenance window.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>VACUUM FULL orders;' }],
    good: [{ path: 'migrations/20260112_orders.sql', code: 'VACUUM ANALYZE orders;' }],
  },
  *check({ sql }) {
    for (const change of postgresChanges(sql, 'rewrite-table'))
      yield at(change, `${named(change.name)} copies every row under the lock.`);
  },
});
