import { describe, expect, test } from '@jest/globals';
import { treeOf } from '../../../src/facts/javascript/planted.ts';

const text = (n: number) => `export const answer = ${n};\n`;

describe('trees by content', () => {
  test('the same text of a file is planted once, whoever asks', () => {
    expect(treeOf('src/a.ts', text(1))).toBe(treeOf('src/a.ts', text(1)));
  });

  test('a text that changed, or that stands in a file of another language, is another tree', () => {
    const before = treeOf('src/a.ts', text(2));
    expect(treeOf('src/a.ts', text(3))).not.toBe(before);
    const other = treeOf('src/a.js', text(2));
    expect(other).not.toBe(before);
    expect(other.path).toBe('src/a.js');
  });

  test('what does not parse says so each time', () => {
    expect(() => treeOf('src/b.ts', 'const = ;')).toThrow(expect.objectContaining({ name: 'TSError' }));
    expect(() => treeOf('src/b.ts', 'const = ;')).toThrow(expect.objectContaining({ name: 'TSError' }));
  });

  test('the tree that was used longest ago is forgotten, by number and by length of texts', () => {
    const first = treeOf('src/c.ts', text(10));
    for (let n = 0; n < 60; n++) treeOf(`src/${n}.ts`, text(1_000 + n));
    expect(treeOf('src/c.ts', text(10))).toBe(first);
    for (let n = 0; n < 64; n++) treeOf(`src/${n}.ts`, text(2_000 + n));
    const again = treeOf('src/c.ts', text(10));
    expect(again).not.toBe(first);
    for (let n = 0; n < 3; n++) treeOf(`src/long-${n}.ts`, `${text(n)}//${'-'.repeat(900_000)}\n`);
    expect(treeOf('src/c.ts', text(10))).not.toBe(again);
  });
});
