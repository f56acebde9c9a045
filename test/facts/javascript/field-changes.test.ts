import { describe, expect, test } from '@jest/globals';
import { readFieldChanges } from '../../../src/facts/javascript/field-changes.ts';
import { treeOf } from '../../../src/facts/javascript/planted.ts';

const changes = (before: string, after: string) =>
  readFieldChanges(treeOf('src/a.ts', after), before).map(({ field, change }) => `${field} ${change}`);
const dto = (fields: string, decorators = '', name = 'NewOrder') =>
  `${decorators}\nexport class ${name} {\n  @IsString() item: string;\n  ${fields}\n}`;

describe('the class of a request', () => {
  test.each([
    ['a checked field', '@IsInt() count: number;', ['count new-required']],
    ['a field with `?`', '@IsInt() count?: number;', []],
    ['a field that may be left out', '@IsOptional() @IsInt() count: number;', []],
    ['a field with a value', '@IsInt() count: number = 1;', []],
    ['a field that is checked only sometimes', '@ValidateIf((one) => one.bulk) @IsInt() count: number;', []],
    ['a field that nothing checks', 'count: number;', []],
  ])('%s that is new', (_, field, expected) => {
    expect(changes(dto(''), dto(field))).toEqual(expected);
  });
  test('a list of values that shrinks, a field that is gone', () => {
    expect(changes(dto(`@IsIn(['a', 'b']) kind: string;`), dto(`@IsIn(['a']) kind: string;`))).toEqual([
      'kind value-removed',
    ]);
    expect(changes(dto('@IsInt() count: number;'), dto(''))).toEqual(['count removed']);
  });
  test.each(['@Entity()', '@ObjectType()', '@ArgsType()'])('%s is no request', (decorator) => {
    expect(changes(dto('', decorator), dto('@IsInt() count: number;', decorator))).toEqual([]);
  });
  test('what a server answers or is configured with is no request', () => {
    for (const name of ['OrderResponse', 'EnvironmentVariables', 'MailOptions'])
      expect(changes(dto('', '', name), dto('@IsInt() count: number;', '', name))).toEqual([]);
  });
});

describe('a schema without a variable', () => {
  const path = (code: (fields: string) => string) =>
    readFieldChanges(treeOf('src/a.js', code('a: z.string(), b: z.string()')), code('a: z.string()')).map(
      ({ schema, field, change }) => `${schema} ${field} ${change}`,
    );
  test.each([
    ["app.post('/a', check('json', z.object({ $ })), (c) => c.json({}));", 'POST /a.json'],
    ['exports.newNote = z.object({ $ });', 'newNote'],
    ['module.exports = { newNote: z.object({ $ }) };', 'newNote'],
    ["const newNote = z.object({ $ }).describe('A note');", 'newNote'],
  ])('is known by its place: %s', (code, schema) => {
    expect(path((fields) => code.replace('$', fields))).toEqual([`${schema} b new-required`]);
  });
});
