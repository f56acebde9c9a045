import { defineRule } from '../define-rule.ts';

/** Lists whose description does not say that they are, and the reverse. */
export const undescribedList = defineRule({
  id: 'undescribed-list',
  lesson: 10,
  severity: 'notice',
  summary: 'The field is a list and its description does not say of what, or the reverse: let both agree.',
  why: 'At run time TypeScript keeps of `string[]` that it is an array, and not of what. Without `isArray` or `type: [String]` the document has a list of nothing in particular, and generated clients a field they cannot use. (The Swagger plugin of the Nest CLI fills this in; then leave the decorator out.)',
  fix: 'Say `@ApiProperty({ type: [Line] })`, or `isArray: true` beside `enum`.',
  examples: {
    bad: [
      {
        path: 'src/order.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Order {
>   @ApiProperty()
>   tags: string[];
  }`,
      },
      {
        path: 'src/member.dto.ts',
        code: `
  import { ApiPropertyOptional } from '@nestjs/swagger';
  export class Member {
>   @ApiPropertyOptional({ enum: Role, enumName: 'Role' })
>   roles?: Array<Role>;
  }`,
      },
      {
        path: 'src/note.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Note {
>   @ApiProperty({ isArray: true, description: 'Free text' })
>   text: string;
  }`,
      },
    ],
    good: [
      {
        path: 'src/order.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Order {
    @ApiProperty({ type: [String] })
    tags: string[];
    @ApiProperty({ enum: State, isArray: true })
    states: State[];
    @ApiProperty({ type: () => [Line] })
    lines: Line[];
    @ApiProperty({ type: 'array', items: { type: 'number' } })
    sizes: number[];
    @ApiProperty({ ...shared })
    notes: string[];
    @ApiProperty()
    total: number;
  }`,
      },
      {
        path: 'src/order.dto.ts',
        code: `
  import { ApiProperty } from '@nestjs/swagger';
  export class Order {
    @ApiProperty()
    tags: string[];
  }`,
        context: { 'nest-cli.json': '{ "compilerOptions": { "plugins": ["@nestjs/swagger"] } }' },
      },
    ],
  },
  *check({ code }) {
    for (const field of code?.describedFields ?? []) {
      const { described, describedList, array, simple, name, line, endLine } = field;
      if (!described || describedList === undefined || describedList === array) continue;
      // What its type is called does not say that a thing is no list.
      if (!array && !simple) continue;
      const says = array ? 'is a list and is not described as one' : 'is described as a list and is none';
      yield { line, endLine, because: `\`${name}\` ${says}.` };
    }
  },
});
