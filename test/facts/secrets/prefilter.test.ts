import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findWords, type HitLine } from '../../../src/facts/secrets/prefilter.ts';

function linesOf(words: readonly string[], text: string): HitLine[] {
  const lines: HitLine[] = [];
  findWords(words)(text, (line) => lines.push(line));
  return lines;
}

describe('the prefilter', () => {
  test('visits exactly the lines that hold a word, with their offsets', () => {
    const text = 'one\ntwo key\n\nthe keyring\nlast';
    expect(linesOf(['key'], text)).toEqual([
      { number: 2, start: 4, end: 11, hits: [{ word: 0, at: 8 }] },
      { number: 4, start: 13, end: 24, hits: [{ word: 0, at: 17 }] },
    ]);
  });

  test('finds words inside words and folds case', () => {
    const [line] = linesOf(['api', 'apikey', 'key'], 'MyApiKey');
    expect(line?.hits.map(({ word, at }) => [word, at]).sort()).toEqual([
      [0, 2],
      [1, 2],
      [2, 5],
    ]);
  });

  test('no word spans two lines', () => {
    expect(linesOf(['token'], 'tok\nen')).toEqual([]);
  });

  test('agrees with a plain search on any text', () => {
    const words = ['ab', 'abc', 'bca', 'a', 'cab', '-b'];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '-', '\n', 'é'), maxLength: 60 }), (text) => {
        const found = linesOf(words, text).flatMap(({ hits }) => hits.map(({ word, at }) => `${word}@${at}`));
        const plain = words.flatMap((word, index) =>
          [...Array(text.length).keys()]
            .filter((at) => text.toLowerCase().startsWith(word, at))
            .map((at) => `${index}@${at}`),
        );
        expect(found.sort()).toEqual(plain.sort());
      }),
    );
  });
});
