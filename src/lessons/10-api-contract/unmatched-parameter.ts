import { defineRule } from '../define-rule.ts';

/** Handlers that ask for a part of the path that their path does not have. */
export const unmatchedParameter = defineRule({
  id: 'unmatched-parameter',
  lesson: 10,
  severity: 'warning',
  summary: 'The handler asks for a path parameter that its path does not have: let both use one name.',
  why: 'The value is `undefined` on every request. TypeScript does not see it, for the name in the decorator and the name in the path are only strings, and a query with an undefined id may find the first row of the table, or all of them.',
  fix: 'Use the name of the path in the decorator, or rename it in the path and in the API description.',
  examples: {
    bad: [
      {
        path: 'src/invoices.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  @Controller('invoices')
  export class InvoicesController {
    @Get(':invoiceId')
    @ApiOkResponse({ type: Invoice })
>   one(@Param('id') id: string) {
      return this.invoices.one(id);
    }
  }`,
      },
      {
        path: 'src/lines.controller.ts',
        code: `
  import { Controller, Delete, Param, ParseIntPipe } from '@nestjs/common';
  @Controller({ path: 'orders/:order/lines', version: '1' })
  export class LinesController {
    @Delete([':line', 'old/:line'])
    @ApiOkResponse({ type: Line })
    remove(
      @Param('order') order: string,
>     @Param('lineNo', ParseIntPipe) line: number,
    ) {
      return this.lines.remove(order, line);
    }
  }`,
      },
      {
        path: 'src/teams.js',
        code: `
  const express = require('express');
  const router = express.Router();
  router.get('/teams/:teamId', async (req, res) => {
>   const team = await teams.byId(req.params.id);
    res.json(team);
  });`,
      },
    ],
    good: [
      {
        path: 'src/invoices.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  @Controller('tenants/:tenant/invoices')
  export class InvoicesController {
    @Get(':year/:number(\\\\d+)')
    @ApiOkResponse({ type: Invoice })
    one(@Param('tenant') tenant: string, @Param('year') year: string, @Param('number') number: string) {
      return this.invoices.one(tenant, year, number);
    }
    @Get(ROUTES.file)
    @ApiOkResponse({ type: Invoice })
    file(@Param('anything') anything: string, @Param() all: Parts) {
      return this.invoices.file(anything, all);
    }
  }`,
      },
      {
        path: 'src/teams.js',
        code: `
  const express = require('express');
  const router = express.Router({ mergeParams: true });
  router.get('/members/:memberId', async (req, res) => {
    res.json(await teams.member(req.params.teamId, req.params.memberId));
  });`,
      },
      {
        path: 'src/files.js',
        code: `
  const express = require('express');
  const app = express();
  app.get('/files/*', (req, res) => res.sendFile(req.params[0], { root: 'public' }));`,
      },
    ],
  },
  *check({ code }) {
    for (const { line, endLine, name, path } of code?.unmatchedParameters ?? []) {
      const said = path.slice(0, 80).replaceAll('`', "'");
      yield { line, endLine, because: `\`${said}\` has no \`:${name}\`.` };
    }
  },
});
