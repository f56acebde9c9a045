import { z } from 'zod';
import type { Finding, Snapshot } from './types.ts';

const baselineSchema = z.object({
  version: z.literal(1),
  findings: z
    .array(z.object({ fingerprint: z.string().regex(/^[0-9a-f]{16}$/), rule: z.string(), path: z.string() }))
    .max(100_000),
});

/** A finding that a team has accepted as known when it adopted Hindsight, and where it stood then. */
export type BaselineRow = Readonly<z.infer<typeof baselineSchema>['findings'][number]>;

/**
 * Reads a baseline.
 *
 * @returns undefined when the text is no baseline
 */
export function parseBaseline(text: string): readonly BaselineRow[] | undefined {
  try {
    const parsed = baselineSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.findings : undefined;
  } catch {
    // Not JSON: the caller says that the file could not be read.
    return undefined;
  }
}

/**
 * The fingerprints that a baseline makes known. A function that moved takes its fingerprint along; one that was copied has the
 * same, and is new: what was accepted still stands where the baseline has it, in a file that the change does not touch.
 */
export function knownByBaseline(
  rows: readonly BaselineRow[],
  findings: readonly Finding[],
  snapshot: Pick<Snapshot, 'files' | 'unread' | 'tree'>,
): Set<string> {
  const accepted = Map.groupBy(rows, ({ fingerprint }) => fingerprint);
  const places = new Set(rows.map(({ rule, path }) => `${rule}\0${path}`));
  const known = new Set(accepted.keys());
  const touched = new Set(
    [...snapshot.files, ...snapshot.unread].flatMap((file) =>
      'previousPath' in file && file.previousPath !== undefined ? [file.path, file.previousPath] : [file.path],
    ),
  );
  const untouched = new Set(snapshot.tree?.filter((path) => !touched.has(path)));
  for (const { fingerprint, rule, path } of findings) {
    // Of equal findings in several files the change shows some, which are then counted from the first.
    if (places.has(`${rule}\0${path}`)) continue;
    if (accepted.get(fingerprint)?.every((row) => untouched.has(row.path))) known.delete(fingerprint);
  }
  return known;
}

/** Writes a baseline, sorted so that two runs differ only where findings do. */
export function writeBaseline(findings: readonly Finding[]): string {
  const rows = findings.map(({ fingerprint, rule, path }) => ({ fingerprint, rule, path }));
  rows.sort(
    (a, b) =>
      a.path.localeCompare(b.path) || a.rule.localeCompare(b.rule) || a.fingerprint.localeCompare(b.fingerprint),
  );
  return `${JSON.stringify({ version: 1, findings: rows }, null, 2)}\n`;
}
