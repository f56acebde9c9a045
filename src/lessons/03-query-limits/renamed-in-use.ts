import { changesOfLiveTables } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const renamedInUse = defineRule({
  id: 'renamed-in-use',
  lesson: 3,
  severity: 'warning',
  summary:
    'Code of the running release uses the old name: add the new one beside it, move over, drop the old one later.',
  why: 'A rename takes effect at once, while two releases run. Whichever of them knows the other name fails until the roll-out or the roll-back is done.',
  fix: 'Add a new column (or a view with the old name), write both, switch the reads, drop the old one in a later change.',
  kinds: migrationKinds,
  examples: {
    bad: [
      { path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders RENAME COLUMN total TO amount;' },
      { path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders RENAME TO purchases;' },
    ],
    good: [{ path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE orders ADD COLUMN amount bigint;' }],
  },
  *check({ sql }) {
    for (const change of changesOfLiveTables(sql, 'rename-column', 'rename-table'))
      yield at(change, `${named(change.columns[0] ?? change.table)} is gone for the release that is still running.`);
  },
});
