import type { Project } from '../../facts/project.ts';
import type { Table } from '../../facts/schema.ts';
import { type Upsert, upsertsIn } from '../../facts/schemas/upserts.ts';
import { defineRule } from '../define-rule.ts';
import { named } from './migration-match.ts';

const users = `import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name'),
});
`;
const upsert = `import { db } from './db';
import { users } from './schema';
export async function save(email: string, name: string) {
  await db
    .insert(users)
    .values({ email, name })
    .onConflictDoUpdate({ target: users.email, set: { name } });
}
`;

export const upsertWithoutUnique = defineRule({
  id: 'upsert-without-unique',
  lesson: 3,
  severity: 'error',
  summary: 'The code takes these columns to be unique and the schema does not say so: add a unique index on them.',
  why: 'PostgreSQL and SQLite refuse ON CONFLICT on columns without a unique index, at the first call. MongoDB does not refuse: two requests at the same moment both find nothing and both insert, and from then on there are two of what must be one.',
  fix: 'Add a unique index on exactly these columns (find and merge the duplicates first), or name the columns that are unique.',
  examples: {
    bad: [
      {
        path: 'src/users.ts',
        code: upsert.replace('    .onConflict', '>   .onConflict'),
        context: { 'src/schema.ts': users },
      },
      {
        path: 'src/visits.ts',
        code: `import { Visit } from './visit';
export async function count(page: string, day: string) {
> await Visit.findOneAndUpdate({ page, day }, { $inc: { n: 1 } }, { upsert: true });
}
`,
        context: {
          'src/visit.ts': `import mongoose from 'mongoose';
const visitSchema = new mongoose.Schema({ page: String, day: String, n: Number });
visitSchema.index({ page: 1 });
export const Visit = mongoose.model('Visit', visitSchema);
`,
        },
      },
    ],
    good: [
      {
        path: 'src/users.ts',
        code: upsert,
        context: { 'src/schema.ts': users.replace("text('email').notNull()", "text('email').notNull().unique()") },
      },
      { path: 'src/users.ts', code: upsert },
    ],
  },
  *check({ file, project }) {
    for (const found of upsertsIn(file.path, file.after ?? '')) {
      const tables = tablesOf(found, project);
      if (tables.length === 0 || !found.columns.every((column) => tables.some((table) => holds(table, column))))
        continue;
      if (tables.some((table) => isUnique(table, found))) continue;
      yield {
        line: found.line,
        endLine: found.endLine,
        ...(found.source === 'mongoose' && { severity: 'warning' as const }),
        because: `No unique index of ${named(tables[0]?.name)} is on ${found.columns.map(named).join(', ')}.`,
      };
    }
  },
});

/** What is in sight of the table; nothing where indexes may be made elsewhere. */
function tablesOf({ table, source }: Upsert, project: Project): readonly Table[] {
  const tables = project.schema.tables.filter(
    (one) => one.source === source && [one.name, one.alias].some((name) => spelled(name) === spelled(table)),
  );
  if (source !== 'sql') return tables;
  // Scripts, all of them read, one of which makes the table; other schemas would be the source of the database.
  if (project.schema.tables.some((one) => one.source !== 'sql') || !tables.some((one) => one.columns.length > 0))
    return [];
  const folders = new Set(tables.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)));
  const isRead = (path: string) => project.text(path) !== undefined;
  return project.paths.every((path) => !/migrat|\.sql$/i.test(path) || (/\.sql$/i.test(path) && isRead(path))) &&
    folders.size === 1
    ? tables
    : [];
}

/** An index that is unique over no more than these columns; one over an expression may be. */
function isUnique({ indexes, source }: Table, { columns }: Upsert): boolean {
  const wanted = new Set(columns.map(spelled));
  if (source === 'mongoose' && (wanted.has('_id') || wanted.has('id'))) return true;
  return indexes.some((index) => {
    if (!index.unique) return false;
    const own = index.columns.map(spelled);
    return (
      own.every((column) => wanted.has(column)) &&
      (source === 'mongoose' || own.length === 0 || own.length === wanted.size)
    );
  });
}

function holds({ columns }: Table, name: string): boolean {
  return columns.some((column) => spelled(column.name) === spelled(name));
}

/** `createdAt`, `created_at`: libraries spell a name in their own ways. */
function spelled(name: string | undefined): string {
  return (name ?? '').toLowerCase().replace(/(?<=.)_/g, '');
}
