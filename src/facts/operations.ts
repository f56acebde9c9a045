import type { Problem } from './sql.ts';

/** Files that say how the program is built, run and reached. Owned by the operations reader. */
export interface OperationsFacts {
  readonly format:
    | 'dockerfile'
    | 'compose'
    | 'kubernetes'
    | 'helm-template'
    | 'helm-values'
    | 'workflow'
    | 'nginx'
    | 'haproxy'
    | 'proxy';
  readonly problems: readonly Problem[];
}

/** The problems of an operations file that one rule teaches. */
export function operationsProblems(facts: { readonly operations?: OperationsFacts }, rule: string): readonly Problem[] {
  return facts.operations?.problems.filter((problem) => problem.rule === rule) ?? [];
}
