import { defineRule } from '../define-rule.ts';

/** A field's documentation pinned by hand to what its type says today. */
export const restatedOptionality = defineRule({
  id: 'restated-optionality',
  lesson: 10,
  severity: 'notice',
  summary:
    'The documentation repeats by hand that a field is required: leave it to the type, so that both change together.',
  why: 'What is written out wins over what the Swagger plugin reads from the type. The day the field gets its `?`, the description still says that it is always there, and every generated client believes it.',
  fix: 'Leave `required: true` out: it is what `@ApiProperty()` says by itself.',
  examples: {
    bad: [
      {
        path: 'src/member.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Member {
>   @ApiProperty({ required: true })
>   name: string;
  }`,
      },
      {
        path: 'src/order.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  import { IsPositive } from 'class-validator';
  export class Order {
>   @ApiProperty({
>     description: 'In cents',
>     required: true,
>   })
>   @IsPositive()
>   total!: number;
  }`,
      },
      {
        path: 'src/note.dto.ts',
        code: `
  import * as swagger from '@nestjs/swagger';
  export class Note {
>   @swagger.ApiProperty({ required: true, maxLength: 500 })
>   readonly text: string;
  }`,
      },
    ],
    good: [
      {
        path: 'src/member.dto.ts',
        code: `
  import { ApiParam, ApiProperty } from '@nestjs/swagger';
  export class Member {
    @ApiProperty({ description: 'As on the badge' })
    name: string;
    @ApiProperty({ required: false })
    nickname?: string;
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { restated, optional, typed, name, line, endLine } of code?.describedFields ?? []) {
      if (!restated || optional || !typed) continue;
      yield { line, endLine, because: `\`${name}\` is required by its type already.` };
    }
  },
});
