import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const sizes = (code: string) => codeOf('src/a.ts', code).pageSizes.map(({ of, line }) => `${of} ${line}`);
const zod = (fields: string) => sizes(`import { z } from 'zod';\nexport const q = z.object({\n${fields}\n});`);

test('a page size that a schema bounds from below only is told', () => {
  expect(zod('page: z.coerce.number().min(1),\nlimit: z.coerce.number().default(20),')).toEqual(['limit 4']);
  expect(
    sizes(
      `import { Type } from '@sinclair/typebox';\nexport const q = Type.Object({ skip: Type.Integer(), take: Type.Integer({ minimum: 1 }) });`,
    ),
  ).toEqual(['take 2']);
});

test.each([
  ['a maximum of whatever name', 'page: z.number(),\nlimit: z.coerce.number().min(1).max(MOST),'],
  ['something made of it', 'page: z.number(),\nlimit: z.coerce.number().min(1).transform(atMost),'],
  ['no place to start from beside it', 'limit: z.coerce.number().min(1),'],
  ['a total beside it, as in an answer', 'page: z.number(),\nlimit: z.number().min(1),\ntotal: z.number(),'],
  ['no check at all, as where a client sends it', 'page: z.number().optional(),\nlimit: z.number().optional(),'],
])('it is not told with %s', (_, fields) => {
  expect(zod(fields)).toEqual([]);
});

test('it is not told where the file bounds what it reads', () => {
  const schema = `const q = z.object({ page: z.number().min(1), limit: z.number().min(1) });`;
  expect(sizes(`import { z } from 'zod';\n${schema}\nconst take = Math.min(q.parse(a).limit, 100);`)).toEqual([]);
  expect(
    sizes(`import { z } from 'zod';\n${schema}\nif (q.parse(a).limit > 100) throw new Error('too many');`),
  ).toEqual([]);
});

test('a class is read by its checks, unless one of them is not known', () => {
  const page = (checks: string) =>
    sizes(
      `import { IsInt, Min } from 'class-validator';\nclass Paging {\n@IsInt() offset = 0;\n${checks} limit = 20;\n}`,
    );
  expect(page('@IsInt() @Min(1)')).toEqual(['limit 4']);
  expect(page('@IsInt() @Min(1) @Max(100)')).toEqual([]);
  expect(page('@IsInt() @Min(1) @IsPageSize()')).toEqual([]);
});

test('a page size that a procedure takes is told with no check at all, and not where one bounds it or it is an answer', () => {
  const procedure = (chain: string) =>
    sizes(`import { z } from 'zod';\nexport const list = procedure${chain}.query(read);`);
  expect(procedure('.input(z.object({ limit: z.number().optional() }))')).toEqual(['limit 2']);
  expect(procedure('.input(z.object({ limit: z.number() }).optional())')).toEqual(['limit 2']);
  expect(procedure('.input(z.object({ limit: z.number().max(50) }))')).toEqual([]);
  expect(
    sizes(`import { z } from 'zod';\nconst plan = procedure.input(z.object({ limit: z.number() })).mutation(write);`),
  ).toEqual([]);
  expect(procedure('.output(z.object({ limit: z.number() }))')).toEqual([]);
  expect(procedure('.input(z.object({ limit: z.number() }).refine(few))')).toEqual([]);
});
