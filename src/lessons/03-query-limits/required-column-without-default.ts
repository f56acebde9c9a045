import { changesOfLiveTables } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const requiredColumnWithoutDefault = defineRule({
  id: 'required-column-without-default',
  lesson: 3,
  severity: 'error',
  summary:
    'A required column without a default cannot be added to a table that has rows: give it a default, or make it required later.',
  why: 'Existing rows have no value for it, so the statement fails on the production table although it passed on an empty one. Code of the old release that does not write the column fails too.',
  fix: 'Add it nullable or with a constant default, fill it in batches, then make it NOT NULL.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders ADD COLUMN currency text NOT NULL;' }],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `ALTER TABLE orders ADD COLUMN currency text NOT NULL DEFAULT 'EUR';`,
      },
    ],
  },
  *check({ sql }) {
    if (sql?.dialect === 'mysql') return;
    for (const change of changesOfLiveTables(sql, 'add-column')) {
      if (change.notNull && change.default === 'none')
        yield at(change, `Rows of ${named(change.table)} have no value for it.`);
    }
  },
});
