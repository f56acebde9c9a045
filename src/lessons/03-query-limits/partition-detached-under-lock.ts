import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { concurrently } from './migration-fix.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const partitionDetachedUnderLock = defineRule({
  id: 'partition-detached-under-lock',
  lesson: 3,
  severity: 'error',
  summary: 'Detaching the partition locks the whole partitioned table: detach it CONCURRENTLY.',
  why: 'A plain DETACH PARTITION takes an ACCESS EXCLUSIVE lock on the parent, so every query of every partition waits behind it.',
  fix: 'Write `DETACH PARTITION … CONCURRENTLY` outside a transaction; finish an interrupted one with `FINALIZE`.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE events DETACH PARTITION events_2024;' }],
    good: [
      { path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;' },
    ],
  },
  *check({ sql, file }) {
    for (const change of postgresChanges(sql, 'detach-partition')) {
      if (change.online) continue;
      const because = `All partitions of ${named(change.table)} are locked, not only the one that leaves.`;
      yield { ...at(change, because), ...concurrently(file, change) };
    }
  },
});
