import { defineRule } from '../define-rule.ts';

/** Stores that count a list no cheaper than they give it, or of which it cannot be told. */
const others = /^(?:redis|sqlite|supabase|dynamodb|other)$/;

/** Rows that are read only to ask how many there are. */
export const rowsReadToCount = defineRule({
  id: 'rows-read-to-count',
  lesson: 3,
  severity: 'warning',
  summary: 'Rows are read only to be counted here: let the database count them.',
  why: 'The database finds the rows, sends each with all its columns, and the library makes an object of each; then one number is used and the rest is thrown away. `COUNT` sends eight bytes, often from an index alone, and stays as quick when the table has a million rows.',
  fix: 'Use `count`, `countBy`, `countDocuments` or `SELECT count(*)` with the same filter. To know only whether there are any, ask for one row or use `exists`.',
  examples: {
    bad: [
      {
        path: 'src/dashboard.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function openTickets(teamId: string) {
>   const tickets = await prisma.ticket.findMany({ where: { teamId, closedAt: null } });
    return { open: tickets.length };
  }`,
      },
      {
        path: 'src/members.service.ts',
        code: `
  import { Repository } from 'typeorm';
  import { Member } from './member.entity';
  export class MembersService {
    constructor(private readonly members: Repository<Member>) {}
    async joinedIn(clubId: string) {
>     return (await this.members.find({ where: { clubId } })).length;
    }
  }`,
      },
      {
        path: 'src/routes/stats.js',
        code: `
  const express = require('express');
  const mongoose = require('mongoose');
  const Visit = mongoose.model('Visit');
  const router = express.Router();
  router.get('/stats', async (req, res) => {
>   const visits = await Visit.find({ page: req.query.page });
    res.json({ visits: visits.length });
  });`,
      },
      {
        path: 'src/parcels.ts',
        code: `
  import { eq } from 'drizzle-orm';
  import { db, parcels } from './database';
  export async function waiting(depotId: string) {
>   const rows = await db.select().from(parcels).where(eq(parcels.depotId, depotId));
    return rows.length;
  }`,
      },
    ],
    good: [
      {
        path: 'src/dashboard.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function openTickets(teamId: string) {
    return { open: await prisma.ticket.count({ where: { teamId, closedAt: null } }) };
  }
  export async function hasTickets(teamId: string) {
    const tickets = await prisma.ticket.findMany({ where: { teamId } });
    return tickets.length > 0;
  }
  export async function latest(teamId: string) {
    const tickets = await prisma.ticket.findMany({ where: { teamId }, take: 20 });
    return { shown: tickets.length };
  }
  export async function all(teamId: string) {
    const tickets = await prisma.ticket.findMany({ where: { teamId } });
    return { total: tickets.length, tickets };
  }
  export async function known(ids: string[]) {
    const tickets = await prisma.ticket.findMany({ where: { id: { in: ids } } });
    return tickets.length === ids.length;
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { onlyCounted, limit, listed, explained, client, loop, line, endLine, verb } of code.dataCalls) {
      // In a loop that it is asked once for each element is the greater trouble.
      if (!onlyCounted || limit !== 'none' || listed || explained || loop !== undefined || others.test(client))
        continue;
      yield { line, endLine, because: `Of what \`${verb}\` gives nothing but the length is used.` };
    }
  },
});
