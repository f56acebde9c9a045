import type { SchemaChange } from '../../facts/sql.ts';
import type { FileKind } from '../../review/rule.ts';
import type { Match, Severity } from '../../review/types.ts';

/** Files in which a statement is meant to be run on a real database. */
export const migrationKinds: readonly FileKind[] = ['migration', 'production'];

/** A match on the lines of a change, with its evidence. */
export function at(change: SchemaChange, because: string, severity?: Severity): Match {
  return { line: change.line, endLine: change.endLine, because, ...(severity && { severity }) };
}

/** An identifier for a sentence, cut to what a reader can take in; stands for one that is not known. */
export function named(identifier: string | undefined): string {
  const plain = identifier?.replace(/[^\w.$ …-]/g, '').slice(0, 63);
  return plain ? `\`${plain}\`` : 'the table';
}
