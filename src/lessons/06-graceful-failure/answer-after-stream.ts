import { defineRule } from '../define-rule.ts';

/** Errors that are answered on a response which a stream has begun. */
export const answerAfterStream = defineRule({
  id: 'answer-after-stream',
  lesson: 6,
  severity: 'warning',
  summary: 'A stream that breaks off has sent its headers already: ask `headersSent` before you answer the error.',
  why: 'When the reader goes away or the file ends early, half of the answer is out. Setting a status and sending a body then throws `ERR_HTTP_HEADERS_SENT` from inside the `catch`, where nothing catches it: the request hangs, and in an async handler of Express 4 the process may end.',
  fix: '`if (res.headersSent) return res.destroy();` first, and answer with a status only where nothing has been sent.',
  examples: {
    bad: [
      {
        path: 'src/export.js',
        code: `
  const express = require('express');
  const { pipeline } = require('node:stream/promises');
  const router = express.Router();
  router.get('/export', async (req, res) => {
    try {
      await pipeline(rows.stream(), toCsv(), res);
    } catch (error) {
      logger.error({ error }, 'export failed');
>     res.status(500).json({ code: 'export_failed' });
    }
  });`,
      },
      {
        path: 'src/labels.controller.ts',
        code: `
  import type { Request, Response } from 'express';
  export class LabelsController {
    async download(req: Request, res: Response) {
      try {
        await new Promise<void>((resolve, reject) =>
          res.download(this.labels.pathOf(req.params.id), (error) => (error ? reject(error) : resolve())),
        );
      } catch (error) {
>       res.status(500).send('no label');
      }
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/export.js',
        code: `
  const express = require('express');
  const { pipeline } = require('node:stream/promises');
  const router = express.Router();
  router.get('/export', async (req, res) => {
    try {
      await pipeline(rows.stream(), toCsv(), res);
    } catch (error) {
      logger.error({ error }, 'export failed');
      if (res.headersSent) return res.destroy();
      res.status(500).json({ code: 'export_failed' });
    }
  });
  router.post('/import', async (req, res) => {
    try {
      await pipeline(req, unzip(), rows.sink());
      res.sendStatus(204);
    } catch (error) {
      res.status(400).json({ code: 'import_failed' });
    }
  });
  router.get('/report', async (req, res, next) => {
    try {
      await pipeline(report.stream(), res);
    } catch (error) {
      next(error);
    }
  });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { of, at, line, endLine, explained } of code.lateAnswers)
      if (!explained)
        yield { line, endLine, because: `\`${of}\` on line ${at} writes to the same response, and may fail half way.` };
  },
});
