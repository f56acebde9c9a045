import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

describe('code made to be hard to read', () => {
  test('a class that extends a value of its own type costs no other fact', () => {
    const code = codeOf(
      'a.ts',
      'let a: B;\nclass B extends a {}\na.run();\nconst users = await prisma.user.findMany();',
    );
    expect(code.dataCalls.map(({ verb }) => verb)).toEqual(['findMany']);
  });
});
