import type { Problem } from './sql.ts';

/** Dockerfile, compose, Kubernetes and workflow files. Owned by the operations reader. */
export interface OperationsFacts {
  readonly format: 'dockerfile' | 'kubernetes' | 'workflow';
  readonly problems: readonly Problem[];
}

/** The problems of an operations file that one rule teaches. */
export function operationsProblems(facts: { readonly operations?: OperationsFacts }, rule: string): readonly Problem[] {
  return facts.operations?.problems.filter((problem) => problem.rule === rule) ?? [];
}
