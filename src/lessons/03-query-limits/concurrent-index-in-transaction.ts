import { defineRule } from '../define-rule.ts';
import { at, migrationKinds } from './migration-match.ts';

const concurrent = new Set(['create-index', 'drop-index', 'reindex', 'detach-partition']);

export const concurrentIndexInTransaction = defineRule({
  id: 'concurrent-index-in-transaction',
  lesson: 3,
  severity: 'error',
  summary: 'CONCURRENTLY fails inside a transaction: give the statement a migration of its own, outside one.',
  why: 'PostgreSQL refuses a concurrent index build in a transaction block, and the deployment stops half-way. A runner that wraps each file, or a script of several statements sent at once, is such a block.',
  fix: `Move the statement to a file of its own and switch the runner's transaction off for it (Prisma: a file with this one statement).`,
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `BEGIN;
>CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);
COMMIT;`,
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
      },
    ],
  },
  *check({ sql }) {
    for (const change of sql?.dialect === 'postgresql' ? sql.changes : []) {
      if (!change.online || change.inTransaction !== true || !concurrent.has(change.op)) continue;
      yield at(change, 'This script runs as one transaction, so the statement fails when it is deployed.');
    }
  },
});
