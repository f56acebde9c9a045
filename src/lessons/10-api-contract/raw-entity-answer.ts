import { documentedOperations, isDocumented } from '../../facts/contracts/documented-operations.ts';
import { defineRule } from '../define-rule.ts';

/** Rows that leave the house as they are stored, where a description promises something else. */
export const rawEntityAnswer = defineRule({
  id: 'raw-entity-answer',
  lesson: 10,
  severity: 'warning',
  summary: 'The handler sends the row as the database has it: send the fields that the contract names.',
  why: 'What goes out is decided by the table. The next migration adds a column, a hash or an internal note among them, and publishes it with nobody touching the API; one that renames a column breaks every client. TypeScript lets a row with more fields pass for the documented type.',
  fix: 'Select the columns (`select`, `attributes`), or map the row to the documented type: `OrderResponse.from(order)`, `plainToInstance(OrderResponse, order, { excludeExtraneousValues: true })`.',
  examples: {
    bad: [
      {
        path: 'src/users.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ApiOkResponse } from '@nestjs/swagger';
  import { PrismaService } from './prisma.service';
  @Controller('users')
  export class UsersController {
    constructor(private readonly prisma: PrismaService) {}
    @Get(':id')
    @ApiOkResponse({ type: UserResponse })
    async byId(@Param('id') id: string) {
>     return this.prisma.user.findUnique({ where: { id } });
    }
  }`,
      },
      {
        path: 'src/orders.controller.ts',
        code: `
  import { Controller, Get, Param, ParseIntPipe } from '@nestjs/common';
  import { InjectRepository } from '@nestjs/typeorm';
  import { Repository } from 'typeorm';
  import { Order } from './order.entity';
  @Controller('orders')
  export class OrdersController {
    constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
    @Get(':id')
    async byId(@Param('id', ParseIntPipe) id: number): Promise<OrderDto> {
      const order = await this.orders.findOneOrFail({ where: { id } });
>     return order;
    }
  }`,
        context: { 'package.json': '{ "dependencies": { "@nestjs/swagger": "^8.0.0", "typeorm": "^0.3.0" } }' },
      },
      {
        path: 'src/routes.js',
        code: `
  const express = require('express');
  const { Member } = require('./models');
  const router = express.Router();
  router.get('/members/:id', async (req, res) => {
    const member = await Member.findByPk(req.params.id);
>   res.json(member);
  });`,
        context: {
          'package.json': '{ "dependencies": { "express": "^5.0.0", "sequelize": "^6.0.0" } }',
          'openapi.yaml': `openapi: 3.0.3
info:
  title: Members
  version: 1.0.0
paths:
  /members/{id}:
    get:
      responses:
        '200':
          description: The member
`,
        },
      },
      {
        path: 'src/teams.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ApiOkResponse } from '@nestjs/swagger';
  import { TeamsService } from './teams.service';
  @Controller('teams')
  export class TeamsController {
    constructor(private readonly teams: TeamsService) {}
    @Get(':id')
    @ApiOkResponse({ type: TeamDto })
    byId(@Param('id') id: string): Promise<TeamDto> {
>     return this.teams.byId(id);
    }
  }`,
        context: {
          'src/teams.service.ts': `
import { Injectable } from '@nestjs/common';
import { PrismaService } from './prisma.service';
@Injectable()
export class TeamsService {
  constructor(private readonly prisma: PrismaService) {}
  async byId(id: string) {
    return this.prisma.team.findUniqueOrThrow({ where: { id } });
  }
}`,
        },
      },
    ],
    good: [
      {
        path: 'src/users.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ApiOkResponse } from '@nestjs/swagger';
  import { PrismaService } from './prisma.service';
  @Controller('users')
  export class UsersController {
    constructor(private readonly prisma: PrismaService) {}
    @Get(':id')
    @ApiOkResponse({ type: UserResponse })
    async byId(@Param('id') id: string) {
      return this.prisma.user.findUnique({ where: { id }, select: { id: true, name: true } });
    }
    @Get(':id/raw')
    @ApiOkResponse({ type: UserEntity })
    async raw(@Param('id') id: string) {
      return this.prisma.user.findUnique({ where: { id } });
    }
    @Get(':id/card')
    @ApiOkResponse({ type: UserCard })
    async card(@Param('id') id: string) {
      return toCard(await this.prisma.user.findUniqueOrThrow({ where: { id } }));
    }
  }`,
      },
      {
        path: 'src/routes.js',
        code: `
  const express = require('express');
  const { Member } = require('./models');
  const router = express.Router();
  router.get('/members/:id', async (req, res) => {
    res.json(await Member.findByPk(req.params.id));
  });`,
        context: { 'package.json': '{ "dependencies": { "express": "^5.0.0", "sequelize": "^6.0.0" } }' },
      },
      {
        path: 'src/teams.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ApiOkResponse } from '@nestjs/swagger';
  import { TeamsService } from './teams.service';
  @Controller('teams')
  export class TeamsController {
    constructor(private readonly teams: TeamsService) {}
    @Get(':id')
    @ApiOkResponse({ type: TeamDto })
    byId(@Param('id') id: string): Promise<TeamDto> {
      return this.teams.byId(id);
    }
  }`,
        context: {
          'src/teams.service.ts': `
import { Injectable } from '@nestjs/common';
import { PrismaService } from './prisma.service';
@Injectable()
export class TeamsService {
  constructor(private readonly prisma: PrismaService) {}
  async byId(id: string) {
    const team = await this.prisma.team.findUniqueOrThrow({ where: { id } });
    return { id: team.id, name: team.name };
  }
}`,
        },
      },
    ],
  },
  *check({ code, project }) {
    const raw = code?.rawAnswers ?? [];
    const operations = raw.length > 0 ? documentedOperations(project) : [];
    for (const { line, endLine, method, path, verb, documentedAs } of raw) {
      const route = `\`${method} ${path.slice(0, 80).replaceAll('`', "'")}\``;
      if (documentedAs !== undefined)
        yield {
          line,
          endLine,
          because: `${route} is described as \`${documentedAs}\` and sends what \`${verb}\` gave.`,
        };
      else if (path !== 'unknown' && isDocumented(operations, method, path))
        yield { line, endLine, because: `The contract describes ${route}, and it sends what \`${verb}\` gave.` };
    }
  },
});
