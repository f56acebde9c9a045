import { describe, expect, test } from '@jest/globals';
import { plantTree } from '../../../src/facts/javascript/tree.ts';

const commentsOf = (text: string, path = 'a.ts') =>
  plantTree(path, text).comments.map(({ value, line, endLine }) => [value.trim(), line, endLine]);

describe('comments of a source', () => {
  test('are told by their lines, of one line and of several', () => {
    expect(commentsOf('a; // one\n/* two\n   three */ b;\r\n// last')).toEqual([
      ['one', 1, 1],
      ['two\n   three', 2, 3],
      ['last', 4, 4],
    ]);
  });

  test('hold whatever begins like another comment or a string', () => {
    expect(commentsOf('// a // b /* c\n/* d // e \' */ f; // "g')).toEqual([
      ['a // b /* c', 1, 1],
      ["d // e '", 2, 2],
      ['"g', 2, 2],
    ]);
  });

  test('are not what only looks like one in a string, a pattern, a template or a shebang', () => {
    expect(
      commentsOf('#!/usr/bin//node\nf("http://a", /\\/*x/, /[/]/*2, `//${`/*${b /* in */}`}*/`, 1 / 2 / 3);'),
    ).toEqual([['in', 2, 2]]);
  });

  test('stand in braces in JSX, whose text is none', () => {
    expect(commentsOf('const a = <a href="//b">http://c {/* said */} // d</a>; // end', 'a.tsx')).toEqual([
      ['said', 1, 1],
      ['end', 1, 1],
    ]);
  });
});
