import { defineRule } from '../define-rule.ts';

const many =
  /^(?:deleteMany|updateMany|destroy|update|delete|del|truncate|clear|nativeUpdate|nativeDelete|updateTable|deleteFrom|increment|decrement|softDelete)$/;

/** Functions that say by their name that they mean every row. */
const meansAll =
  /^(?:empty|clear|reset|truncate|purge|prune|wipe|flush|strip|recompute|recalculate|backfill|normali[sz]e)|^(?:delete|remove|destroy|update)All/i;

/** Writes to every row of a table, from code. */
export const unscopedMutation = defineRule({
  id: 'unscoped-mutation',
  lesson: 3,
  severity: 'error',
  summary: 'This changes or deletes every row of the table: say which rows.',
  why: 'Without a filter the statement takes the whole table: all rows are gone or equal, all of them are locked until it ends, and the log of the database grows by the size of the table. It is the shortest way to an evening with the backups.',
  fix: 'Add the filter. Where every row is meant, say so in a comment, do it in batches outside of requests, or use `TRUNCATE` in a migration.',
  examples: {
    bad: [
      {
        path: 'src/sessions.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function signOut() {
>   await prisma.session.deleteMany();
>   await prisma.user.updateMany({ where: {}, data: { active: false } });
  }`,
      },
      {
        path: 'src/offers.ts',
        code: `
  import { db } from './database';
  import { offers } from './schema';
  export const close = () =>
>   db.update(offers).set({ open: false });`,
      },
      {
        path: 'src/queue.js',
        code: `
  const knex = require('knex')(require('../knexfile'));
  exports.drop = () =>
>   knex('queue').del();`,
      },
      {
        path: 'src/members.ts',
        code: `
  import mongoose from 'mongoose';
  const Member = mongoose.model('Member');
  export async function forget() {
>   await Member.deleteMany({});
  }`,
      },
      {
        path: 'src/parts.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export const reprice = (factor: number) =>
>   pool.query('UPDATE parts SET price = price * $1', [factor]);`,
      },
    ],
    good: [
      {
        path: 'src/orders.service.ts',
        code: `
  import { InjectRepository } from '@nestjs/typeorm';
  import { In, LessThan, Repository } from 'typeorm';
  import { Order } from './order.entity';
  export class OrdersService {
    constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
    async archive(ids: string[], id: string, before: Date) {
      await this.orders.update({ id: In(ids) }, { archived: true });
      await this.orders.update(id, { archived: true });
      await this.orders.delete({ createdAt: LessThan(before) });
      await this.orders.createQueryBuilder().update(Order).set({ archived: true }).where({ id }).execute();
      const old = this.orders.createQueryBuilder().delete().from(Order);
      old.where('created_at < :before', { before });
      await old.execute();
    }
  }`,
      },
      {
        path: 'src/sessions.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function signOut(userId: string, where: object) {
    await prisma.session.deleteMany({ where: { userId } });
    await prisma.session.deleteMany({ where });
    await prisma.user.delete({ where: { id: userId } });
  }`,
      },
      {
        path: 'src/offers.ts',
        code: `
  import { eq } from 'drizzle-orm';
  import { db } from './database';
  import { offers } from './schema';
  const cache = new Map();
  export async function close(id: string) {
    cache.delete(id);
    await db.update(offers).set({ open: false }).where(eq(offers.id, id));
  }`,
      },
      {
        path: 'src/queue.js',
        code: `
  const knex = require('knex')(require('../knexfile'));
  exports.drop = (ids) => knex('queue').whereIn('id', ids).del();`,
      },
    ],
  },
  *check({ code, file }) {
    // What moves rows from one form into another once, by its file's name, means all of them.
    if (!code || code.browser || /(?:^|[/_.-])(?:migrat|backfill|seed)[^/]{0,200}$/i.test(file.path)) return;
    for (const call of code.dataCalls) {
      const within = code.functions[call.fn]?.name.replace(/^.*\./, '') ?? '';
      if (call.explained || meansAll.test(within)) continue;
      const model = call.model && call.model !== call.verb ? `${call.model}.${call.verb}` : call.verb;
      if (call.does === 'raw') {
        if (
          call.sql === undefined ||
          !/^\s*(?:update\b[^;]*\bset\b|delete\s+from\s+[\w."?]+(?:\s*;)?\s*$)/i.test(call.sql)
        )
          continue;
        if (/\bwhere\b|\blimit\b|\bjoin\b|\busing\b|\busers?\s*\?/i.test(call.sql) || /\?\s*$/.test(call.sql)) continue;
        yield {
          line: call.line,
          endLine: call.endLine,
          because: `The statement given to \`${model}\` has no \`WHERE\`.`,
        };
        continue;
      }
      if ((call.does !== 'update' && call.does !== 'delete') || call.where !== 'none' || !many.test(call.verb))
        continue;
      // A row of its own is updated or destroyed without a filter: only models and builders take all.
      if (!takesAll(call)) continue;
      yield { line: call.line, endLine: call.endLine, because: `\`${model}\` of ${call.client} gets no filter.` };
    }
  },
});

function takesAll({
  client,
  verb,
  model = '',
}: {
  readonly client: string;
  readonly verb: string;
  readonly model?: string;
}): boolean {
  switch (client) {
    case 'prisma':
    case 'mongoose':
    case 'mongodb':
      return /Many$/.test(verb);
    case 'sequelize':
      return /^(?:destroy|update)$/.test(verb) && /^[A-Z]/.test(model);
    case 'typeorm':
      return /^(?:clear)$/.test(verb) || /^(?:update|delete|softDelete)$/.test(verb);
    case 'mikro-orm':
      return verb.startsWith('native');
    case 'redis':
      return false;
    default:
      return client === 'drizzle' || client === 'knex' || client === 'kysely' || client === 'supabase';
  }
}
