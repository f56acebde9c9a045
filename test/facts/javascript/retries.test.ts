import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

function retriesIn(body: string) {
  const { retries } = codeOf('src/ask.ts', `export async function ask(url, list) { ${body} }`);
  return retries.map(({ form, limited }) => `${form} ${limited ? 'limited' : 'endless'}`);
}

describe('a loop that asks until the answer is a good one', () => {
  test('is stated where it does not pause', () => {
    expect(retriesIn('for (;;) { const a = await fetch(url); if (a.ok) return a; }')).toEqual(['answer endless']);
    expect(retriesIn('let a; do { a = await fetch(url); } while (!a.ok);')).toEqual(['answer endless']);
    expect(retriesIn('for (let i = 0; i < 5; i++) { const a = await fetch(url); if (a.ok) return a; }')).toEqual([
      'answer limited',
    ]);
  });

  test('is none where it pauses, asks for something else, or tries twice', () => {
    expect(retriesIn('for (;;) { const a = await fetch(url); if (a.ok) return a; await sleep(100); }')).toEqual([]);
    expect(
      retriesIn(
        'let at = url; while (at) { const a = await fetch(at); if (!a.ok) break; at = (await a.json()).next; }',
      ),
    ).toEqual([]);
    expect(
      retriesIn('for (let i = 0; i < list.length; i++) { const a = await fetch(list[i]); if (a.ok) return a; }'),
    ).toEqual([]);
    expect(
      retriesIn('for (let i = 0; i < 2; i++) { const a = await fetch(url); if (a.status !== 401) return a; }'),
    ).toEqual([]);
  });
});
