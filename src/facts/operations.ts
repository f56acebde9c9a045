import type { Problem } from './sql.ts';

/** Dockerfile, compose, Kubernetes, Helm, workflow and proxy files. Owned by the operations reader. */
export interface OperationsFacts {
  readonly format: string;
  readonly problems: readonly Problem[];
}
