import { defineRule } from '../define-rule.ts';

/** Writes whose failures nobody looks at. */
export const unreadOutcome = defineRule({
  id: 'unread-outcome',
  lesson: 2,
  severity: 'warning',
  summary: 'What fails here leaves no trace: look at what `Promise.allSettled` gives.',
  why: '`Promise.allSettled` never rejects. It gives a list of outcomes, and where nobody reads it a write that failed looks like one that succeeded: no log line, no retry, and a row that is missing when somebody needs it.',
  fix: 'Keep the result and log each `status === "rejected"` with its reason and the element it belongs to, or use `Promise.all` where all of them must succeed.',
  examples: {
    bad: [
      {
        path: 'src/rates.service.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function storeRates(rates: Rate[]) {
>   await Promise.allSettled(
>     rates.map((rate) => prisma.rate.update({ where: { code: rate.code }, data: { value: rate.value } })),
>   );
  }`,
      },
      {
        path: 'src/members.service.ts',
        code: `
  import { Repository } from 'typeorm';
  export class MembersService {
    constructor(private readonly members: Repository<Member>) {}
    async promote(list: Member[]) {
      const changes = list.map(async (member) => {
        await this.members.update(member.id, { role: roleOf(member) });
      });
>     await Promise.allSettled(changes);
    }
  }`,
      },
      {
        path: 'src/signup.js',
        code: `
  const { User, Wallet } = require('./models');
  exports.open = async (user) => {
>   await Promise.allSettled([Wallet.create({ userId: user.id }), User.update({ open: true }, { where: { id: user.id } })]);
  };`,
      },
    ],
    good: [
      {
        path: 'src/rates.service.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function storeRates(rates: Rate[]) {
    const outcomes = await Promise.allSettled(rates.map((rate) => prisma.rate.create({ data: rate })));
    for (const outcome of outcomes) if (outcome.status === 'rejected') logger.error(outcome.reason);
    await Promise.allSettled(
      rates.map((rate) => prisma.rate.create({ data: rate }).catch((error) => logger.error({ error, rate }))),
    );
    await Promise.all(rates.map((rate) => prisma.rate.create({ data: rate })));
    await Promise.allSettled(rates.map((rate) => prisma.rate.findUnique({ where: { code: rate.code } })));
  }
  export async function shutdown(workers: Worker[]) {
    await Promise.allSettled(workers.map((worker) => prisma.worker.delete({ where: { id: worker.id } })));
  }`,
      },
      {
        path: 'src/members.js',
        code: `
  const { Member } = require('./models');
  exports.touch = async (members) => {
    // Best effort: the next visit writes it again.
    await Promise.allSettled(members.map((member) => Member.update({ seen: now() }, { where: { id: member.id } })));
    await Promise.allSettled(
      members.map(async (member) => {
        try {
          await Member.update({ seen: now() }, { where: { id: member.id } });
        } catch (error) {
          logger.warn(error);
        }
      }),
    );
  };`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { of, at, line, endLine, explained } of code.unreadOutcomes)
      if (!explained) yield { line, endLine, because: `\`${of}\` on line ${at} may fail, and nobody would know.` };
  },
});
