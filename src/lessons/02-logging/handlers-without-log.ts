import type { CodeFacts, Handler } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

/** A new file that changes things for others and says nothing of it. */
export const handlersWithoutLog = defineRule({
  id: 'handlers-without-log',
  lesson: 2,
  severity: 'notice',
  summary: 'The new file serves writes and logs nothing: log what was done, for whom, with the request’s id.',
  why: 'Three weeks from now somebody asks who cancelled the payout and when. The access log, if there is one, has a path and a 204; the row is gone. What a service does on somebody’s behalf is the one thing that can not be found out later.',
  fix: 'Log each change once it is done, at `info`, with constant words and fields: `log.info({ payout: id, by: user.id }, "payout cancelled")`.',
  examples: {
    bad: [
      {
        path: 'src/routes/payouts.ts',
        context: { 'package.json': '{"dependencies":{"express":"5","pg":"8","pino":"9"}}' },
        code: `
  import { Router } from 'express';
  import { pool } from '../db';
  export const router = Router();
> router.post('/payouts', async (req, res) => {
    const { rows } = await pool.query('INSERT INTO payouts (account, amount) VALUES ($1, $2) RETURNING id', valuesOf(req));
    res.status(201).json(rows[0]);
  });
  router.delete('/payouts/:id', async (req, res) => {
    await pool.query('DELETE FROM payouts WHERE id = $1', [req.params.id]);
    res.sendStatus(204);
  });`,
      },
    ],
    good: [
      {
        path: 'src/routes/payouts.ts',
        context: { 'package.json': '{"dependencies":{"express":"5","pg":"8","pino":"9"}}' },
        code: `
  import { Router } from 'express';
  import { pool } from '../db';
  import { log } from '../log';
  export const router = Router();
  router.post('/payouts', async (req, res) => {
    const { rows } = await pool.query('INSERT INTO payouts (account, amount) VALUES ($1, $2) RETURNING id', valuesOf(req));
    log.info({ payout: rows[0].id, by: req.user.id }, 'payout made');
    res.status(201).json(rows[0]);
  });
  router.delete('/payouts/:id', async (req, res) => {
    await pool.query('DELETE FROM payouts WHERE id = $1', [req.params.id]);
    log.info({ payout: req.params.id, by: req.user.id }, 'payout cancelled');
    res.sendStatus(204);
  });`,
      },
      {
        path: 'src/routes/places.ts',
        context: { 'package.json': '{"dependencies":{"express":"5","pg":"8","pino":"9","pino-http":"10"}}' },
        code: `
  import { Router } from 'express';
  import { pool } from '../db';
  export const router = Router();
  router.post('/places', async (req, res) => {
    await pool.query('INSERT INTO places (name) VALUES ($1)', [nameOf(req)]);
    res.sendStatus(201);
  });
  router.delete('/places/:id', async (req, res) => {
    await pool.query('DELETE FROM places WHERE id = $1', [req.params.id]);
    res.sendStatus(204);
  });`,
      },
    ],
  },
  *check({ code, file, project }) {
    if (
      !code ||
      code.browser ||
      file.status !== 'added' ||
      (code.hasLogger !== 'yes' && code.hasLogger !== 'installed')
    )
      return;
    // Whoever logs, reports or counts by another name than a logger's says so somewhere in the file.
    if (code.logCalls.length > 0 || saysSomething.test(file.after ?? '')) return;
    if (Object.keys(project.packagesOf(file.path).all).some((name) => logsRequests.test(name))) return;
    const writing = code.handlers.filter((handler, i) => changes.test(handler.method) && writes(code, i));
    const [first] = writing;
    if (!first || writing.length < 2 || writing.some(isLogged)) return;
    yield {
      line: first.line,
      endLine: first.line,
      because: `${writing.length} handlers of this file write, and none of them leaves a line of what it did.`,
    };
  },
});

const changes = /^(?:POST|PUT|PATCH|DELETE)$/;
const saysSomething = /log|audit|trace|sentry|capture|metric|emit/i;
/** Packages that log each request by themselves. */
const logsRequests =
  /^(?:pino-http|nestjs-pino|morgan|express-winston|koa-(?:pino-)?logger|hono-pino|express-pino-logger|fastify)$/;

function isLogged({ framework }: Handler): boolean {
  return framework === 'fastify';
}

function writes(code: CodeFacts, handler: number): boolean {
  return code.dataCalls.some(
    (call) =>
      call.handler === handler &&
      (/^(?:insert|update|delete)$/.test(call.does) ||
        (call.does === 'raw' && /^\s*(?:insert|update|delete|merge)\b/i.test(call.sql ?? ''))),
  );
}
