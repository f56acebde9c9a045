import { postgresChanges } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds } from './migration-match.ts';

export const domainWithConstraint = defineRule({
  id: 'domain-with-constraint',
  lesson: 3,
  severity: 'notice',
  summary:
    'A constraint on a domain is checked in every table that uses it, under lock, whenever it changes: put it on the column.',
  why: `PostgreSQL cannot change a domain's constraint without reading all tables with columns of that domain, locking each.`,
  fix: 'Use the plain type and a CHECK on each column, added NOT VALID.',
  kinds: migrationKinds,
  examples: {
    bad: [{ path: 'migrations/20260112_orders.sql', code: '>CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);' }],
    good: [{ path: 'migrations/20260112_orders.sql', code: 'CREATE DOMAIN cents AS bigint;' }],
  },
  *check({ sql }) {
    for (const change of postgresChanges(sql, 'domain-constraint')) {
      if (!change.notValid) yield at(change, 'A later change of it locks every table that uses the domain.');
    }
  },
});
