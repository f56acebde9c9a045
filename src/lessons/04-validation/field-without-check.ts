import { defineRule } from '../define-rule.ts';

/** Fields of a checked class of which only the presence is checked. */
export const fieldWithoutCheck = defineRule({
  id: 'field-without-check',
  lesson: 4,
  severity: 'warning',
  summary: 'Only the presence of this field is checked: say what it may be.',
  why: '`@IsOptional()` skips the other checks when the field is missing; where there are no others, everything passes. The type in the class is gone at run time, so a client may send an object where the code expects a string, and it arrives in the query or in the template as an object.',
  fix: 'Add the check of the type beside it: `@IsString()`, `@IsInt()`, `@IsEnum(Status)`, `@ValidateNested()` with `@Type(…)`.',
  examples: {
    bad: [
      {
        path: 'src/search-parcels.dto.ts',
        code: `
  import { ApiPropertyOptional } from '@nestjs/swagger';
  import { IsInt, IsOptional, Min } from 'class-validator';
  export class SearchParcels {
    @IsOptional()
    @IsInt()
    @Min(1)
    page?: number;

>   @ApiPropertyOptional()
>   @IsOptional()
>   sender?: string;
  }`,
      },
      {
        path: 'src/new-review.dto.ts',
        code: `
  import { IsDefined, IsString } from 'class-validator';
  import { Stars } from './stars';
  export class NewReview {
    @IsString()
    text: string;
>   @IsDefined()
>   stars: Stars;
  }`,
      },
    ],
    good: [
      {
        path: 'src/search-parcels.dto.ts',
        code: `
  import { Type } from 'class-transformer';
  import { IsEnum, IsObject, IsOptional, IsString } from 'class-validator';
  import { IsPostcode } from './is-postcode';
  export class SearchParcels {
    @IsOptional() @IsString() sender?: string;
    @IsOptional() @IsEnum(Size) size?: Size;
    @IsOptional() @IsPostcode() postcode?: string;
    @IsOptional() @Type(() => Number) page?: number;
    @IsOptional() extra?: Record<string, unknown>;
  }
  export class ParcelView {
    @IsString() id: string;
    @IsOptional() sender?: string;
  }
  export class EnvironmentVariables {
    @IsString() DATABASE_URL: string;
    @IsOptional() SENTRY_DSN?: string;
  }`,
      },
      {
        path: 'src/parcels.args.ts',
        code: `
  import { ArgsType, Field } from '@nestjs/graphql';
  import { IsOptional, IsString } from 'class-validator';
  @ArgsType()
  export class ParcelArgs {
    @Field() @IsString() id: string;
    @Field({ nullable: true }) @IsOptional() sender?: string;
    @IsOptional() size?: Size;
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { name, type, line, endLine, explained } of code?.uncheckedFields ?? [])
      if (!explained)
        yield {
          line,
          endLine,
          because: `Other fields of the class are checked; ${name === '' ? 'this one' : `\`${name}\``} may be anything, not only \`${type}\`.`,
        };
  },
});
