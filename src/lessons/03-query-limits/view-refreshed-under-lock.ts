import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const viewRefreshedUnderLock = defineRule({
  id: 'view-refreshed-under-lock',
  lesson: 3,
  severity: 'warning',
  summary: 'The materialized view cannot be read while it is refreshed: refresh it CONCURRENTLY.',
  why: 'A plain REFRESH holds an ACCESS EXCLUSIVE lock on the view for as long as its query runs. Every page that reads the view waits.',
  fix: 'Give the view a unique index and write `REFRESH MATERIALIZED VIEW CONCURRENTLY`.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>REFRESH MATERIALIZED VIEW daily_revenue;' }],
    good: [{ path: 'migrations/20260112_orders.sql', code: 'REFRESH MATERIALIZED VIEW CONCURRENTLY daily_revenue;' }],
  },
  *check({ sql }) {
    for (const change of postgresChanges(sql, 'refresh-view')) {
      if (!change.online) yield at(change, `Readers of ${named(change.table)} wait until its query is done.`);
    }
  },
});
