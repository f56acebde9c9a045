import { defineRule } from '../define-rule.ts';

export const slowWorkInHandler = defineRule({
  id: 'slow-work-in-handler',
  lesson: 5,
  severity: 'warning',
  summary: 'The user waits for mail, images or a browser: put the work into a job queue and answer now.',
  why: 'A mail server that takes 20 seconds makes the request take 20 seconds, and one that is down makes it fail although the order was saved. A queue retries; a user does not.',
  fix: 'Store a job in the same transaction as the change and let a worker do it. Answer 202 or the saved row.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: " import express from 'express';\n import nodemailer from 'nodemailer';\n const transport = nodemailer.createTransport(url);\n const app = express();\n app.post('/orders', async (req, res) => {\n>  await transport.sendMail({ to: req.user.mail });\n   res.json({});\n });",
      },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: " import express from 'express';\n const app = express();\n app.post('/orders', async (req, res) => {\n   await mails.add('welcome', { id: req.user.id });\n   res.json({});\n });",
      },
    ],
  },
  *check({ code }) {
    for (const call of code?.slowCalls ?? []) {
      if (call.sync || call.scope !== 'request' || call.fate !== 'awaited' || call.explained) continue;
      yield { line: call.line, endLine: call.endLine, because: `\`${call.call}\` is awaited while a request waits.` };
    }
  },
});
