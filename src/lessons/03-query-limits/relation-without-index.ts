import type { Table } from '../../facts/schema.ts';
import { defineRule } from '../define-rule.ts';
import { named } from './migration-match.ts';

export const relationWithoutIndex = defineRule({
  id: 'relation-without-index',
  lesson: 3,
  severity: 'warning',
  summary:
    'The relation has no index on its column: joins and every delete of the parent read the whole table. Declare one.',
  why: 'PostgreSQL and SQLite do not index a foreign key by themselves, and neither does the ORM. Loading the children of one parent scans the table, and so does deleting the parent.',
  fix: 'Declare an index that begins with the column (`@@index([userId])`, `@Index()`, `index().on(t.userId)`).',
  kinds: ['production', 'config', 'migration'],
  examples: {
    bad: [
      {
        path: 'prisma/schema.prisma',
        code: `datasource db {
  provider = "postgresql"
}
model User {
  id Int @id
  orders Order[]
}
model Order {
  id Int @id
  userId Int
> user User @relation(fields: [userId], references: [id])
}
`,
      },
    ],
    good: [
      {
        path: 'prisma/schema.prisma',
        code: `datasource db {
  provider = "postgresql"
}
model User {
  id Int @id
  orders Order[]
}
model Order {
  id Int @id
  userId Int
  user User @relation(fields: [userId], references: [id])
  @@index([userId])
}
`,
      },
    ],
  },
  *check({ schema, project }) {
    const dialect = schema?.dialect ?? project.schema.dialect;
    // MySQL indexes foreign keys; of an unknown database nothing is known.
    if (dialect !== 'postgresql' && dialect !== 'sqlite') return;
    for (const table of schema?.tables ?? []) {
      if (table.source === 'mongoose' || table.source === 'sequelize') continue;
      for (const { many, columns, line } of table.relations) {
        if (many || columns.length === 0 || leads(table, columns)) continue;
        yield { line, because: `No index of ${named(table.name)} begins with ${named(columns[0])}.` };
      }
    }
  },
});

function leads(table: Table, columns: readonly string[]): boolean {
  return table.indexes.some((index) => !index.partial && columns.includes(index.columns[0] ?? ''));
}
