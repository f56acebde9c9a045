import type { SchemaChange } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds } from './migration-match.ts';

export const transactionLeftOpen = defineRule({
  id: 'transaction-left-open',
  lesson: 3,
  severity: 'error',
  summary: 'The transaction is begun and never committed: end it with COMMIT.',
  why: 'What the script did is rolled back when the connection closes, or its locks are held for as long as the pool keeps the connection.',
  fix: 'Add COMMIT, or leave transactions to the migration runner.',
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `>BEGIN;
ALTER TABLE orders ADD COLUMN note text;`,
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;`,
      },
    ],
  },
  *check({ sql }) {
    let begun: SchemaChange | undefined;
    for (const change of sql?.changes ?? []) {
      if (change.op === 'begin') begun = change;
      if (change.op === 'commit') begun = undefined;
    }
    if (begun) yield at(begun, 'No COMMIT follows.');
  },
});
