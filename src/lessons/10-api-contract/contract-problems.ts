import type { Facts } from '../../facts/facts.ts';
import type { FileKind } from '../../review/rule.ts';
import type { Match } from '../../review/types.ts';

/** A contract is one wherever it lies: beside the code, under docs/ or spec/, or served from a public folder. */
export const contractKinds: readonly FileKind[] = ['production', 'config', 'docs', 'client', 'test', 'script'];

/** What the contract reader stated under a rule's name, as matches. */
export function* contractProblems(facts: Facts, rule: string): Iterable<Match> {
  for (const problem of facts.contract?.problems ?? []) {
    if (problem.rule !== rule) continue;
    const { line, endLine, because, side, severity, anywhere } = problem;
    yield {
      line,
      endLine,
      because,
      ...(side && { side }),
      ...(severity && { severity }),
      ...(anywhere && { anywhere }),
    };
  }
}
