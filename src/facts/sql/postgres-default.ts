import type { SchemaChange } from '../sql.ts';
import type { Node } from './postgres-node.ts';

/**
 * Functions that PostgreSQL evaluates once for all rows of an ADD COLUMN (stable or immutable): the table is not
 * rewritten. Every other function, the database's own included, is volatile unless declared otherwise.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
const onceForAll = new Set(
  'now transaction_timestamp statement_timestamp current_database current_user session_user current_schema'.split(' '),
);
const immutable = new Set(
  'lower upper concat md5 length make_interval make_date jsonb_build_object json_build_object jsonb_build_array json_build_array to_jsonb to_json coalesce date_trunc abs round array_fill decode encode date_part extract timezone'.split(
    ' ',
  ),
);
const generated = new Set(['CONSTR_IDENTITY', 'CONSTR_GENERATED']);

/** What a column's default costs when the column is added to a table that has rows. */
export function columnDefault(type: string, constraints: readonly Node[]): NonNullable<SchemaChange['default']> {
  if (/^(?:small|big)?serial[248]?$/.test(type)) return 'volatile';
  // A virtual generated column (PostgreSQL 18) is computed when read: nothing is written.
  if (constraints.some((c) => generated.has(c.contype) && c.generated_kind !== 'v')) return 'volatile';
  const value = constraints.find((c) => c.contype === 'CONSTR_DEFAULT')?.raw_expr as Node | undefined;
  if (!value) return constraints.some((c) => generated.has(c.contype)) ? 'constant' : 'none';
  if (value.A_Const?.isnull) return 'none';
  return callsVolatile(value) ? 'volatile' : 'constant';
}

function callsVolatile(expression: Node): boolean {
  const stack: unknown[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const call = (node as Node).FuncCall;
    if (call) {
      const name = String(call.funcname?.at(-1)?.String?.sval ?? '').toLowerCase();
      const known = immutable.has(name) || (onceForAll.has(name) && !call.args?.length);
      if (!known) return true;
    }
    stack.push(...Object.values(node));
  }
  return false;
}
