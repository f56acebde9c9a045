import type { Dialect, SchemaChange } from '../sql.ts';

/**
 * What a change of type costs: `none` where the type stays or PostgreSQL only notes the new one, `rewrite` where every row
 * is written anew, `unknown` where that hangs on the type so far, which is not in sight.
 */
export type TypeCost = 'none' | 'unknown' | 'rewrite';

const textual = /^(?:text|varchar|character varying|bpchar|char|citext)(?:\((\d{1,9})\))?$/;

/** The cost of a `change-type`. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES */
export function costOfTypeChange(change: SchemaChange, dialect: Dialect): TypeCost {
  const { type, formerType } = change;
  if (type !== undefined && type !== '' && formerType !== undefined) {
    if (type === formerType) return 'none';
    if (!widensOnly(formerType, type)) return 'rewrite';
    return dialect === 'postgresql' ? 'none' : dialect === 'unknown' ? 'unknown' : 'rewrite';
  }
  if (change.restates) return 'unknown';
  // Whoever states a text's length mostly makes it longer.
  return dialect !== 'mysql' && !change.converts && /^(?:text|varchar|character varying)\b/.test(type ?? '')
    ? 'unknown'
    : 'rewrite';
}

/** PostgreSQL keeps the rows as they are: text that may be longer, a number with more digits before its point. */
function widensOnly(from: string, to: string): boolean {
  const numbers = /^numeric\((\d{1,4})(?:,(\d{1,4}))?\)$/;
  const [before, after] = [numbers.exec(from), numbers.exec(to)];
  if (before && (after || to === 'numeric'))
    return !after || ((after[2] ?? '0') === (before[2] ?? '0') && Number(after[1]) >= Number(before[1]));
  const [old, wide] = [textual.exec(from), textual.exec(to)];
  if (!old || !wide || /^(?:bpchar|char|citext)/.test(from + to)) return false;
  if (unbounded(to)) return true;
  return old[1] !== undefined && Number(wide[1]) >= Number(old[1]);
}

function unbounded(type: string | undefined): boolean {
  return type === 'text' || type === 'varchar' || type === 'character varying';
}
