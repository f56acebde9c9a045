import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { concurrently } from './migration-fix.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const indexBuiltUnderLock = defineRule({
  id: 'index-built-under-lock',
  lesson: 3,
  severity: 'error',
  summary: 'The index is built while the table refuses every write: build it CONCURRENTLY.',
  why: 'CREATE INDEX holds a SHARE lock until the whole table has been read and sorted. On a table of a hundred million rows that is minutes in which no order is placed, and the waiting writes fill the connection pool.',
  fix: 'Write `CREATE INDEX CONCURRENTLY` and run it outside a transaction: in a migration of its own (Prisma: one statement a file; Knex and TypeORM: switch the transaction off).',
  kinds: migrationKinds,
  examples: {
    bad: [
      { path: 'migrations/20260112_orders.sql', code: '>CREATE INDEX orders_customer_idx ON orders (customer_id);' },
      { path: 'migrations/20260112_orders.sql', code: '>CREATE UNIQUE INDEX orders_number_key ON orders (number);' },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
      },
      {
        path: 'migrations/20260112_orders.sql',
        code: `CREATE TABLE refunds (id bigint PRIMARY KEY, order_id bigint);
CREATE INDEX refunds_order_idx ON refunds (order_id);`,
      },
    ],
  },
  *check({ sql, file }) {
    for (const change of postgresChanges(sql, 'create-index')) {
      if (change.online) continue;
      const because = `${named(change.table)} exists already, and writes to it wait until the index is done.`;
      yield { ...at(change, because), ...concurrently(file, change) };
    }
  },
});
