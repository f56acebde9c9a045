import type { SchemaFacts, Table } from '../../facts/schema.ts';
import { declaredDialect } from '../../facts/sql/dialect.ts';
import type { Dialect } from '../../facts/sql.ts';
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
      {
        path: 'src/models/line.ts',
        code: `import { DataTypes } from 'sequelize';
export const Line = sequelize.define('Line', {
> orderId: { type: DataTypes.INTEGER, references: { model: 'Orders', key: 'id' } },
});
`,
        context: {
          'package.json': '{ "dependencies": { "pg": "8", "sequelize": "6" } }',
          'src/models/order.ts': `import { DataTypes } from 'sequelize';
export const Order = sequelize.define('Order', {
  userId: { type: DataTypes.INTEGER, references: { model: 'Users', key: 'id' } },
}, { indexes: [{ fields: ['userId'] }] });
`,
        },
      },
      {
        path: 'src/entities/line.entity.ts',
        code: `import { Entity, ManyToOne, PrimaryKey } from '@mikro-orm/core';
@Entity()
export class Line {
  @PrimaryKey() id!: number;
> @ManyToOne(() => Order) order!: Order;
}
`,
        context: {
          'package.json': '{ "dependencies": { "pg": "8", "@mikro-orm/postgresql": "6" } }',
          'src/entities/order.entity.ts': `import { Entity, Index, ManyToOne, PrimaryKey } from '@mikro-orm/core';
@Entity()
export class Order {
  @PrimaryKey() id!: number;
  @Index() @ManyToOne(() => User) user!: User;
}
`,
        },
      },
    ],
    good: [
      {
        path: 'src/models/line.ts',
        code: `import { DataTypes } from 'sequelize';
export const Line = sequelize.define('Line', {
  orderId: { type: DataTypes.INTEGER, references: { model: 'Orders', key: 'id' } },
});
`,
        context: { 'package.json': '{ "dependencies": { "pg": "8", "sequelize": "6" } }' },
      },
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
  *check({ file, schema, project }) {
    if (!schema) return;
    const dialect = schema.dialect ?? project.schema.dialect ?? declaredDialect(file.path, project);
    for (const table of schema.tables) {
      if (!needsOwnIndex(table, dialect) || !isDeclaredHere(table, project.schema)) continue;
      for (const { many, columns, line } of table.relations) {
        if (many || columns.length === 0 || leads(table, columns)) continue;
        yield { line, because: `No index of ${named(table.name)} begins with ${named(columns[0])}.` };
      }
    }
  },
});

/** MySQL indexes foreign keys, MikroORM does so for all but PostgreSQL, MongoDB never; of an unknown database nothing is known. */
function needsOwnIndex({ source }: Table, dialect: Dialect): boolean {
  if (source === 'mongoose') return true;
  return dialect === 'postgresql' || (dialect === 'sqlite' && source !== 'mikro-orm');
}

/**
 * Whether indexes are declared where the table is: Prisma and Drizzle make the database from the schema. Elsewhere a
 * migration may make them, unless other tables of the project declare theirs beside the columns; a Mongoose reference is no
 * key at all, so that most of the others must have an index.
 */
function isDeclaredHere({ name, source, grows }: Table, { tables }: SchemaFacts): boolean {
  if (source === 'prisma' || source === 'drizzle') return true;
  if (grows === false) return false;
  const others = tables.filter((one) => one.source === source && one.name !== name);
  if (source !== 'mongoose') return others.some(({ indexes }) => indexes.some(({ unique }) => !unique));
  const references = others.flatMap((one) =>
    one.relations.filter(({ many }) => !many).map((to) => leads(one, to.columns)),
  );
  return references.length >= 3 && references.filter(Boolean).length > references.length * 0.6;
}

function leads(table: Table, columns: readonly string[]): boolean {
  return table.indexes.some((index) => !index.partial && columns.includes(index.columns[0] ?? ''));
}
