import { defineRule } from '../define-rule.ts';

/** Methods of a documented controller that may answer anything. */
export const untypedAnswer = defineRule({
  id: 'untyped-answer',
  lesson: 10,
  severity: 'notice',
  summary: 'The handler answers `any` where the description is made from the code: give the answer a type.',
  why: 'The document says that something comes back and not what. A generated client gets `any` as well, and nothing between here and there notices a field that is renamed.',
  fix: 'Return a class or an interface of the answer, and name it in `@ApiOkResponse({ type })` where the description does not read types.',
  examples: {
    bad: [
      {
        path: 'src/orders.controller.ts',
        code: `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ApiOkResponse } from '@nestjs/swagger';
  @Controller('orders')
  export class OrdersController {
    @Get(':id')
    @ApiOkResponse({ description: 'The order' })
>   byId(@Param('id') id: string): Promise<any> {
      return this.orders.byId(id);
    }
  }`,
        context: { 'package.json': '{ "dependencies": { "@nestjs/swagger": "^8.0.0" } }' },
      },
      {
        path: 'src/stock.controller.ts',
        code: `
  import { Controller, Get, Route } from 'tsoa';
  @Route('stock')
  export class StockController extends Controller {
    @Get()
>   public async list(): Promise<any[]> {
      return stock.list();
    }
  }`,
        context: { 'package.json': '{ "dependencies": { "tsoa": "^6.0.0" } }' },
      },
      {
        path: 'src/tags.controller.ts',
        code: `
  import { Body, Controller, Post } from '@nestjs/common';
  import { ApiCreatedResponse } from '@nestjs/swagger';
  @Controller('tags')
  export class TagsController {
    @Post()
    @ApiCreatedResponse()
>   add(@Body() tag: NewTag): any {
      return this.tags.add(tag);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/orders.controller.ts',
        code: `
  import { Controller, Delete, Get, Param } from '@nestjs/common';
  import { ApiOkResponse } from '@nestjs/swagger';
  @Controller('orders')
  export class OrdersController {
    @Get(':id')
    @ApiOkResponse({ type: OrderResponse })
    byId(@Param('id') id: string): Promise<any> {
      return this.orders.byId(id);
    }
    @Get()
    @ApiOkResponse()
    list(): Promise<OrderResponse[]> {
      return this.orders.list();
    }
    @Delete(':id')
    @ApiOkResponse()
    remove(@Param('id') id: string): Promise<any> {
      return this.orders.remove(id);
    }
  }`,
        context: { 'package.json': '{ "dependencies": { "@nestjs/swagger": "^8.0.0" } }' },
      },
      {
        path: 'src/orders.controller.ts',
        code: `
  import { Controller, Get } from '@nestjs/common';
  @Controller('orders')
  export class OrdersController {
    @Get()
    list(): Promise<any> {
      return this.orders.list();
    }
  }`,
        context: { 'package.json': '{ "dependencies": { "@nestjs/common": "^11.0.0" } }' },
      },
    ],
  },
  *check({ code }) {
    for (const { line, endLine, method, path } of code?.untypedAnswers ?? [])
      yield {
        line,
        endLine,
        because: `The description of \`${method} ${path.slice(0, 80)}\` gets no shape from this type.`,
      };
  },
});
