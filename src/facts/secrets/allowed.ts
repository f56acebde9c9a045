import type { SecretAllowance } from '../secret.ts';
import type { Baseline } from './baselines.ts';
import type { Candidate } from './candidate.ts';
import { pragmaOn } from './pragmas.ts';

/** From here on a checksum proves the value real. */
const proven = 0.99;

/** A candidate that somebody let through: a comment on its line, or a baseline that names it. */
export interface Allowance extends SecretAllowance {
  /** `by` is the path of a baseline. */
  readonly isBaseline: boolean;
}

/**
 * What says of a candidate that it is to be let through: a comment in the language of another scanner, or a baseline. What
 * its own checksum proves real is not argued away.
 *
 * @param place the candidate's line: its number and its offsets in the text
 */
export function allowanceOf(
  { confidence, value, rule }: Candidate,
  { path, text, number, start, end }: Place,
  known?: Baseline,
): Allowance | undefined {
  if (confidence >= proven) return undefined;
  const pragma = pragmaOn(text, start, end);
  if (pragma) return { rule, line: pragma.above ? number - 1 : number, by: pragma.comment, isBaseline: false };
  const baseline = known?.(path, value, number);
  return baseline && { rule, line: number, by: baseline, isBaseline: true };
}

/** A line of a text, by its number and its offsets. */
interface Place {
  readonly path: string;
  readonly text: string;
  readonly number: number;
  readonly start: number;
  readonly end: number;
}
