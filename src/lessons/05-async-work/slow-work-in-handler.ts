import { defineRule } from '../define-rule.ts';

const works: Readonly<Record<string, string>> = {
  mail: 'a mail is on its way',
  image: 'an image is worked on',
  pdf: 'a PDF is made',
  archive: 'an archive is packed',
  spreadsheet: 'a spreadsheet is written',
  browser: 'a browser starts',
  message: 'a message is on its way',
  video: 'a video is worked on',
  process: 'another program works',
};

/** Work a user should not wait for. */
export const slowWorkInHandler = defineRule({
  id: 'slow-work-in-handler',
  lesson: 5,
  severity: 'warning',
  summary: 'The user waits for work that is not theirs to wait for: put it into a job queue and answer now.',
  why: 'A mail server that takes 20 seconds makes the request take 20 seconds, and one that is down makes it fail although the order was saved. A queue tries again; a user does not.',
  fix: 'Store a job in the same transaction as the change, let a worker do it, and answer 202 or the saved row. On a platform without workers use its own way to go on after the answer (`after`, `waitUntil`).',
  examples: {
    bad: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  import nodemailer from 'nodemailer';
  const transport = nodemailer.createTransport(process.env.SMTP_URL);
  const app = express();
  app.post('/orders', async (req, res) => {
>   await transport.sendMail({ to: req.user.mail });
    res.json({});
  });`,
      },
      {
        path: 'app/api/members/route.ts',
        code: `
  import { sendWelcomeEmail } from '@/lib/mail';
  export async function POST(request: Request) {
>   await sendWelcomeEmail(await store(await request.json()));
    return new Response(null, { status: 201 });
  }`,
      },
      {
        path: 'src/report.controller.ts',
        code: `
  import { Controller, Get } from '@nestjs/common';
  import puppeteer from 'puppeteer';
  @Controller('report')
  export class ReportController {
    @Get()
    async pdf() {
>     await using browser = await puppeteer.launch();
      return await print(browser);
    }
  }`,
      },
      {
        path: 'src/refunds.ts',
        code: `
  import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
  import Fastify from 'fastify';
  const ses = new SESv2Client({ requestHandler: { requestTimeout: 3000 } });
  const app = Fastify();
  app.post('/refunds', async (request) => {
>   await ses.send(new SendEmailCommand({ Destination: { ToAddresses: [request.body.to] } }));
    return { ok: true };
  });`,
      },
      {
        path: 'src/exports.ts',
        context: {
          'src/sheets.ts': `import ExcelJS from 'exceljs';
export async function sheetOf(rows: Row[]) {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('rows').addRows(rows);
  return book.xlsx.writeBuffer();
}
`,
        },
        code: `
  import { Hono } from 'hono';
  import { sheetOf } from './sheets.ts';
  const app = new Hono();
  app.get('/rows', async (c) => {
>   return c.body(await sheetOf(await rowsOf(c)));
  });`,
      },
    ],
    good: [
      {
        path: 'src/orders.ts',
        code: `
  import express from 'express';
  const app = express();
  app.post('/orders', async (req, res) => res.json(await mails.add('welcome', { id: req.user.id })));`,
      },
      {
        path: 'src/worker.ts',
        code: `
  import { Worker } from 'bullmq';
  import { sendWelcomeEmail } from './mail.ts';
  export const worker = new Worker('mails', async (job) => {
    await sendWelcomeEmail(job.data);
  });`,
      },
      {
        path: 'src/thumbnails.ts',
        code: `
  import type { S3Event } from 'aws-lambda';
  import sharp from 'sharp';
  export const handler = async (event: S3Event) => {
    await store(await sharp(await objectOf(event)).resize(300).toBuffer());
  };`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    // Steps of one piece of work (a browser, its page, the page's PDF) are one remark.
    const said = new Set<string>();
    for (const { call, sync, occupies, scope, fate, what, handler, fn, line, endLine, explained } of code.slowCalls) {
      if (sync || explained || (!occupies && fate !== 'awaited' && fate !== 'returned')) continue;
      if (scope !== 'request' && !(scope === 'unknown' && entryPoint.test(file.path))) continue;
      const { path = '', method = 'ANY' } = (handler === undefined ? undefined : code.handlers[handler]) ?? {};
      // A route, or a function, that is there to send the mail may wait for it.
      const own = `${file.path.replace(/^.*\//, '')} ${code.functions[fn]?.name}`;
      if (what === 'mail' && (route.test(path) || (!path.startsWith('/') && mailing.test(own)))) continue;
      // What streams a document out while it is made answers with it.
      if (occupies && what === 'pdf' && !/^(?:POST|PUT|PATCH|DELETE)$/.test(method)) continue;
      const step = `${fn} ${what === 'browser' ? 'pdf' : what}`;
      if (what !== 'mail' && what !== 'message' && said.has(step)) continue;
      said.add(step);
      yield {
        line,
        endLine: Math.min(endLine, line + 3),
        because: `\`${call}\` ${occupies ? 'holds the event loop' : 'is waited for'}: ${works[what] ?? 'slow work is done'} while a request waits.`,
      };
    }
  },
});

/** Folders whose functions serve requests, or are one call away from it. */
const entryPoint = /(?:^|\/)(?:api|routes|controllers|actions|resolvers|endpoints)\//;

const route = /e?mail|invite|contact|resend|verif|forgot|reset|magic|otp/i;
const mailing = /mail|resend|verif|forgot|reset|otp\b/i;
