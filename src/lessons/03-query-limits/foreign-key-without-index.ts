import type { Project } from '../../facts/project.ts';
import { isSettings } from '../../facts/schemas/growth.ts';
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
      const found = indexOf(sql, project, change);
      if (found === 'whole') continue;
      const key = `${named(change.table)} begins with ${named(change.columns[0])}`;
      const because = found === 'partial' ? `Only a partial index of ${key}.` : `No index of ${key}.`;
      yield at(change, because, found === 'none' && matters(change) ? undefined : 'notice');
    }
  },
});

/**
 * An old column may have had its index for long; who wrote a row is seldom asked by the parent; and a table of settings is
 * read whole anyway, or is a parent of which hardly a row is ever deleted.
 */
function matters({ onNewTable, onNewColumn, columns, table, references }: SchemaChange): boolean {
  const isNew = onNewTable || onNewColumn === true;
  return isNew && !audits.test(columns[0] ?? '') && ![table, references].some((name) => isSettings(name ?? ''));
}

const audits = /^(?:user_?)?(?:created|updated|modified|deleted|edited|changed|archived)(?:_?by)?(?:_?user)?(?:_?id)?$/;

/** The index, unique constraint or primary key that leads with the key's columns, here or in a schema in sight. */
function indexOf(sql: SqlFacts, project: Project, key: SchemaChange): 'whole' | 'partial' | 'none' {
  const leads = (columns: readonly string[]) => key.columns.includes(columns[0]?.toLowerCase() ?? '');
  const here = sql.changes.filter((c) => c.table === key.table && leads(c.columns));
  const keeps = ({ op, where, constraint }: SchemaChange) =>
    op === 'create-index' ? where !== true : constraint === 'unique' || constraint === 'primary-key';
  const elsewhere = project.schema.tables
    .filter((table) => table.name.toLowerCase() === key.table)
    .flatMap((table) => table.indexes.filter((index) => leads(index.columns)));
  if (here.some(keeps) || elsewhere.some((index) => !index.partial)) return 'whole';
  return here.some(({ op }) => op === 'create-index') || elsewhere.length > 0 ? 'partial' : 'none';
}
