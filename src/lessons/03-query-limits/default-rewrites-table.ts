import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const defaultRewritesTable = defineRule({
  id: 'default-rewrites-table',
  lesson: 3,
  severity: 'warning',
  summary:
    'The default differs from row to row, so adding the column rewrites the table under a lock: add the column, then fill it in batches.',
  why: 'A constant default is stored once (PostgreSQL 11). A volatile one, such as a random id, a serial or a stored generated column, must be computed and written for each existing row while the table is locked.',
  fix: 'Add the column without default, set the default for new rows by `ALTER COLUMN … SET DEFAULT`, backfill in batches.',
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: '>ALTER TABLE orders ADD COLUMN public_id uuid DEFAULT gen_random_uuid();',
      },
      { path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders ADD COLUMN seq bigserial;' },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: 'ALTER TABLE orders ADD COLUMN placed_at timestamptz DEFAULT now();',
      },
      { path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE orders ADD COLUMN retries int NOT NULL DEFAULT 0;' },
    ],
  },
  *check({ sql }) {
    for (const change of postgresChanges(sql, 'add-column')) {
      if (change.default === 'volatile') yield at(change, `Every row of ${named(change.table)} is written anew.`);
    }
  },
});
