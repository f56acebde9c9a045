import { defineRule } from '../define-rule.ts';

const writes = new Set(['insert', 'update', 'delete']);

/** One write per element where one statement could do all. */
export const writeInLoop = defineRule({
  id: 'write-in-loop',
  lesson: 9,
  severity: 'notice',
  summary: 'Each turn of the loop writes one row: a bulk form writes all of them in one statement.',
  why: 'Every write is a round trip and, without a transaction around the loop, a commit of its own: a thousand rows take a thousand times as long, and an error in the middle leaves half of them written.',
  fix: 'Use `createMany`, `insertMany`, `bulkWrite`, `bulkCreate`, or `INSERT … SELECT unnest($1)`. Where each row needs its own answer, put the loop into one transaction and say so.',
  examples: {
    bad: [
      {
        path: 'src/import.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function importRows(rows: Row[]) {
    for (const row of rows) {
>     await prisma.part.create({ data: row });
    }
  }`,
      },
      {
        path: 'src/scores.ts',
        code: `
  import { Pool } from 'pg';
  const pool = new Pool();
  export async function keep(scores: Score[]) {
    for (const { id, value } of scores) {
>     await pool.query('UPDATE parts SET score = $1 WHERE id = $2', [value, id]);
    }
  }`,
      },
      {
        path: 'src/tags.js',
        code: `
  import mongoose from 'mongoose';
  const Tag = mongoose.model('Tag');
  export const add = (names) =>
    Promise.all(names.map(async (name) => {
>     await Tag.create({ name });
    }));`,
      },
      {
        path: 'src/members.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  async function removeMember(id: string) {
    await prisma.member.delete({ where: { id } });
  }
  export async function removeTeam(members: Member[]) {
    for (const member of members) {
>     await removeMember(member.id);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/import.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function importRows(rows: Row[]) {
    await prisma.part.createMany({ data: rows });
    for (const row of rows) {
      const part = await prisma.part.create({ data: row });
      row.partId = part.id;
    }
  }`,
      },
      {
        path: 'src/names.ts',
        code: `
  import { Kysely } from 'kysely';
  export async function rename(db: Kysely<Tables>, pairs: { id: number; name: string }[]) {
    await db.transaction().execute(async (trx) => {
      for (const { id, name } of pairs) await trx.updateTable('tags').set({ name }).where('id', '=', id).execute();
    });
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const call of code.dataCalls) {
      const loop = call.loop === undefined ? undefined : code.loops[call.loop];
      // Without a form that stores other values in each row there is nothing to say.
      if (call.client === 'sqlite' || call.ownValues || call.tableBy === 'turn') continue;
      if (
        !loop ||
        loop.form === 'resolver' ||
        loop.form === 'walk' ||
        loop.bounded ||
        call.listed ||
        call.explained ||
        !call.usesLoopVariable
      )
        continue;
      const write =
        writes.has(call.does) || (call.does === 'raw' && /^\s*(?:insert|update|delete|merge)\b/i.test(call.sql ?? ''));
      // A result that is kept is needed row by row, and other work in the turn would not go into one statement.
      if (!write || call.resultUsed || !loop.singleAwait || (call.evidence === 'name' && call.fate !== 'awaited'))
        continue;
      const model = call.model && call.model !== call.verb ? `${call.model}.${call.verb}` : call.verb;
      yield {
        line: call.line,
        endLine: call.endLine,
        because: `\`${model}\` is all that the loop on line ${loop.line} waits for, once per element.`,
      };
    }
    for (const call of code.helperCalls) {
      const loop = call.loop === undefined ? undefined : code.loops[call.loop];
      if (call.does !== 'writes' || !loop || loop.form === 'resolver' || loop.form === 'walk' || loop.bounded) continue;
      // A function that takes a list, by its name, is the bulk form.
      if (call.explained || !call.usesLoopVariable || call.fate !== 'awaited' || !loop.singleAwait) continue;
      if (/(?:s|All|Many|Batch|Bulk|List)$/.test(call.call)) continue;
      // One that does more than the write would not go into a statement; what is created by name alone may be anything.
      if (call.alone === false || /\b(?:update|upsert)\w*$/i.test(call.reaches || call.call)) continue;
      if (call.evidence === 'name' && !/\b(?:delete|remove|insert|save)[A-Z]\w*$/.test(call.call)) continue;
      yield {
        line: call.line,
        endLine: call.endLine,
        because: `\`${call.call}\`${call.reaches ? `, which reaches \`${call.reaches}\`,` : ''} is all that the loop on line ${loop.line} waits for, once per element.`,
      };
    }
  },
});
