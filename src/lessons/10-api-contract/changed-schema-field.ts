import { defineRule } from '../define-rule.ts';

const what = {
  'new-required': 'is new and required: who does not send it yet is refused.',
  'now-required': 'was optional and is required now: who leaves it out is refused.',
  removed: 'is gone: what clients send there is dropped or refused.',
  'value-removed': 'no longer accepts a value that clients may send.',
  narrowed: 'refuses what it took before.',
} as const;

/** Schemas in code that became stricter. */
export const changedSchemaField = defineRule({
  id: 'changed-schema-field',
  lesson: 10,
  severity: 'warning',
  summary: 'A schema asks more of its senders than before: keep old senders working.',
  why: 'Clients, other services and messages already in a queue were written for the old schema and are not deployed together with this change. A new required field refuses all of them from the first second on.',
  fix: 'Make the field optional or give it a default, accept the old value beside the new one, and tighten only when the last old sender is gone.',
  examples: {
    bad: [
      {
        path: 'src/order.ts',
        before: `
  import { z } from 'zod';
  export const NewOrder = z.object({
    item: z.string(),
  });`,
        code: `
  import { z } from 'zod';
  export const NewOrder = z.object({
    item: z.string(),
>   currency: z.string(),
  });`,
      },
      {
        path: 'src/member.ts',
        before: `
  import { Type } from '@sinclair/typebox';
  export const NewMember = Type.Object({
    name: Type.String(),
    phone: Type.Optional(Type.String()),
  });`,
        code: `
  import { Type } from '@sinclair/typebox';
  export const NewMember = Type.Object({
    name: Type.String(),
>   phone: Type.String(),
  });`,
      },
      {
        path: 'src/note.js',
        before: `
  import Joi from 'joi';
  export const note = Joi.object({
    text: Joi.string().required(),
    color: Joi.string(),
  });`,
        code: `
  import Joi from 'joi';
  export const note = Joi.object({
    text: Joi.string().required(),
>   color: Joi.string().required(),
  });`,
      },
      {
        path: 'src/new-order.dto.ts',
        before: `
  import { IsOptional, IsString } from 'class-validator';
  export class NewOrder {
    @IsString()
    item: string;
    @IsOptional()
    @IsString()
    note?: string;
  }`,
        code: `
  import { IsISO4217CurrencyCode, IsOptional, IsString } from 'class-validator';
  export class NewOrder {
    @IsString()
    item: string;
>   @IsISO4217CurrencyCode()
>   currency: string;
    @IsOptional()
    @IsString()
    note?: string;
  }`,
      },
      {
        path: 'src/move.input.ts',
        before: `
  import { Field, InputType, Int } from '@nestjs/graphql';
  @InputType()
  export class Move {
    @Field(() => Int)
    from: number;
    @Field(() => Int, { nullable: true })
    to?: number;
  }`,
        code: `
  import { Field, InputType, Int } from '@nestjs/graphql';
  @InputType()
  export class Move {
    @Field(() => Int)
    from: number;
>   @Field(() => Int)
>   to: number;
  }`,
      },
      {
        path: 'src/review.ts',
        before: `
  import { z } from 'zod';
  export const NewReview = z.object({
    text: z.string().min(1).max(2000),
  });`,
        code: `
  import { z } from 'zod';
  export const NewReview = z.object({
>   text: z.string().min(1).max(500),
  });`,
      },
    ],
    good: [
      {
        path: 'src/review.ts',
        before: `
  import { z } from 'zod';
  export const NewReview = z.object({
    text: z.string().max(500),
    stars: z.number(),
  });`,
        code: `
  import { z } from 'zod';
  export const NewReview = z.object({
    text: z.string().max(2000),
    stars: z.number().min(1).max(5),
  });`,
      },
      {
        path: 'src/new-order.dto.ts',
        before: `
  import { IsString } from 'class-validator';
  export class NewOrder {
    @IsString()
    item: string;
  }
  export class OrderResponse {
    @IsString()
    id: string;
  }`,
        code: `
  import { ApiPropertyOptional } from '@nestjs/swagger';
  import { IsIn, IsInt, IsOptional, IsString } from 'class-validator';
  export class NewOrder {
    @IsString()
    item: string;
    @IsOptional()
    @IsString()
    note?: string;
    @IsInt()
    count: number = 1;
    @ApiPropertyOptional()
    @IsIn(['EUR', 'CHF'])
    currency?: string;
  }
  export class OrderResponse {
    @IsString()
    id: string;
    @IsString()
    state: string;
  }`,
      },
      {
        path: 'src/order.ts',
        before: `
  import { z } from 'zod';
  export const NewOrder = z.object({
    item: z.string(),
  });`,
        code: `
  import { z } from 'zod';
  export const NewOrder = z.object({
    item: z.string(),
    currency: z.string().default('EUR'),
    note: z.string().optional(),
  });`,
      },
    ],
  },
  *check({ code }) {
    for (const { line, endLine, schema, field, change, value } of code?.fieldChanges ?? []) {
      if (change === 'unanswered') continue;
      const because = `\`${field}\` of \`${schema}\` ${what[change]}`;
      if (change === 'removed') yield { line, endLine, side: 'before', because, severity: 'notice' };
      else yield { line, endLine, because: value === undefined ? because : `${because.slice(0, -1)} (\`${value}\`).` };
    }
  },
});
