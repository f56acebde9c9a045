import { buildProject } from './facts/build-project.ts';
import { readFacts } from './facts/read.ts';
import { readers } from './facts/readers.ts';
import { schemaOf } from './facts/schemas/reader.ts';
import { allRules } from './lessons/rules.ts';
import { review } from './review/review.ts';
import type { Policy } from './review/policy.ts';
import type { Review, Snapshot } from './review/types.ts';

/** Snapshot → review: the pure middle of every path through the program, wired with all languages and all rules. */
export function analyse(snapshot: Snapshot, policy: Policy, options: { onFile?: (path: string) => void } = {}): Review {
  const project = buildProject(snapshot, schemaOf);
  return review({
    snapshot,
    policy,
    rules: allRules,
    factsOf: (file) => readFacts(file, project),
    notesOf: (facts) => readers.flatMap((reader) => reader.notes?.(facts) ?? []),
    ...options,
  });
}
