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

describe('the class of an answer', () => {
  const described = (fields: string, name = 'Member', decorators = '') =>
    `${decorators}\nexport class ${name} {\n  @ApiProperty() id: string;\n  ${fields}\n}`;
  const field = '@ApiProperty() name: string;';
  test('may have more fields, and not fewer', () => {
    expect(changes(described(field), described(''))).toEqual(['name unanswered']);
    expect(changes(described(''), described(field))).toEqual([]);
  });
  test('may have its fields from another class', () => {
    const moved = described('').replace('Member', 'Member extends Person');
    expect(changes(described(field), moved)).toEqual([]);
  });
  test('is no class that clients fill in, and none that is stored', () => {
    expect(changes(described(field, 'CreateMember'), described('', 'CreateMember'))).toEqual([]);
    expect(changes(described(field, 'Member', '@Entity()'), described('', 'Member', '@Entity()'))).toEqual([]);
    expect(changes(described(`@IsInt() age: number;\n${field}`), described('@IsInt() age: number;'))).toEqual([]);
  });
});

describe('a schema that says what clients are answered', () => {
  const route = (fields: string, rest = '') =>
    `const Answer = z.object({ ${fields} });\n${rest}\nexport const read = createRoute({ responses: { 200: { content: { 'application/json': { schema: z.array(Answer) } } } } });`;
  test('may say more, and not less', () => {
    expect(changes(route('a: z.string()'), route('a: z.string(), b: z.number()'))).toEqual([]);
    expect(changes(route('a: z.string(), b: z.number()'), route('a: z.string()'))).toEqual(['b unanswered']);
    expect(changes(route('a: z.string(), passwordHash: z.string()'), route('a: z.string()'))).toEqual([]);
    expect(changes(route('a: z.string(), b: z.number()'), route('a: z.string(), ...rest'))).toEqual([]);
  });
  test('is one of requests too where it is used for them', () => {
    const asked = 'const make = (req) => Answer.parse(req.body);';
    expect(changes(route('a: z.string()', asked), route('a: z.string(), b: z.number()', asked))).toEqual([
      'b new-required',
    ]);
    expect(changes(route('a: z.string(), b: z.number()', asked), route('a: z.string()', asked))).toEqual(['b removed']);
  });
  test('of another server is no word of ours to clients', () => {
    const rates = (fields: string, from: string) =>
      `const Rates = z.object({ ${fields} });\nexport const load = async (answer, req) => Rates.parse(${from});`;
    const both = (from: string) => changes(rates('a: z.string()', from), rates('b: z.string()', from));
    expect(both('await answer.json()')).toEqual([]);
    expect(both('await req.json()')).toEqual(['b new-required', 'a removed']);
  });
  test('is known by the schema it is a part of, and by the step of a procedure', () => {
    const part = (fields: string) =>
      `const Line = z.object({ ${fields} });\nconst Bill = z.object({ lines: z.array(Line) });\napp.get('/a', async (c) => c.json(Bill.parse(await store.bill()), 200));`;
    expect(changes(part('a: z.string(), b: z.number()'), part('a: z.string()'))).toEqual(['b unanswered']);
    const procedure = (input: string, output: string) =>
      `export const notes = router({ add: open.input(z.object({ ${input} })).output(z.object({ ${output} })) });`;
    const before = procedure('a: z.string()', 'a: z.string(), b: z.number()');
    expect(changes(before, procedure('a: z.string(), c: z.string()', 'a: z.string()'))).toEqual([
      'c new-required',
      'b unanswered',
    ]);
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
