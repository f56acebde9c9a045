import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const unread = (body: string, name = 'store') =>
  codeOf(
    'src/a.ts',
    `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nasync function ${name}(rows) {\n${body}\n}`,
  ).unreadOutcomes.map(({ of, at }) => `${of} ${at}`);
const write = 'prisma.rate.create({ data: row })';

test('writes that are gathered at once, under a name or in a list are told', () => {
  expect(unread(`await Promise.allSettled(rows.map((row) => ${write}));`)).toEqual(['rate.create 4']);
  expect(unread(`const all = rows.map((row) => ${write});\nawait Promise.allSettled(all);`)).toEqual(['rate.create 4']);
  expect(unread(`const row = rows[0];\nawait Promise.allSettled([${write}]);`)).toEqual(['rate.create 5']);
});

test.each([
  ['somebody reads the outcome', `const all = await Promise.allSettled(rows.map((row) => ${write}));\nlog(all);`],
  ['it rejects', `await Promise.all(rows.map((row) => ${write}));`],
  ['each looks after itself', `await Promise.allSettled(rows.map((row) => ${write}.then(ok, log)));`],
  ['nothing is written', 'await Promise.allSettled(rows.map((row) => prisma.rate.findMany({ where: row, take: 1 })));'],
  ['it tidies up after a failure', `try { work(); } catch { await Promise.allSettled(rows.map((row) => ${write})); }`],
])('nothing is told where %s', (_, body) => {
  expect(unread(body)).toEqual([]);
});

test('nothing is told of a shutdown', () => {
  expect(unread(`await Promise.allSettled(rows.map((row) => ${write}));`, 'shutdown')).toEqual([]);
});
