import { defineRule } from '../define-rule.ts';

/** Errors, stacks and causes in answers. */
export const errorDetailsToClient = defineRule({
  id: 'error-details-to-client',
  lesson: 6,
  severity: 'warning',
  summary: 'An internal error is sent to the client: log it, and answer with a message and a code of your own.',
  why: 'A stack names your folders, versions and functions; a driver’s error quotes the query, the host and sometimes the password in it. Clients cannot act on any of it, and start to depend on wordings that change with the next update.',
  fix: 'Log the error with the request’s id, answer `{ code, message, requestId }` from constants, and let one error middleware do it for all routes.',
  examples: {
    bad: [
      {
        path: 'src/orders.js',
        code: `
  import express from 'express';
  const app = express();
  app.use((err, req, res, next) => {
>   res.status(500).send(err.stack);
  });`,
      },
      {
        path: 'src/routes.ts',
        code: `
  export async function list(request, reply) {
    try {
      return await load();
    } catch (error) {
>     reply.code(500).send({ ok: false, error });
    }
  }`,
      },
      {
        path: 'src/reports.ts',
        code: `
  export const report = async (req, res) => {
    try {
      res.json(await build(req.params.id));
    } catch (error) {
      req.log.error({ err: error }, 'report failed');
>     res.status(500).json({ error: error.message });
    }
  };`,
      },
      {
        path: 'src/lambda.ts',
        code: `
  export const handler = async () => {
    try {
      await work();
    } catch (error) {
>     return { statusCode: 500, body: JSON.stringify({ stack: error.stack }) };
    }
  };`,
      },
    ],
    good: [
      {
        path: 'src/pipelines.ts',
        code: `
  export async function update(request, reply) {
    try {
      reply.send(await save(request.params.id));
    } catch (error) {
      if (error instanceof ValidationError) return reply.code(400).send({ code: 'invalid', error: error.message });
      if (error.code === 'CONFLICT') return reply.code(409).send({ error });
      request.log.error({ err: error }, 'pipeline not saved');
      reply.code(500).send({ code: 'internal', error: 'The pipeline could not be saved.' });
    }
  }`,
      },
      {
        path: 'src/orders.js',
        code: `
  export function failed(err, req, res, next) {
    req.log.error({ err }, 'request failed');
    res.status(500).json({ code: 'internal', requestId: req.id });
  }`,
      },
      {
        path: 'src/routes.ts',
        code: `
  export async function list(req, res) {
    try {
      res.json(await load());
    } catch (error) {
      if (error instanceof NotFound) return res.status(404).json({ message: error.message });
      throw error;
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    if (code?.browser) return;
    for (const { what, line, endLine } of code?.disclosures ?? [])
      yield {
        line,
        endLine,
        because:
          what === 'error' ? 'The error itself goes into the answer.' : `The error’s \`${what}\` goes into the answer.`,
      };
  },
});
