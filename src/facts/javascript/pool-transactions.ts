import type { PoolTransaction } from '../code.ts';
import { sqlOf } from './data-calls/sql-text.ts';
import { isNamedPool, isReassigned } from './leases/find.ts';
import { enclosingFunction, propertyName } from './nodes.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const pools =
  /^(?:new (?:pg|pg-pool|@neondatabase\/serverless)(?:\.native)?(?:\.Pool)?|mysql2?(?:\/promise)?\.createPool\(\))$/;
const transaction =
  /^\s*(?:begin|commit|rollback|savepoint|start\s+transaction|abort|end|release\s+savepoint|set\s+transaction)\b[^;]{0,120};?\s*$/i;

/** States transactions that are run through a pool: each statement may go over another connection. One fact a function, from first to last statement. */
export function readPoolTransactions(source: Source, placeOf: PlaceOf): readonly PoolTransaction[] {
  const found = new Map<unknown, PoolTransaction>();
  for (const call of source.tree.of('CallExpression')) {
    const { callee } = call;
    if (callee.type !== 'MemberExpression' || !/^(?:query|execute)$/.test(propertyName(callee) ?? '')) continue;
    const sql = sqlOf(source, call.arguments[0]);
    if (
      sql === undefined ||
      !transaction.test(sql) ||
      !(pools.test(source.originOf(callee.object).text) || isNamedPool(source, callee.object)) ||
      isReassigned(source, callee.object)
    )
      continue;
    const place = placeOf(call);
    const fn = enclosingFunction(call);
    const before = found.get(fn);
    const statement = sql.trim().slice(0, 20).toUpperCase();
    found.set(fn, before ? { ...before, endLine: place.endLine } : { ...place, statement });
  }
  return [...found.values()];
}
