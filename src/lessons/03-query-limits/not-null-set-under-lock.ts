import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const notNullSetUnderLock = defineRule({
  id: 'not-null-set-under-lock',
  lesson: 3,
  severity: 'warning',
  summary:
    'SET NOT NULL reads the whole table under an exclusive lock: prove it by a validated check constraint first.',
  why: 'PostgreSQL must see that no row is null, and nobody reads or writes the table while it looks. From version 12 on a validated `CHECK (column IS NOT NULL)` is proof enough and the scan is skipped. Code of the old release that still writes null fails at once.',
  fix: 'Add `CHECK (column IS NOT NULL) NOT VALID`, validate it, then SET NOT NULL and drop the check.',
  kinds: migrationKinds,
  examples: {
    bad: [
      { path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;' },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `ALTER TABLE orders VALIDATE CONSTRAINT customer_given;
ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;`,
      },
    ],
  },
  *check({ sql }) {
    const proven = new Set(sql?.changes.filter((c) => c.op === 'other' && c.online).map((c) => c.table));
    for (const change of postgresChanges(sql, 'set-not-null')) {
      if (!proven.has(change.table)) yield at(change, `Every row of ${named(change.table)} is read under the lock.`);
    }
  },
});
