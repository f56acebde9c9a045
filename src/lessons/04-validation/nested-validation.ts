import { defineRule } from '../define-rule.ts';

/** Nested validation that does not fit the field. */
export const nestedValidation = defineRule({
  id: 'nested-validation',
  lesson: 4,
  severity: 'warning',
  summary: 'Nested validation does not fit the field: arrays need `each: true`, single values must not have it.',
  why: 'Without `each`, class-validator looks at an array as at one object and checks none of its elements, so anything may be inside. With `each` on a single object it iterates over what is no list.',
  fix: 'Write `@ValidateNested({ each: true })` with `@Type(() => Item)` on arrays, and `@ValidateNested()` on single objects.',
  examples: {
    bad: [
      {
        path: 'src/order.dto.ts',
        code: `
  import { ValidateNested } from 'class-validator';
  export class NewOrder {
>   @ValidateNested()
>   lines: Line[];
  }`,
      },
      {
        path: 'src/team.dto.ts',
        code: `
  import { ValidateNested } from 'class-validator';
  export class NewTeam {
>   @ValidateNested()
>   members: Array<Member>;
  }`,
      },
      {
        path: 'src/box.dto.ts',
        code: `
  import { ValidateNested } from 'class-validator';
  export class NewBox {
>   @ValidateNested({ each: true })
>   lid: Lid;
  }`,
      },
    ],
    good: [
      {
        path: 'src/order.dto.ts',
        code: `
  import { Type } from 'class-transformer';
  import { ValidateNested } from 'class-validator';
  export class NewOrder {
    @ValidateNested({ each: true })
    @Type(() => Line)
    lines: Line[];
    @ValidateNested()
    address: Address;
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { nestedEach, array, typed, simple, name, line, endLine } of code?.describedFields ?? []) {
      if (nestedEach === undefined || !typed || nestedEach === array) continue;
      // A type of another file may be a list.
      if (nestedEach && !simple) continue;
      const because = array
        ? `\`${name}\` is an array and its elements are not checked.`
        : `\`${name}\` is a single value.`;
      yield { line, endLine, because };
    }
  },
});
