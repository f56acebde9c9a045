import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { notValid } from './migration-fix.ts';
import { at, migrationKinds, named } from './migration-match.ts';

const checked = new Set(['foreign-key', 'check', 'not-null', 'exclusion']);

export const constraintCheckedUnderLock = defineRule({
  id: 'constraint-checked-under-lock',
  lesson: 3,
  severity: 'warning',
  summary:
    'Adding the constraint checks every row under a lock: add it NOT VALID, then VALIDATE it in a later migration.',
  why: 'A foreign key or check is proven against all existing rows while writes are locked out, of both tables for a foreign key. NOT VALID takes the lock for a moment only; VALIDATE CONSTRAINT reads the rows beside normal traffic.',
  fix: '`ADD CONSTRAINT … NOT VALID` first; `VALIDATE CONSTRAINT` in the next migration, in another transaction.',
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: '>ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);',
      },
      {
        path: 'migrations/20260112_orders.sql',
        code: '>ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0);',
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: 'ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0) NOT VALID;',
      },
      { path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE orders VALIDATE CONSTRAINT total_positive;' },
    ],
  },
  *check({ sql, file }) {
    for (const change of postgresChanges(sql, 'add-constraint')) {
      if (!change.constraint || !checked.has(change.constraint) || change.notValid) continue;
      const because = `All rows of ${named(change.table)} are checked before anybody may write again.`;
      // An exclusion constraint cannot be NOT VALID.
      yield { ...at(change, because), ...(change.constraint === 'exclusion' ? {} : notValid(file, change)) };
    }
  },
});
