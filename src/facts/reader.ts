import type { Snapshot, SourceFile } from '../review/types.ts';
import type { Facts } from './facts.ts';
import type { Project } from './project.ts';

/** One language's answer to the rules' questions: a folder of `facts/` exports one of these. */
export interface Reader {
  readonly id: string;
  /** Whether this reader has anything to say of the path. Cheap: called for every file and reader. */
  reads(path: string): boolean;
  /**
   * States the facts of one changed file. `file.after` is absent for a removed file.
   *
   * @throws any error: it becomes a Fault on this file and the other readers go on
   */
  read(
    file: SourceFile,
    project: Project,
  ): Partial<
    Pick<Facts, 'code' | 'sql' | 'schema' | 'contract' | 'operations' | 'secrets' | 'allowed' | 'baselined'>
  > & {
    /** Parts that could not be stated, by name: each becomes a Fault, the others stand. */
    readonly failed?: readonly string[];
  };
  /** Paths of unchanged files it would like to see, given what the snapshot already holds. Asked at most twice. */
  wants?(snapshot: Snapshot): readonly string[];
  /** Sentences for the check's summary, from the facts it stated. */
  notes?(facts: Facts): readonly string[];
}
