import type { SourceFile } from '../../../review/types.ts';
import type { Documents } from '../documents.ts';
import type { Tree } from '../tree.ts';
import type { Grade } from './change.ts';

/** What every check of a document gets: where it is, what it can look up, and how it states a problem. */
export interface Check {
  readonly documents: Documents;
  readonly root: Tree;
  readonly version: number;
  /** The changed file at hand: examples are validated where it changed only. */
  readonly file: SourceFile;
  report(rule: string, grade: Grade, at: Tree, because: string, wholeNode?: boolean): void;
}
