import type { Node } from './parse.ts';

/** A comment of a source; lines are 1-based. */
export interface Comment {
  /** What stands between its marks. */
  readonly value: string;
  readonly range: readonly [number, number];
  readonly line: number;
  readonly endLine: number;
}

/**
 * The comments of a source, in order. The parser lists them too, but walks every token again for it, which makes a third of
 * its time: here they are what begins like a comment outside the literals, the only places where that may be anything else.
 *
 * @param literals all strings, patterns, pieces of templates and texts of JSX, in any order
 */
export function commentsOf(text: string, literals: Iterable<Node>): readonly Comment[] {
  const starts: number[] = [];
  for (const { index } of text.matchAll(/\/[/*]/g)) starts.push(index);
  if (starts.length === 0) return [];
  const inLiteral = new Set<number>();
  for (const { range } of literals)
    for (let i = firstFrom(starts, range[0]); i < starts.length && (starts[i] as number) < range[1]; i++)
      inLiteral.add(starts[i] as number);
  const lines = lineStarts(text);
  const comments: Comment[] = [];
  // `#!/usr/bin//node`: a shebang is no comment, whatever it holds.
  let after = text.startsWith('#!') ? (lines[1] ?? text.length) : 0;
  for (const start of starts) {
    if (start < after || inLiteral.has(start)) continue;
    const line = firstFrom(lines, start + 1);
    const block = text[start + 1] === '*';
    const end = block ? text.indexOf('*/', start + 2) : endOfLine(text, lines[line] ?? text.length);
    // What never ends is a text that the parser mended.
    if (end < 0) break;
    after = block ? end + 2 : end;
    comments.push({
      value: text.slice(start + 2, end),
      range: [start, after],
      line,
      endLine: firstFrom(lines, after),
    });
  }
  return comments;
}

/** Position in a sorted list of the first number that is not smaller. */
function firstFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return starts;
}

/** Where a line's text ends, by where the next line begins. */
function endOfLine(text: string, next: number): number {
  let end = next;
  while (/[\n\r\u2028\u2029]/.test(text[end - 1] ?? '')) end--;
  return end;
}
