import { defineRule } from '../define-rule.ts';

/** A line for every element, on behalf of a request. */
export const logInLoop = defineRule({
  id: 'log-in-loop',
  lesson: 2,
  severity: 'notice',
  summary: 'Each turn of the loop writes a log line: count, and log once behind the loop.',
  why: 'A list of ten thousand writes ten thousand lines for one request. They cost more than the work, push everything else out of the log’s retention, and are paid for by volume. What somebody looks for later is how many there were and which ones failed.',
  fix: 'Log once behind the loop, with the number and what stood out. Keep the line per element at `debug`, or log the failures only.',
  examples: {
    bad: [
      {
        path: 'src/import.ts',
        code: `
  import { Router } from 'express';
  import { logger } from './logger.ts';
  const router = Router();
  router.post('/imports', async (req, res) => {
    for (const row of req.body.rows) {
>     logger.info({ row: row.id }, 'row read');
      await take(row);
    }
    res.status(204).end();
  });`,
      },
      {
        path: 'src/tags.js',
        code: `
  import { log } from './log.js';
  export default async function (fastify) {
    fastify.post('/tags', async (request, reply) => {
      request.body.tags.forEach((tag) => {
>       request.log.info('tag ' + tag.id);
        add(tag);
      });
      reply.code(204).send();
    });
  }`,
      },
    ],
    good: [
      {
        path: 'src/import.ts',
        code: `
  import { Router } from 'express';
  import { logger } from './logger.ts';
  const router = Router();
  router.post('/imports', async (req, res) => {
    let refused = 0;
    for (const row of req.body.rows) {
      logger.debug({ row: row.id }, 'row read');
      if (!(await take(row))) {
        refused++;
        logger.warn({ row: row.id }, 'row refused');
      }
    }
    logger.info({ refused }, 'rows read');
    for (const name of ['a', 'b']) logger.info({ name }, 'shelf');
    res.status(204).end();
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { logger, level, loop, scope, conditional, explained, line, endLine } of code.logCalls) {
      if (loop === undefined || scope !== 'request' || conditional || explained || logger === 'format') continue;
      if (!/^(?:log|info|notice|http|warn|warning)$/.test(level)) continue;
      const around = code.loops[loop];
      if (!around || around.bounded !== undefined || around.exits) continue;
      yield {
        line,
        endLine,
        because: `One \`${level}\` line for each ${around.over ? `element of \`${around.over.slice(0, 60)}\`` : 'turn'}, while a request waits.`,
      };
    }
  },
});
