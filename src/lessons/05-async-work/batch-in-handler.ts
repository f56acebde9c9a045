import type { Transfer } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** An import, an export or a batch that one request waits for to its end. */
export const batchInHandler = defineRule({
  id: 'batch-in-handler',
  lesson: 5,
  severity: 'warning',
  summary: 'A whole batch is worked through while one request waits: store a job, answer now, and let a worker go on.',
  why: 'It passes review with the ten rows of the test. The first customer with ten thousand runs into the timeout of the load balancer: the browser shows an error, half of the rows are in, and the second try brings them in twice.',
  fix: 'Store the file or the cursor, answer 202 with the id of the job, and let a worker take one page or one chunk per job, so that a failure repeats a page and not the whole. Show the progress by the id.',
  examples: {
    bad: [
      {
        path: 'src/contacts.ts',
        code: `
  import express from 'express';
  import { parse } from 'csv-parse/sync';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.post('/contacts/import', async (req, res) => {
    const rows = parse(await fileOf(req), { columns: true });
>   for (const row of rows) {
      const contact = await prisma.contact.upsert(upsertOf(row));
      await prisma.label.create({ data: { contactId: contact.id, text: row.label } });
    }
    res.json({ imported: rows.length });
  });`,
      },
      {
        path: 'app/api/sync/route.ts',
        code: `
  import { prisma } from '@/lib/prisma';
  export async function POST(request: Request) {
    const { account } = parsed(await request.json());
    let cursor = '';
>   do {
      const answer = await fetch(\`https://crm.example/people?cursor=\${cursor}\`, { signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error('the CRM answers ' + answer.status);
      const page = await answer.json();
      await prisma.person.createMany({ data: page.items.map((item) => ({ ...item, account })) });
      cursor = page.next;
    } while (cursor);
    return Response.json({ ok: true });
  }`,
      },
      {
        path: 'src/summaries.ts',
        code: `
  import Fastify from 'fastify';
  import OpenAI from 'openai';
  const openai = new OpenAI({ timeout: 20_000 });
  const app = Fastify();
  app.post('/summaries', async (request) => {
    const found: string[] = [];
>   for (const text of await textsOf(request)) {
      const answer = await openai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: text }] });
      found.push(answer.choices[0].message.content);
    }
    return found;
  });`,
      },
      {
        path: 'src/api/shop/import.ts',
        code: `
  import { prisma } from '../../db';
  import { listProducts } from './client';
  export async function importProducts(shop: string, cursor?: string) {
    const { products, nextCursor } = await listProducts(shop, cursor);
    await prisma.product.createMany({ data: products });
>   if (nextCursor) await importProducts(shop, nextCursor);
  }`,
      },
    ],
    good: [
      {
        path: 'src/contacts.ts',
        code: `
  import express from 'express';
  import { Worker } from 'bullmq';
  import { parse } from 'csv-parse/sync';
  import { PrismaClient } from '@prisma/client';
  const prisma = new PrismaClient();
  const app = express();
  app.post('/contacts/import', async (req, res) => {
    const job = await imports.add('contacts', { file: await stored(req) });
    res.status(202).json({ job: job.id });
  });
  new Worker('imports', async (job) => {
    for (const row of parse(await read(job.data.file), { columns: true })) {
      const contact = await prisma.contact.upsert(upsertOf(row));
      await prisma.label.create({ data: { contactId: contact.id, text: row.label } });
    }
  });`,
      },
      {
        path: 'src/summaries.ts',
        code: `
  import Fastify from 'fastify';
  import OpenAI from 'openai';
  const openai = new OpenAI({ timeout: 20_000 });
  const app = Fastify();
  app.post('/summary', async (request) => {
    const answer = await openai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: textOf(request) }] });
    for (const kind of ['short', 'long'])
      await openai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: kind }] });
    return answer.choices[0].message.content;
  });`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    for (const { form, of, line, endLine, scope, explained } of code.transfers)
      if (!explained && (scope === 'request' || (scope === 'unknown' && entryPoint.test(file.path))))
        yield { line, endLine, because: because(form, of) };
  },
});

/** Folders whose functions serve requests, or are one call away from it. */
const entryPoint = /(?:^|\/)(?:api|routes|controllers|actions|resolvers|endpoints)\//;

function because(form: Transfer['form'], of: string): string {
  if (form === 'rows') return `Each row of \`${of}\`, which a file brings, is written by itself before the answer.`;
  if (form === 'pages') return `\`${of}\` is called for one page after the other, and nobody knows how many there are.`;
  return `\`${of}\` is a request to another service, and is made for one element after the other.`;
}
