import { changesOfLiveTables } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const droppedInUse = defineRule({
  id: 'dropped-in-use',
  lesson: 3,
  severity: 'warning',
  summary:
    'Code of the running release still uses what is dropped here: release code without it first, drop it in a later change.',
  why: 'Between the migration and the end of the roll-out both releases run. Every query of the old one that names the column or table fails, and the data cannot be had back without a restore.',
  fix: 'Stop reading and writing it, deploy, wait, then drop it; keep a copy if anybody may ask for it.',
  kinds: migrationKinds,
  examples: {
    bad: [
      { path: 'migrations/20260112_orders.sql', code: '>ALTER TABLE orders DROP COLUMN legacy_total;' },
      { path: 'migrations/20260112_orders.sql', code: '>DROP TABLE old_orders;' },
    ],
    good: [
      { path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE orders ALTER COLUMN legacy_total DROP NOT NULL;' },
      { path: 'migrations/20260112_orders.sql', code: 'DROP TABLE IF EXISTS tmp_order_totals;' },
    ],
  },
  *check({ sql }) {
    for (const change of changesOfLiveTables(sql, 'drop-column', 'drop-table', 'drop-database', 'drop-object')) {
      const what = change.op === 'drop-column' ? change.columns[0] : (change.table ?? change.name);
      // A name that the code computes says nothing of what is dropped: most often the way back of a migration.
      if (what === undefined || (change.op === 'drop-table' && passing.test(what))) continue;
      yield at(
        change,
        change.op === 'drop-object'
          ? `${named(what)} is gone for the release that is still running.`
          : `${named(what)} and its data are gone for the release that is still running.`,
        change.op === 'drop-database' ? 'error' : undefined,
      );
    }
  },
});

/** A name that says its table is only there on the way: no release works with it. */
const passing = /^(?:_|tmp_|temp_)|_(?:tmp|temp)$/;
