import { describe, expect, test } from '@jest/globals';
import { readFieldChanges } from '../../../src/facts/javascript/field-changes.ts';
import { treeOf } from '../../../src/facts/javascript/planted.ts';

const changed = (before: string, after: string) =>
  readFieldChanges(treeOf('src/a.ts', after), before).map(({ change, value, line, endLine }) => [
    change,
    value,
    line,
    endLine,
  ]);
const field = (schema: string, builder = 'z') =>
  `export const NewParcel = ${builder}.object({\n  note: ${schema},\n});`;
const dto = (decorators: string) => `export class NewParcel {\n  @IsDefined()\n  ${decorators}\n}`;

describe('the bounds of a field', () => {
  test.each([
    ['z.string().max(500)', 'z.string().max(100)', 'at most 500 → 100'],
    ['z.string().min(1)', 'z.string().min(8)', 'at least 1 → 8'],
    ['z.array(z.string()).max(50)', 'z.array(z.string()).max(10)', 'at most 50 → 10'],
    ['z.number().gte(-5)', 'z.number().gte(0)', 'at least -5 → 0'],
    ['z.string()', 'z.number()', 'string → number'],
  ])('from %s to %s are narrower', (before, after, value) => {
    expect(changed(field(before), field(after))).toEqual([['narrowed', value, 2, 2]]);
  });

  test.each([
    ['a bound where none was is a check that was missing', 'z.string()', 'z.string().max(100)'],
    ['a wider bound', 'z.string().max(100)', 'z.string().max(500)'],
    ['what converts takes both', 'z.string()', 'z.coerce.number()'],
    ['a union takes both', 'z.string()', 'z.string().or(z.number())'],
    ['the bounds of the items are not those of the list', 'z.array(z.string().max(9))', 'z.array(z.string()).max(5)'],
  ])('%s', (_, before, after) => {
    expect(changed(field(before), field(after))).toEqual([]);
  });

  test('are read in the notations of Joi, valibot and TypeBox, down to the last line of a chain', () => {
    expect(changed(field('Joi.string().max(9)', 'Joi'), field('Joi.string().max(5)', 'Joi'))).toHaveLength(1);
    const piped = (max: number) => field(`v.pipe(v.string(), v.maxLength(${max}))`, 'v');
    expect(changed(piped(9), piped(5))).toHaveLength(1);
    const typed = (max: number) => `const A = Type.Object({\n  note: Type.String({\n    maxLength: ${max},\n  }),\n});`;
    expect(changed(typed(9), typed(5))).toEqual([['narrowed', 'at most 9 → 5', 2, 4]]);
  });

  test('are read from the decorators of a class, whose transformations take other kinds', () => {
    expect(changed(dto('@MaxLength(90) note: string;'), dto('@MaxLength(40) note: string;'))).toEqual([
      ['narrowed', 'at most 90 → 40', 2, 3],
    ]);
    expect(changed(dto('@Length(1, 9) note: string;'), dto('@Length(3, 9) note: string;'))).toHaveLength(1);
    expect(changed(dto('note: string;'), dto('note: number;'))).toHaveLength(1);
    expect(changed(dto('note: string;'), dto('@Type(() => Number) note: number;'))).toEqual([]);
  });
});
