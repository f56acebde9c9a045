import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const uniqueConstraintUnderLock = defineRule({
  id: 'unique-constraint-under-lock',
  lesson: 3,
  severity: 'warning',
  summary:
    'The unique constraint builds its index under an exclusive lock: build the index CONCURRENTLY first and attach it.',
  why: 'ADD CONSTRAINT UNIQUE or PRIMARY KEY builds an index while neither reads nor writes of the table pass.',
  fix: '`CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … UNIQUE USING INDEX`.',
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: '>ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);',
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: 'ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_idx;',
      },
    ],
  },
  *check({ sql }) {
    for (const change of postgresChanges(sql, 'add-constraint')) {
      if (change.constraint !== 'unique' && change.constraint !== 'primary-key') continue;
      if (!change.usingIndex) yield at(change, `${named(change.table)} cannot be read while the index is built.`);
    }
  },
});
