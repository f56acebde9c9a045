import { argumentAt } from './call-literals.ts';
import { classifyName } from './name.ts';

const insertion = /\binsert\s{1,4}into\s{1,4}[\w."`[\]]{1,80}\s{0,4}\(([^()]{1,400})\)\s{0,4}values\s{0,4}\(/gi;
const text = /^N?'([^'\n]{4,100})'$/;
/** A row is no longer than this. */
const maxRow = 2_000;

/** Reads the passwords of a row that a statement of SQL puts in, by the column that each is for; the first row of a line. */
export function insertedPasswords(line: string): string[] {
  const found: string[] = [];
  for (const { 0: head, 1: columns = '', index } of line.matchAll(insertion)) {
    const row = line.slice(index + head.length, index + head.length + maxRow);
    for (const [position, column] of columns.split(',').entries()) {
      if (classifyName(column.trim().replace(/["`[\]]/g, '')) !== 'password') continue;
      const value = text.exec(argumentAt(row, position) ?? '')?.[1];
      if (value) found.push(value);
    }
  }
  return found;
}
