import type { Problem } from '../../sql.ts';
import type { Documents } from '../documents.ts';
import type { Tree } from '../tree.ts';

/** A node and the references that led to it, outermost first: a finding may have to stand on the reference. */
export interface Spot {
  readonly node: Tree;
  readonly via: readonly Tree[];
}

/** A problem and the file it stands in. */
export interface PlacedProblem extends Problem {
  readonly path: string;
}

/** Which way data flows: what the client sends may not be narrowed, what it receives may not be widened. */
export type Direction = 'request' | 'response';

/** Lines that the change touches, by file, on either side, ascending. */
export interface ChangedLines {
  added(path: string): readonly number[];
  removed(path: string): readonly number[];
}

/** The lines of an ascending list that stand between two lines, both included. Found by halving: asked for every finding. */
export function linesWithin(lines: readonly number[], from: number, to: number): readonly number[] {
  const start = firstNotBelow(lines, from);
  return lines.slice(start, firstNotBelow(lines, to + 1));
}

function firstNotBelow(lines: readonly number[], wanted: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One comparison of a contract between base and head, and what it has found so far. */
export interface Comparison {
  readonly before: Documents;
  readonly after: Documents;
  readonly lines: ChangedLines;
  /** ISO date that decides whether a sunset has passed. */
  readonly today: string;
  readonly found: Map<string, PlacedProblem>;
  readonly notes: Set<string>;
  /** Pairs of schemas already compared in a direction: cycles end here and shared components are compared once. */
  readonly compared: Set<string>;
  /** Steps left; when spent the comparison stops where it is. */
  readonly budget: { steps: number };
}

/** Compares two schemas; handed down so that the parts of the comparison do not import each other in a circle. */
export type Compare = (
  c: Comparison,
  direction: Direction,
  before: readonly Spot[],
  after: readonly Spot[],
  subject: string,
) => void;

/** A name of the contract, short enough for a sentence and unable to end a code span. */
export function short(name: string): string {
  return name.slice(0, 60).replaceAll('`', "'");
}

export type Grade = 'error' | 'warning' | 'notice';

/** States a problem of the head: on the innermost node of the spot that the change touches, else on the node. */
export function reportAfter(c: Comparison, rule: string, grade: Grade, at: Spot, because: string): void {
  const chain = [at.node, ...at.via.toReversed()];
  for (const node of chain) {
    const touched = linesWithin(c.lines.added(node.path), node.line, node.endLine);
    const [first, last] = [touched[0], touched.at(-1)];
    if (first === undefined || last === undefined) continue;
    add(c, { path: node.path, rule, severity: grade, line: first, endLine: contiguous(touched, first, last), because });
    return;
  }
  add(c, {
    path: at.node.path,
    rule,
    severity: grade,
    line: at.node.line,
    endLine: at.node.line,
    because,
    anywhere: true,
  });
}

/**
 * States that something of the base is gone: on the removed lines where there are some, else on the place of the head
 * that took its parent's part.
 */
export function reportGone(
  c: Comparison,
  rule: string,
  grade: Grade,
  gone: Spot,
  parent: Spot | undefined,
  because: string,
): void {
  for (const node of [gone.node, ...gone.via.toReversed()]) {
    const touched = linesWithin(c.lines.removed(node.path), node.line, node.endLine);
    const [first, last] = [touched[0], touched.at(-1)];
    if (first === undefined || last === undefined) continue;
    add(c, {
      path: node.path,
      rule,
      severity: grade,
      line: first,
      endLine: contiguous(touched, first, last),
      side: 'before',
      because,
      anywhere: true,
    });
    return;
  }
  if (parent) reportAfter(c, rule, grade, parent, because);
}

/** Names a change that breaks nobody, for the check's summary. */
export function note(c: Comparison, text: string): void {
  if (c.notes.size < 50) c.notes.add(text);
}

function add(c: Comparison, problem: PlacedProblem): void {
  const key = [problem.path, problem.side, problem.line, problem.endLine, problem.rule].join(' ');
  const known = c.found.get(key);
  if (!known || (known.severity !== 'error' && problem.severity === 'error')) c.found.set(key, problem);
}

/** The end of the run of touched lines that starts at `first`; gaps of one line (a blank, a comment) do not end it. */
function contiguous(touched: readonly number[], first: number, last: number): number {
  let end = first;
  for (const line of touched) {
    if (line > end + 2) return end;
    end = line;
  }
  return last;
}
