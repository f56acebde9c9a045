import { z } from 'zod';
import { compareTexts } from '../review/diff.ts';
import { plainLinks } from '../review/links.ts';
import type { Finding, Snapshot, SourceFile } from '../review/types.ts';

const changeSetSchema = z.object({
  id: z.union([z.string(), z.number()]),
  files: z.array(
    z.object({
      path: z.string().min(1),
      previousPath: z.string().optional(),
      status: z.enum(['added', 'modified', 'removed', 'renamed']).catch('modified'),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  /** Unchanged files that may serve as evidence. */
  context: z.array(z.object({ path: z.string(), text: z.string() })).default([]),
});

/** One change set of `hindsight review --batch`, read from a line of JSON. */
export type ChangeSet = z.infer<typeof changeSetSchema>;

/**
 * Reads one line of the batch format.
 *
 * @returns the change set, or the id (as far as it could be read) and what is wrong with the line
 */
export function parseChangeSet(line: string): { set: ChangeSet } | { id: string | number | null; error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: 'the line is not JSON' };
  }
  const parsed = changeSetSchema.safeParse(value);
  if (parsed.success) return { set: parsed.data };
  const id = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(value);
  const issue = parsed.error.issues[0];
  return {
    id: id.success ? id.data.id : null,
    error: `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'not a change set'}`,
  };
}

/** Makes a snapshot from a change set. */
export function snapshotOf(set: ChangeSet): Snapshot {
  return { head: String(set.id), base: 'before', files: set.files.map(fileOf), context: set.context, unread: [] };
}

function fileOf({ path, previousPath, status, before, after }: ChangeSet['files'][number]): SourceFile {
  return compareTexts({
    path,
    status: before === undefined ? 'added' : after === undefined ? 'removed' : status === 'added' ? 'modified' : status,
    ...(previousPath === undefined ? {} : { previousPath }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

/** One finding in the batch's output format. */
export function batchFinding(finding: Finding): Record<string, unknown> {
  const { rule, lesson, severity, path, line, endLine, side, message, because, links, fingerprint } = finding;
  return {
    rule,
    lesson,
    severity,
    path,
    line,
    endLine,
    ...(side === 'before' ? { side } : {}),
    message: [message, because, ...plainLinks(links)].filter(Boolean).join(' '),
    fingerprint,
  };
}
