import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Links of mails that lead wherever the request's Host header says. */
export const hostHeaderInMail = defineRule({
  id: 'host-header-in-mail',
  lesson: 4,
  severity: 'error',
  summary: 'The links of this mail lead to the host that the request names: take the address from your configuration.',
  why: 'Anybody can ask for another person’s password to be reset and send a `Host` header of their own. The mail comes from you, its link goes to their server, and one click hands them the token.',
  fix: 'Build links from a configured base address (`process.env.PUBLIC_URL`). Where several hosts are served, compare the header with a list of them first.',
  examples: {
    bad: [
      {
        path: 'src/reset.js',
        code: `
  import nodemailer from 'nodemailer';
  import { tokenFor } from './tokens.js';
  const transport = nodemailer.createTransport({ url: process.env.SMTP_URL });
  export async function reset(req, res) {
    const token = await tokenFor(req.body.email);
>   const link = \`https://\${req.headers.host}/reset/\${token}\`;
>   await transport.sendMail({ to: req.body.email, subject: 'Your new password', text: 'Go on here: ' + link });
    res.sendStatus(202);
  }`,
      },
      {
        path: 'src/invite.ts',
        code: `
  import type { Request, Response } from 'express';
  import { Resend } from 'resend';
  const resend = new Resend(process.env.RESEND_KEY);
  export async function invite(req: Request, res: Response) {
>   const base = req.protocol + '://' + req.get('host');
>   await resend.emails.send({ from: 'team@example.com', to: req.body.to, subject: 'Join us', html: \`<a href="\${base}/join">Join</a>\` });
    res.sendStatus(202);
  }`,
      },
      {
        path: 'src/verify.ts',
        code: `
  import { sendVerificationEmail } from './mailer';
  export async function register(request, reply) {
    const user = await request.server.users.register(request.user);
>   await sendVerificationEmail(user.email, \`https://\${request.hostname}/verify/\${user.code}\`);
    return reply.code(201).send({ id: user.id });
  }`,
      },
    ],
    good: [
      {
        path: 'src/reset.js',
        code: `
  import nodemailer from 'nodemailer';
  import { config } from './config.js';
  import { tokenFor } from './tokens.js';
  const transport = nodemailer.createTransport({ url: config.smtp });
  export async function reset(req, res) {
    const token = await tokenFor(req.body.email);
    await transport.sendMail({ to: req.body.email, subject: 'Your new password', text: \`\${config.publicUrl}/reset/\${token}\` });
    res.sendStatus(202);
  }`,
      },
      {
        path: 'src/invite.js',
        code: `
  import { sendInvitationEmail } from './mailer.js';
  const hosts = ['eu.example.com', 'us.example.com'];
  export async function invite(req, res) {
    const host = req.get('host');
    if (!hosts.includes(host)) return res.sendStatus(400);
    await sendInvitationEmail(req.body.to, \`https://\${host}/join\`);
    res.sendStatus(202);
  }`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['link'], 'decides where the links lead that are sent by');
  },
});
