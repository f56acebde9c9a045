import type { SchemaFacts } from '../../facts/schema.ts';
import { defineRule } from '../define-rule.ts';

const small =
  /^(?:roles|permissions|settings|tags|categories|options|features|flags|plans|locales|translations|status|address|canvas|progress|access)$/i;

/** Lists that come along whole with one row. */
export const includedListWithoutLimit = defineRule({
  id: 'included-list-without-limit',
  lesson: 3,
  severity: 'notice',
  summary: 'A whole list comes along with the row: take as many of it as are shown, or count it.',
  why: 'The query asks for one row and gets all that belongs to it. The workspace with two members becomes the one with twenty thousand, and each request for its name loads them all.',
  fix: 'Write `{ take: 20, orderBy: … }` instead of `true`, use `_count` where only the number is shown, or ask for the list in a request of its own.',
  examples: {
    bad: [
      {
        path: 'app/api/workspaces/[id]/route.ts',
        code: `
  import { prisma } from '@/lib/prisma';
  export async function GET(request: Request, { params }) {
>   const workspace = await prisma.workspace.findUnique({ where: { id: params.id }, include: { members: true } });
    return Response.json(workspace);
  }`,
      },
      {
        path: 'src/shops.js',
        code: `
  const express = require('express');
  const { Shop } = require('./models');
  const router = express.Router();
  router.get('/shops/:id', async (req, res) => {
>   res.json(await Shop.findById(req.params.id).populate('orders'));
  });`,
      },
      {
        path: 'src/teams.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { InjectRepository } from '@nestjs/typeorm';
  import { Repository } from 'typeorm';
  @Controller('teams')
  export class TeamsController {
    constructor(@InjectRepository(Team) private readonly teams: Repository<Team>) {}
    @Get(':id')
    team(@Param('id') id: string) {
>     return this.teams.findOne({ where: { id }, relations: ['owner', 'members'] });
    }
  }`,
      },
    ],
    good: [
      {
        path: 'app/api/workspaces/[id]/route.ts',
        code: `
  import { prisma } from '@/lib/prisma';
  export async function GET(request: Request, { params }) {
    const workspace = await prisma.workspace.findUnique({
      where: { id: params.id },
      include: { members: { take: 20 }, roles: true, owner: true, _count: true },
    });
    return Response.json(workspace);
  }`,
      },
    ],
  },
  *check({ code, project }) {
    if (!code || code.browser) return;
    for (const { includes, scope, explained } of code.dataCalls) {
      const list = includes.find(({ name }) => !small.test(name) && !isKnownAsSmall(project.schema, name));
      if (list === undefined || scope !== 'request' || explained) continue;
      yield { line: list.line, because: `\`${list.name}\` brings along every row of the relation.` };
    }
  },
});

/** The schema says that every relation of this name leads to one row, or to a table that does not grow. */
function isKnownAsSmall({ tables }: SchemaFacts, name: string): boolean {
  const relations = tables.flatMap((table) => table.relations.filter((relation) => relation.name === name));
  return (
    relations.length > 0 &&
    relations.every(({ many, to }) => !many || tables.some((table) => table.name === to && table.grows === false))
  );
}
