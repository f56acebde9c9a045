import { defineRule } from '../define-rule.ts';

/** Schemas that check a page size from below only. */
export const pageSizeWithoutMaximum = defineRule({
  id: 'page-size-without-maximum',
  lesson: 3,
  severity: 'warning',
  summary: 'The page size is not checked from above: give it a maximum.',
  why: 'A schema that refuses 0 and takes 10,000,000 lets one request read the table into memory. Everybody who uses the schema trusts that it has done the checking, so nobody behind it caps the number again.',
  fix: 'Add `@Max(100)`, `.max(100)` or `maximum: 100` beside the minimum, and say so in the API’s description. Clients that need everything get a cursor or an export.',
  examples: {
    bad: [
      {
        path: 'src/paging.dto.ts',
        code: `
  import { Type } from 'class-transformer';
  import { IsInt, IsOptional, Min } from 'class-validator';
  export class PagingQuery {
    @IsOptional()
    @IsInt()
    @Min(0)
    offset = 0;

>   @IsOptional()
>   @Type(() => Number)
>   @IsInt()
>   @Min(1)
>   limit = 20;
  }`,
      },
      {
        path: 'src/parcels.schema.ts',
        code: `
  import { z } from 'zod';
  export const ParcelQuery = z.object({
    sender: z.string().optional(),
    cursor: z.string().optional(),
>   take: z.coerce.number().int().min(1).default(25),
  });`,
      },
      {
        path: 'src/boxes.schema.js',
        code: `
  const Joi = require('joi');
  exports.listBoxes = {
    query: Joi.object({
      page: Joi.number().integer().min(1).default(1),
>     perPage: Joi.number().integer().min(1).default(30),
    }),
  };`,
      },
      {
        path: 'src/parcels.router.ts',
        code: `
  import { z } from 'zod';
  import { procedure, router } from './trpc';
  export const parcels = router({
    latest: procedure
>     .input(z.object({ take: z.number().optional() }))
      .query(({ input, ctx }) => ctx.db.parcel.findMany({ take: input.take ?? 20 })),
  });`,
      },
    ],
    good: [
      {
        path: 'src/boxes.router.ts',
        code: `
  import { z } from 'zod';
  import { procedure, router } from './trpc';
  export const boxes = router({
    latest: procedure
      .input(z.object({ take: z.number().max(50).default(20) }))
      .output(z.object({ take: z.number(), boxes: z.array(Box) }))
      .query(({ input, ctx }) => ctx.db.box.findMany({ take: input.take })),
  });`,
      },
      {
        path: 'src/paging.dto.ts',
        code: `
  import { IsInt, IsOptional, Max, Min } from 'class-validator';
  import { IsPageSize } from './is-page-size';
  export class PagingQuery {
    @IsOptional() @IsInt() @Min(0) offset = 0;
    @IsOptional() @IsInt() @Min(1) @Max(100) limit = 20;
  }
  export class CursorQuery {
    @IsOptional() cursor?: string;
    @IsInt() @IsPageSize() limit = 20;
  }
  export class PagingResponse {
    @IsInt() @Min(0) offset: number;
    @IsInt() @Min(1) limit: number;
  }`,
      },
      {
        path: 'src/parcels.schema.ts',
        code: `
  import { z } from 'zod';
  import { MAX_ROWS, pageSize } from './limits';
  export const ParcelQuery = z.object({
    cursor: z.string().optional(),
    take: z.coerce.number().int().min(1).max(MAX_ROWS).default(25),
  });
  export const BoxQuery = z.object({ page: z.number().min(1), limit: pageSize.default(25) });
  export const ParcelPage = z.object({
    items: z.array(Parcel),
    page: z.number().min(1),
    limit: z.number().min(1),
    total: z.number(),
  });
  export const Quota = z.object({ limit: z.number().min(1).default(60) });`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { of, line, endLine, explained } of code.pageSizes)
      if (!explained) yield { line, endLine, because: `\`${of}\` may be as large as the client likes.` };
  },
});
