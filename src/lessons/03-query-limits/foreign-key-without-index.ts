import type { Project } from '../../facts/project.ts';
import type { SchemaChange, SqlFacts } from '../../facts/sql.ts';
import { defineRule } from '../define-rule.ts';
import { at, migrationKinds, named } from './migration-match.ts';

export const foreignKeyWithoutIndex = defineRule({
  id: 'foreign-key-without-index',
  lesson: 3,
  severity: 'warning',
  summary: 'The foreign key has no index: joins and every delete of the parent read the whole table. Add one.',
  why: 'PostgreSQL and SQLite index the referenced side only. Each delete or key change of a parent row, and each lookup of its children, scans this table; that is fast in the test database and minutes in production.',
  fix: `Add an index that begins with the foreign key's columns (CONCURRENTLY when the table has rows).`,
  kinds: migrationKinds,
  examples: {
    bad: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `CREATE TABLE order_lines (
  id bigint PRIMARY KEY,
> order_id bigint REFERENCES orders (id)
);`,
      },
    ],
    good: [
      {
        path: 'migrations/20260112_orders.sql',
        code: `CREATE TABLE order_lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));
CREATE INDEX ON order_lines (order_id);`,
      },
      {
        path: 'migrations/20260112_orders.sql',
        code: 'CREATE TABLE order_lines (order_id bigint REFERENCES orders (id), n int, PRIMARY KEY (order_id, n));',
      },
    ],
  },
  *check({ sql, project }) {
    if (!sql || sql.dialect === 'mysql') return;
    // Prisma writes the migration from its schema, where the same key is reported.
    if (project.schema.tables.some((table) => table.source === 'prisma')) return;
    for (const change of sql.changes) {
      if (change.constraint !== 'foreign-key' || change.temporary || change.columns.length === 0) continue;
      if (indexed(sql, project, change)) continue;
      const because = `No index of ${named(change.table)} begins with ${named(change.columns[0])}.`;
      // An old column may have had its index for long; who wrote a row is seldom asked by the parent.
      const sure = (change.onNewTable || change.onNewColumn) && !audits.test(change.columns[0] ?? '');
      yield at(change, because, sure ? undefined : 'notice');
    }
  },
});

const audits = /^(?:user_?)?(?:created|updated|modified|deleted|edited|changed|archived)(?:_?by)?(?:_?user)?(?:_?id)?$/;

/** An index, unique constraint or primary key that leads with the key's columns, here or in a schema in sight. */
function indexed(sql: SqlFacts, project: Project, key: SchemaChange): boolean {
  const leads = (columns: readonly string[]) => key.columns.includes(columns[0]?.toLowerCase() ?? '');
  const here = sql.changes.some((c) => {
    if (c.table !== key.table) return false;
    const keeps =
      c.op === 'create-index' ? c.where !== true : c.constraint === 'unique' || c.constraint === 'primary-key';
    return keeps && leads(c.columns);
  });
  const elsewhere = project.schema.tables.some(
    (t) => t.name.toLowerCase() === key.table && t.indexes.some((i) => !i.partial && leads(i.columns)),
  );
  return here || elsewhere;
}
