import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

const locking = [
  'add-column',
  'drop-column',
  'rename-column',
  'change-type',
  'set-not-null',
  'add-constraint',
] as const;

export const locksWithoutTimeout = defineRule({
  id: 'locks-without-timeout',
  lesson: 3,
  severity: 'warning',
  summary: 'Several tables are locked in one transaction with no lock_timeout: set one, or split the migration.',
  why: 'A statement that waits for its lock blocks everything that comes after it. In one transaction the first tables stay locked while the next is waited for, and two such transactions can wait for each other.',
  fix: `Begin with \`SET lock_timeout = '2s'\` and retry, or lock one table a migration.`,
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `BEGIN;
ALTER TABLE orders ADD COLUMN note text;
>ALTER TABLE customers ADD COLUMN note text;
COMMIT;`,
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `SET lock_timeout = '2s';
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE customers ADD COLUMN note text;
COMMIT;`,
      },
    ],
  },
  *check({ sql }) {
    if (sql?.changes.some((c) => c.op === 'set-timeout')) return;
    const locked = new Set<string>();
    for (const change of postgresChanges(sql, ...locking)) {
      if (change.inTransaction !== true || !change.table || locked.has(change.table)) continue;
      locked.add(change.table);
      if (locked.size !== 2) continue;
      yield at(change, `${named([...locked][0])} stays locked while this statement waits.`);
      return;
    }
  },
});
