import type { TSESTree } from '@typescript-eslint/typescript-estree';

/** Where the lines of a text begin, by the line ends of ECMAScript. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return starts;
}

/** Position in a sorted list of the first number that is not smaller. */
export function firstFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a node stands, in lines and columns: counted when asked for, since of most nodes nobody asks. */
export class Location implements TSESTree.SourceLocation {
  readonly #lines: () => readonly number[];
  readonly #range: readonly [number, number];

  constructor(lines: () => readonly number[], range: readonly [number, number]) {
    this.#lines = lines;
    this.#range = range;
  }

  get start(): TSESTree.Position {
    return positionOf(this.#lines(), this.#range[0]);
  }

  get end(): TSESTree.Position {
    return positionOf(this.#lines(), this.#range[1]);
  }
}

function positionOf(lines: readonly number[], offset: number): TSESTree.Position {
  const line = firstFrom(lines, offset + 1);
  return { line, column: offset - (lines[line - 1] as number) };
}
