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
    good: [
      { path: 'migrations/20260112_orders.sql', code: 'ALTER TABLE orders ADD COLUMN amount bigint;' },
      {
        path: 'src/migrations/1768200000000-orders.ts',
        code: `
  export class Orders1768200000000 {
    async up(queryRunner) {
      const [made, old] = await this.copyOf('orders');
      await queryRunner.query(\`ALTER TABLE \${made} RENAME TO \${old}\`);
    }
  }`,
      },
    ],
  },
  *check({ sql }) {
    for (const change of changesOfLiveTables(sql, 'rename-column', 'rename-table')) {
      // Of a name that the code computes nobody knows whether it has been in use: most often it is a table made a moment ago.
      if (change.op === 'rename-table' && change.table === undefined) continue;
      yield at(change, `${named(change.columns[0] ?? change.table)} is gone for the release that is still running.`);
    }
  },
});
