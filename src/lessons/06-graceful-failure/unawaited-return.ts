import { defineRule } from '../define-rule.ts';

/** Promises returned from inside a `try` without `await`. */
export const unawaitedReturn = defineRule({
  id: 'unawaited-return',
  lesson: 6,
  severity: 'warning',
  summary: 'This promise leaves the `try` before it settles, so its `catch` never runs: return `await` it.',
  why: 'A `try` guards what happens while its block runs. A promise that is returned without `await` settles after the block has ended: the fallback, the log line and the cleanup below are code that looks tested and is never reached.',
  fix: 'Write `return await …` inside `try`. Everywhere else the bare promise is fine.',
  examples: {
    bad: [
      {
        path: 'src/rooms.ts',
        code: `
  import { DataSource } from 'typeorm';
  import { Room } from './room.entity';
  export class Rooms {
    constructor(private readonly db: DataSource) {}
    async byId(id: string) {
      try {
>       return this.db.getRepository(Room).findOneByOrFail({ id });
      } catch (error) {
        throw new RoomNotFound(id);
      }
    }
  }`,
      },
      {
        path: 'src/rates.ts',
        code: `
  export async function rate(currency: string) {
    try {
>     return fetchRate(currency);
    } catch (error) {
      return fallbackRates[currency];
    }
  }
  const fallbackRates: Record<string, number> = { EUR: 1 };
  async function fetchRate(currency: string): Promise<number> {
    const answer = await fetch(\`https://rates.example/\${currency}\`, { signal: AbortSignal.timeout(2000) });
    return (await answer.json()).rate;
  }`,
      },
      {
        path: 'src/orders.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function order(id: string) {
    try {
>     return prisma.order.findUnique({ where: { id } });
    } catch {
      return readReplica(id);
    }
  }`,
      },
      {
        path: 'src/page.js',
        code: `
  import axios from 'axios';
  export const page = async (url) => {
    try {
>     return axios.get(url, { timeout: 3000 });
    } catch (error) {
      return { data: '', failed: true };
    }
  };`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  export async function order(id: string) {
    try {
      return await prisma.order.findUnique({ where: { id } });
    } catch {
      return readReplica(id);
    }
  }
  export async function orders(ids: string[]) {
    return prisma.order.findMany({ where: { id: { in: ids } } });
  }`,
      },
      {
        path: 'src/page.js',
        code: `
  import axios from 'axios';
  export const page = async (url) => {
    try {
      return axios.get(url, { timeout: 3000 }).catch(() => ({ data: '', failed: true }));
    } finally {
      release(url);
    }
  };`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    const lines = file.after?.split('\n') ?? [];
    for (const { kind, line, endLine, of, by } of code.unhandledPromises) {
      if (kind !== 'returned') continue;
      const text = lines.slice(line - 1, endLine).join('\n');
      const fix = /\breturn (?!await\b)/.test(text)
        ? { fix: { line, endLine, text: text.replace(/\breturn /, 'return await ') } }
        : {};
      yield { line, endLine, because: `\`${of}\` is still pending when the \`try\` ends: ${by}.`, ...fix };
    }
  },
});
