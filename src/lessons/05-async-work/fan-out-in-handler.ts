import { defineRule } from '../define-rule.ts';

/** One delivery for each recipient while the request waits. */
export const fanOutInHandler = defineRule({
  id: 'fan-out-in-handler',
  lesson: 5,
  severity: 'warning',
  summary: 'The request waits until everybody has been told: store a job per recipient and answer now.',
  why: 'The slowest of the recipients decides how long the caller waits, and a recipient that is down has no second chance: what was not delivered within this request is never delivered.',
  fix: 'Put one job per delivery into a queue, with retries and a back-off of its own, and answer when they are stored.',
  examples: {
    bad: [
      {
        path: 'src/hooks.ts',
        code: `
  import express from 'express';
  import { deliverWebhook } from './deliver.ts';
  const app = express();
  app.post('/events', async (req, res) => {
    const hooks = await hooksFor(req.body.kind);
>   await Promise.allSettled(hooks.map((hook) => deliverWebhook(hook, req.body)));
    res.sendStatus(202);
  });`,
      },
      {
        path: 'app/api/invites/route.ts',
        code: `
  import { sendInvite } from '@/lib/invites';
  export async function POST(request: Request) {
    const { members } = await request.json();
>   await Promise.all(members.map(async (member) => sendInvite(member)));
    return Response.json({ ok: true });
  }`,
      },
    ],
    good: [
      {
        path: 'src/hooks.ts',
        code: `
  import express from 'express';
  const app = express();
  app.post('/events', async (req, res) => {
    const hooks = await hooksFor(req.body.kind);
    await queue.addBulk(hooks.map((hook) => ({ name: 'deliver', data: { hook: hook.id } })));
    res.sendStatus(202);
  });`,
      },
    ],
  },
  *check({ code, file }) {
    if (!code || code.browser) return;
    for (const { call, over, line, endLine, scope, explained } of code.deliveries)
      if (!explained && (scope === 'request' || (scope === 'unknown' && entryPoint.test(file.path))))
        yield { line, endLine, because: `\`${call}\` is waited for once for each of \`${over}\`.` };
  },
});

/** Files whose functions serve requests, whoever registers them. */
const entryPoint =
  /(?:^|\/)(?:api|routes|controllers|actions|resolvers|endpoints)\/|(?:^|\/)(?:route|handler)\.[cm]?[jt]s$/;
