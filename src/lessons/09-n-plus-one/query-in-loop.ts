import type { CodeFacts, DataCall, Loop } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

const reads = new Set(['read-one', 'read-many', 'count']);

/** One query per element of a list. */
export const queryInLoop = defineRule({
  id: 'query-in-loop',
  lesson: 9,
  severity: 'warning',
  summary: 'Each turn of the loop waits for a query of its own: ask once for all elements.',
  why: 'Ten rows in development are ten queries and nobody notices; ten thousand in production are ten thousand round trips of a millisecond each, and with `Promise.all` they empty the connection pool for every other request.',
  fix: 'Collect the keys first, read all rows with one `IN` (or `include`, `relations`, `populate`, a join), and look them up in a `Map` inside the loop.',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function withLines(orders: Order[]) {
    for (const order of orders) {
>     order.lines = await prisma.line.findMany({ where: { orderId: order.id } });
    }
    return orders;
  }`,
      },
      {
        path: 'src/posts.js',
        code: `
  const { User } = require('./models');
  exports.authors = async (posts) => {
    const keys = posts.filter((post) => post.shown);
    for (const { authorId } of keys) {
>     const author = await User.findByPk(authorId);
      author.touch();
    }
  };`,
      },
      {
        path: 'src/authors.ts',
        code: `
  import { Repository } from 'typeorm';
  import { Author } from './author.entity';
  export async function catalogue(repository: Repository<Author>) {
    const titles: string[][] = [];
    const authors = await repository.find({ take: 50 });
    for (const author of authors) {
>     const books = await author.books;
      titles.push(books.map(({ title }) => title));
    }
    return titles;
  }`,
      },
      {
        path: 'src/stock.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export function stock(ids: string[]) {
    return Promise.all(ids.map(async (id) => {
>     const { rows } = await pool.query('SELECT amount FROM stock WHERE id = $1', [id]);
      return rows[0];
    }));
  }`,
      },
      {
        path: 'src/folders.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function rootOf(id: string): Promise<string> {
>   const folder = await prisma.folder.findFirst({ where: { id } });
    return folder?.parentId ? rootOf(folder.parentId) : id;
  }`,
      },
      {
        path: 'src/members.ts',
        code: `
  import { eq } from 'drizzle-orm';
  import { db, members } from './database';
  export async function counts(teams: Team[]) {
    for (const team of teams) {
>     team.members = await db.select().from(members).where(eq(members.teamId, team.id));
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/authors.ts',
        code: `
  import { Repository } from 'typeorm';
  import { Author } from './author.entity';
  export async function catalogue(repository: Repository<Author>) {
    const titles: string[][] = [];
    const authors = await repository.find({ take: 50, relations: { books: true } });
    for (const author of authors) titles.push((await author.books).map(({ title }) => title));
    return titles;
  }`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function withLines(orders: Order[]) {
    const lines = await prisma.line.findMany({ where: { orderId: { in: orders.map(({ id }) => id) } } });
    return orders.map((order) => ({ ...order, lines: lines.filter(({ orderId }) => orderId === order.id) }));
  }`,
      },
      {
        path: 'src/export.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function* all() {
    let last = 0;
    while (true) {
      const { rows } = await pool.query('SELECT id FROM parts WHERE id > $1 ORDER BY id LIMIT 500', [last]);
      if (rows.length === 0) return;
      yield rows;
      last = rows.at(-1).id;
    }
  }
  export async function byChunk(ids: string[]) {
    for (const batch of chunk(ids, 100)) await pool.query('SELECT id FROM parts WHERE id = ANY($1)', [batch]);
  }`,
      },
      {
        path: 'src/kinds.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function counts() {
    const found: number[] = [];
    for (const kind of ['open', 'closed']) found.push(await prisma.ticket.count({ where: { kind } }));
    return found;
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const call of code.dataCalls) {
      const loop = perElement(code, call);
      if (!loop || call.explained) continue;
      const read =
        reads.has(call.does) ||
        (call.does === 'raw' && !/^\s*(?:insert|update|delete|merge|create|drop|alter)\b/i.test(call.sql ?? ''));
      if (!read) continue;
      yield {
        line: call.line,
        endLine: call.endLine,
        because:
          loop.form === 'walk'
            ? `Each step up to the parent runs \`${called(call)}\` once more; a recursive query brings the whole way at once.`
            : `The loop on line ${loop.line}${loop.over ? ` over \`${loop.over}\`` : ''} runs \`${called(call)}\` once per element.`,
        // A way up is as long as the tree is high.
        ...(isBatched(call, loop) || loop.form === 'walk' ? { severity: 'notice' as const } : {}),
      };
    }
  },
});

/** The loop that runs a query for each of its elements; undefined where its turns are few, or the query is one for all. */
function perElement(code: CodeFacts, call: DataCall): Loop | undefined {
  const loop = call.loop === undefined ? undefined : code.loops[call.loop];
  if (!loop || loop.form === 'resolver' || loop.bounded || loop.exits || call.memoised || call.listed) return undefined;
  // SQLite answers in the same process: there is no way to and fro.
  if (call.client === 'sqlite' || call.tableBy === 'turn') return undefined;
  // The catalogue of the database is asked when a program builds or checks its tables.
  if (/\binformation_schema\b|\bpg_(?:catalog|class|attribute|indexes)\b|\bsqlite_master\b/i.test(call.sql ?? ''))
    return undefined;
  // What a store of the application gives without `await` is at hand already; Redis gets the commands of one tick together.
  if (call.client === 'other' && call.fate !== 'awaited' && loop.form !== 'promise-all') return undefined;
  if (call.client === 'redis' && call.fate !== 'awaited') return undefined;
  if (call.fate === 'stored' && call.evidence === 'name') return undefined;
  if (call.evidence === 'name' && call.fate === 'floating') return undefined;
  // A list of keys in the arguments is the batched form already.
  if (!call.usesLoopVariable && !(call.does === 'raw' && call.evidence !== 'name')) return undefined;
  return loop;
}

/** Prisma joins `findUnique` calls of one tick into one query. */
function isBatched(call: DataCall, loop: Loop): boolean {
  return (
    call.client === 'prisma' && /^findUnique/.test(call.verb) && (loop.form === 'promise-all' || loop.form === 'map')
  );
}

function called({ model, verb }: DataCall): string {
  return model && model !== verb ? `${model}.${verb}` : verb;
}
