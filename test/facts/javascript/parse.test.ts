import { describe, expect, test } from '@jest/globals';
import { parseSource } from '../../../src/facts/javascript/parse.ts';

describe('what cannot be parsed says why', () => {
  test('types of Flow are named, since nobody can mend them', () => {
    const typed = 'export const name = (user: ?User): string => (user.name: string);\n';
    expect(() => parseSource('src/a.js', `/* @flow strict */\n${typed}`)).toThrow(
      expect.objectContaining({ name: 'Flow types are not read' }),
    );
    expect(() => parseSource('src/a.js', typed)).toThrow(expect.objectContaining({ name: 'TSError' }));
    expect(() => parseSource('src/a.ts', `// @flow\n${typed}`)).toThrow(expect.objectContaining({ name: 'TSError' }));
  });

  test('a file with the pragma whose types TypeScript reads as well is read', () => {
    expect(parseSource('src/a.js', '// @flow\nexport const one = (a: number) => a;\n').body).toHaveLength(1);
  });
});
