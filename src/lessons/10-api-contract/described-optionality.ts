import { defineRule } from '../define-rule.ts';

/** Documentation of a field that says otherwise than its type. */
export const describedOptionality = defineRule({
  id: 'described-optionality',
  lesson: 10,
  severity: 'warning',
  summary: 'The documentation says whether a field may be missing, and the type says otherwise: let both agree.',
  why: 'Clients are generated from the description. A field documented as required that may be missing breaks them when it is; one documented as optional makes every client handle an absence that never happens.',
  fix: 'Use `@ApiPropertyOptional()` on `field?: T` and `@ApiProperty()` on `field: T`, or leave it to the Swagger plugin of the Nest CLI, which reads the types. `required: true` is the default and need not be said.',
  examples: {
    bad: [
      {
        path: 'src/member.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Member {
>   @ApiProperty()
>   nickname?: string;
  }`,
      },
      {
        path: 'src/order.dto.ts',
        code: `
  import { ApiPropertyOptional } from '@nestjs/swagger';
  export class Order {
>   @ApiPropertyOptional()
>   total: number;
  }`,
      },
      {
        path: 'src/note.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Note {
>   @ApiProperty({ description: 'Free text' })
>   text: string | undefined;
  }`,
      },
    ],
    good: [
      {
        path: 'src/member.dto.ts',
        code: `
  import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
  export class Member {
    @ApiProperty()
    name: string;
    @ApiPropertyOptional()
    nickname?: string;
    @ApiProperty({ required: false })
    city?: string;
  }`,
      },
      {
        path: 'src/member-query.dto.ts',
        code: `
  import { ApiPropertyOptional } from '@nestjs/swagger';
  import { IsOptional, IsString } from 'class-validator';
  export class MemberQuery {
    @ApiPropertyOptional()
    @IsOptional()
    @IsString()
    nickname: string;
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { described, optional, mayBeLeftOut, typed, name, line, endLine } of code?.describedFields ?? []) {
      if (described === undefined || !typed || (described === 'optional') === optional) continue;
      // The description is true to what is accepted; only the type of the field is not.
      if (described === 'optional' && mayBeLeftOut) continue;
      const says = optional
        ? 'may be missing and is described as required'
        : 'is always there and is described as optional';
      // The other way round a client only does too much.
      yield {
        line,
        endLine,
        because: `${name === '' ? 'This field' : `\`${name}\``} ${says}.`,
        ...(optional ? {} : { severity: 'notice' as const }),
      };
    }
  },
});
