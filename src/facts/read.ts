import { kindOf } from '../review/paths.ts';
import type { Fault, Snapshot, SourceFile } from '../review/types.ts';
import type { Facts } from './facts.ts';
import type { Project } from './project.ts';
import { readers } from './readers.ts';

/** What a policy leaves out. */
export interface Choice {
  /** Ids of readers (`Reader.id`) that are not asked. */
  readonly off: ReadonlySet<string>;
  isGenerated(path: string): boolean;
}

const everything: Choice = { off: new Set(), isGenerated: () => false };

/**
 * States the facts of one changed file: every reader that knows its path, one after the other. A reader that throws
 * costs its own part only.
 *
 * @param choice readers that the policy switches off, and the paths that it calls generated
 */
export function readFacts(
  file: SourceFile,
  project: Project,
  choice: Choice = everything,
): { facts: Facts; faults: readonly Fault[]; analysed: boolean } {
  const faults: Fault[] = [];
  let analysed = false;
  let facts: Facts = {
    file,
    kind: choice.isGenerated(file.path) ? 'generated' : kindOf(file.path),
    project,
    secrets: [],
  };
  for (const reader of readers) {
    if (choice.off.has(reader.id) || !reader.reads(file.path)) continue;
    try {
      const { failed = [], ...stated } = reader.read(file, project);
      for (const part of failed) faults.push({ path: file.path, what: `${reader.id}: ${part}` });
      facts = { ...facts, ...stated, secrets: [...facts.secrets, ...(stated.secrets ?? [])] };
      analysed = true;
    } catch (error) {
      faults.push({ path: file.path, what: `${reader.id}: ${messageOf(error)}` });
    }
  }
  return { facts, faults, analysed };
}

/** Paths of unchanged files that the readers would like to see, without those the snapshot has. */
export function wants(snapshot: Snapshot): readonly string[] {
  const had = new Set([...snapshot.files.map((f) => f.path), ...snapshot.context.map((f) => f.path)]);
  const wanted = new Set(readers.flatMap((reader) => reader.wants?.(snapshot) ?? []));
  return [...wanted].filter((path) => !had.has(path));
}

/** An error's message may quote the text it failed on, which may hold a secret: the class and the place are enough. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const place = /\((\d+:\d+)\)/.exec(error.message)?.[1];
  return place ? `${error.name} at ${place}` : error.name;
}
