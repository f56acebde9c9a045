import type { DataCall } from '../../facts/code.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SchemaFacts, Table } from '../../facts/schema.ts';
import { defineRule } from '../define-rule.ts';
import { named } from './migration-match.ts';

/** Names of columns with few values: an index on one of them alone is not used. */
const few =
  /^(?:status|state|type|kind|role|active|enabled|visible|deleted|archived|published|gender|locale|language|currency|priority|visibility|category|deleted_?at|archived_?at)$/i;
const question = /^(?:is|has)(?:[A-Z]|_)\w*$/;

/** A search through a whole table, as the schema shows. */
export const filterWithoutIndex = defineRule({
  id: 'filter-without-index',
  lesson: 3,
  severity: 'warning',
  summary: 'The schema has no index for this filter, so the query reads the whole table: declare one.',
  why: 'Without an index the database looks at every row to find the few that fit. On a thousand rows nobody notices; on ten million each call takes seconds of its disk, and the calls queue up behind each other.',
  fix: 'Declare an index that begins with a column of the filter, the most selective one first, and the column of the order after it (`@@index([reference])`, `@Index()`, `index().on(t.reference)`). On a live PostgreSQL table build it CONCURRENTLY.',
  examples: {
    bad: [
      {
        path: 'src/parcels.ts',
        context: {
          'prisma/schema.prisma': `model Customer {
  id      String   @id
  parcels Parcel[]
}
model Parcel {
  id         String   @id
  code       String
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])
  createdAt  DateTime @default(now())
  @@index([customerId, createdAt])
}
`,
        },
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export const byCode = (code: string) =>
>   prisma.parcel.findFirst({ where: { code } });
  export const latest = () =>
>   prisma.parcel.findMany({ orderBy: { createdAt: 'desc' }, take: 20 });`,
      },
      {
        path: 'src/payments.ts',
        context: {
          'src/schema.ts': `import { index, integer, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core';
export const payments = pgTable('payments', {
  id: serial('id').primaryKey(),
  reference: text('reference').notNull(),
  accountId: integer('account_id').references(() => accounts.id),
  createdAt: timestamp('created_at').defaultNow(),
}, (t) => [index('payments_account').on(t.accountId)]);
`,
        },
        code: `
  import { eq } from 'drizzle-orm';
  import { db } from './database';
  import { payments } from './schema';
  export const byReference = (reference: string) =>
>   db.select({ id: payments.id }).from(payments).where(eq(payments.reference, reference)).limit(1);`,
      },
      {
        path: 'src/visits.js',
        context: {
          'migrations/1.sql': `CREATE TABLE visits (
  id bigserial PRIMARY KEY,
  site_id bigint NOT NULL REFERENCES sites (id),
  fingerprint text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX visits_site ON visits (site_id, created_at);
`,
        },
        code: `
  const { Pool } = require('pg');
  const pool = new Pool();
  exports.seen = (fingerprint) =>
>   pool.query('SELECT id FROM visits WHERE fingerprint = $1', [fingerprint]);`,
      },
    ],
    good: [
      {
        path: 'src/parcels.ts',
        context: {
          'prisma/schema.prisma': `enum Size {
  SMALL
  LARGE
}
model Customer {
  id      String   @id
  email   String   @unique
  parcels Parcel[]
}
model Parcel {
  id         String   @id
  code       String   @unique
  note       String
  size       Size
  fragile    Boolean
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])
  createdAt  DateTime @default(now())
  @@index([customerId, createdAt])
}
model Setting {
  id   String @id
  name String
}
`,
        },
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export const byCode = (code: string) => prisma.parcel.findFirst({ where: { code } });
  export const fragile = () => prisma.parcel.count({ where: { fragile: true, size: 'LARGE' } });
  export const noted = (customerId: string, note: string) =>
    prisma.parcel.findMany({ where: { customerId, note }, take: 20 });
  export const either = (note: string, id: string) => prisma.parcel.findFirst({ where: { OR: [{ note }, { id }] } });
  export const ofEmail = (email: string) => prisma.parcel.findMany({ where: { customer: { email } }, take: 20 });
  export const setting = (name: string) => prisma.setting.findFirst({ where: { name } });`,
      },
    ],
  },
  *check(facts) {
    const { code, project } = facts;
    if (!code || code.browser) return;
    for (const call of code.dataCalls) {
      if (call.table === undefined || call.scope === 'job' || call.scope === 'startup' || call.explained) continue;
      if (/^(?:insert|transaction)$/.test(call.does)) continue;
      const columns = searched(call);
      if (columns.length === 0) continue;
      const tables = project.schema.tables.filter((table) => isNamed(table, call.table ?? ''));
      const [table] = tables;
      if (!table || !tables.some(({ grows }) => grows === true) || !isWhole(facts, tables)) continue;
      // All of the filter's columns have to be the table's own: what is not known may be indexed.
      if (!call.conditions.every(({ column }) => tables.some((one) => holds(one, column)))) continue;
      const all = call.conditions.length > 0 ? call.conditions.map(({ column }) => column) : columns;
      if (!columns.every((column) => tables.some((one) => holds(one, column)))) continue;
      if (all.some((column) => tables.some((one) => leads(one, column, project.schema)))) continue;
      const selective = columns.filter(
        (column) => !few.test(column) && !question.test(column) && !tables.some((one) => isFew(one, column)),
      );
      if (selective.length === 0) continue;
      yield {
        line: call.line,
        endLine: call.endLine,
        because: `No index of ${named(table.name)} (${named(`${table.path}:${table.line}`)}) begins with ${selective.map(named).join(' or ')}.`,
      };
    }
  },
});

/** Columns that find the rows; without a filter the column that orders those that are cut off. */
function searched({ conditions, sort, where, limit }: DataCall): readonly string[] {
  if (conditions.length > 0) return conditions.flatMap(({ column, selective }) => (selective ? [column] : []));
  return sort !== undefined && where === 'none' && limit !== 'none' && limit !== 'unknown' ? [sort] : [];
}

/**
 * Whether all indexes are in sight. Prisma and Drizzle make the database from the schema; elsewhere indexes may be made by
 * migrations, unless the project declares some beside its models, or all of its scripts were read.
 */
function isWhole({ project }: Facts, tables: readonly Table[]): boolean {
  if (tables.some(({ source }) => source === 'prisma' || source === 'drizzle')) return true;
  return tables.every(({ source, path }) => {
    if (source === 'sql') {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      return project.paths.every(
        (one) => !one.startsWith(folder) || !/\.(?:sql|[cm]?[jt]s)$/.test(one) || project.text(one) !== undefined,
      );
    }
    return project.schema.tables.some((one) => one.source === source && one.indexes.some(({ unique }) => !unique));
  });
}

function isNamed({ name, alias }: Table, wanted: string): boolean {
  return [name, alias].some((one) => one !== undefined && plural(one) === plural(wanted));
}

/** `Order`, `orders`, `order_s`: libraries spell a table's name in their own ways. */
function plural(name: string): string {
  return spelled(name).replace(/ies$/, 'y').replace(/s$/, '');
}

function spelled(name: string): string {
  return name.toLowerCase().replace(/_/g, '');
}

function holds({ columns, relations, source }: Table, name: string): boolean {
  const wanted = spelled(name);
  if (source === 'mongoose' && wanted === 'id') return true;
  return (
    columns.some((column) => spelled(column.name) === wanted) ||
    relations.some((relation) => relation.columns.some((column) => spelled(column) === wanted))
  );
}

function isFew({ columns }: Table, name: string): boolean {
  return columns.some((column) => spelled(column.name) === spelled(name) && column.few === true);
}

function leads({ indexes, relations, source }: Table, name: string, { dialect }: SchemaFacts): boolean {
  const wanted = spelled(name);
  if (wanted === 'id' || wanted === '_id') return true;
  if (indexes.some(({ columns: [first = ''] }) => spelled(first) === wanted || `${spelled(first)}id` === wanted))
    return true;
  // MySQL indexes foreign keys by itself; of an unknown database nothing is known.
  const own = source === 'mongoose' || dialect === 'postgresql' || (dialect === 'sqlite' && source !== 'mikro-orm');
  return !own && relations.some(({ columns }) => columns.some((column) => spelled(column) === wanted));
}
