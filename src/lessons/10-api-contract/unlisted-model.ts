import { defineRule } from '../define-rule.ts';

/** References of a code-first description to models that the document will not have. */
export const unlistedModel = defineRule({
  id: 'unlisted-model',
  lesson: 10,
  severity: 'notice',
  summary: 'The description refers to a model that nothing here adds to the document: list it in `@ApiExtraModels`.',
  why: 'Nest puts a model into the document when a body, an answer or a property has it as its type. `getSchemaPath` only writes the reference: it leads nowhere, the application starts all the same, and whoever generates a client from the document is the first to know.',
  fix: 'Put `@ApiExtraModels(Model)` on the class or the method that refers to it.',
  examples: {
    bad: [
      {
        path: 'src/payment.dto.ts',
        code: `
  import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
  import { Card, Transfer } from './means';
  export class Payment {
>   @ApiProperty({
>     oneOf: [{ $ref: getSchemaPath(Card) }, { $ref: getSchemaPath(Transfer) }],
>   })
    means: Card | Transfer;
  }`,
      },
      {
        path: 'src/orders.controller.ts',
        code: `
  import { Controller, Get } from '@nestjs/common';
  import { ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
  import { Order } from './order.dto';
  @Controller('orders')
  export class OrdersController {
    @Get()
>   @ApiOkResponse({ schema: { type: 'array', items: { $ref: getSchemaPath(Order) } } })
    list() {
      return this.orders.list();
    }
  }`,
      },
      {
        path: 'src/event.dto.ts',
        code: `
  import { ApiExtraModels, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
  @ApiExtraModels(Created)
  export class Event {
>   @ApiPropertyOptional({ anyOf: [{ $ref: getSchemaPath(Created) }, { $ref: getSchemaPath(Moved) }] })
    what?: Created | Moved;
  }`,
      },
    ],
    good: [
      {
        path: 'src/payment.dto.ts',
        code: `
  import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
  @ApiExtraModels(Card, Transfer)
  export class Payment {
    @ApiProperty({ oneOf: [{ $ref: getSchemaPath(Card) }, { $ref: getSchemaPath(Transfer) }] })
    means: Card | Transfer;
  }
  export class Fallback {
    @ApiProperty({ type: Cash })
    cash: Cash;
    @ApiProperty({ oneOf: [{ $ref: getSchemaPath(Cash) }, { type: 'null' }] })
    change: Cash | null;
  }`,
      },
      {
        path: 'src/paginated.ts',
        code: `
  import { applyDecorators } from '@nestjs/common';
  import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
  export const ApiPaginated = (model) =>
    applyDecorators(ApiExtraModels(Page, model), ApiOkResponse({ schema: { $ref: getSchemaPath(Page) } }));`,
      },
    ],
  },
  *check({ code }) {
    for (const { name, line, endLine } of code?.unlistedModels ?? [])
      yield { line, endLine, because: `Nothing in this file adds \`${name}\` to the document.` };
  },
});
