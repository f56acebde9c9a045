import type { RepeatedWork } from '../../facts/code.ts';
import { defineRule } from '../define-rule.ts';

const what: Readonly<Record<RepeatedWork['what'], string>> = {
  file: 'the same file is read',
  template: 'the same template is compiled',
  validator: 'the same validator is built',
  schema: 'the same schema is built',
};

/** Work that gives the same for every request. */
export const repeatedWork = defineRule({
  id: 'repeated-work',
  lesson: 1,
  severity: 'warning',
  summary: 'Each request does again what gives the same every time: do it once, when the module is loaded.',
  why: 'A compiled template, a schema or a validator costs milliseconds of the one thread that all requests share, and the file behind it a trip to the disk. At three hundred requests a second that is the whole processor, spent on a result that was there at the first one.',
  fix: 'Move it to module level (`const page = Handlebars.compile(await readFile(…))`), or keep the promise of the first call in a variable. A file that may change belongs behind a cache with an age.',
  examples: {
    bad: [
      {
        path: 'src/check.ts',
        code: `
  import Ajv from 'ajv';
  import express from 'express';
  import schema from './order.schema.json' with { type: 'json' };
  const app = express();
  app.post('/orders', (req, res) => {
>   const ajv = new Ajv({ allErrors: true });
    const validate = ajv.compile(schema);
    res.status(validate(req.body) ? 202 : 422).json(validate.errors);
  });`,
      },
      {
        path: 'src/page.js',
        code: `
  const { readFile } = require('node:fs/promises');
  const path = require('node:path');
  const Fastify = require('fastify');
  const app = Fastify();
  app.get('/terms', async (request, reply) => {
>   const text = await readFile(path.join(__dirname, 'terms.html'), 'utf8');
    return reply.type('text/html').send(text);
  });`,
      },
      {
        path: 'src/mail.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import Handlebars from 'handlebars';
  const source = '<p>{{name}}</p>';
  @Controller('mails')
  export class MailController {
    @Get(':name')
    preview(@Param('name') name: string) {
>     const template = Handlebars.compile(source);
      return template({ name });
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/check.ts',
        code: `
  import Ajv from 'ajv';
  import express from 'express';
  import Handlebars from 'handlebars';
  import { readFile } from 'node:fs/promises';
  import schema from './order.schema.json' with { type: 'json' };
  const app = express();
  const validate = new Ajv().compile(schema);
  let terms: string | undefined;
  app.post('/orders', (req, res) => res.status(validate(req.body) ? 202 : 422).end());
  app.get('/terms', async (req, res) => {
    terms ??= await readFile('terms.html', 'utf8');
    res.send(terms);
  });
  app.get('/load', async (req, res) => res.send(await readFile('/proc/loadavg', 'utf8')));
  app.post('/preview', (req, res) => res.send(Handlebars.compile(req.body.template)({})));
  app.get('/pages/:name', async (req, res) => res.send(await readFile(pages.get(req.params.name), 'utf8')));`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const work of code.repeatedWork)
      if (work.scope === 'request' && !work.explained)
        yield {
          line: work.line,
          endLine: work.endLine,
          because: `With \`${work.of}\` ${what[work.what]} for every request: nothing that goes into it depends on one.`,
          // The operating system has the file in memory, and nobody waits for the thread.
          ...(work.what === 'file' ? { severity: 'notice' as const } : {}),
        };
  },
});
