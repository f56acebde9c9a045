import type { Lease } from '../../code.ts';
import { sqlOf } from '../data-calls/sql-text.ts';
import type { LoopsOf } from '../loops.ts';
import { enclosingFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { isWithin, within } from '../within.ts';
import { type FoundLease, findLeases } from './find.ts';
import { isCertainlyTwice } from './twice.ts';
import { type Use, usesOf } from './uses.ts';

/** Statements that need the connection itself: transactions, settings, cursors, listeners, locks. */
const session =
  /^[\s(]*(?:begin|start|commit|rollback|savepoint|release|end|set|reset|listen|unlisten|notify|declare|fetch|move|close|prepare|deallocate|copy|lock|discard|load|create\s+temp)\b|pg_(?:try_)?advisory|get_lock\s*\(|last_insert_id|currval|set_config/i;

/** States what the file takes out of pools and how it gives it back. */
export function readLeases(source: Source, placeOf: PlaceOf, loops: LoopsOf): readonly Lease[] {
  return findLeases(source).map((lease) => {
    const uses = usesOf(source, lease);
    const returns = uses.filter(({ does }) => does === 'return');
    const last = returns.at(-1)?.node;
    const place = placeOf(lease.node);
    const twice =
      lease.sure || lease.node.type === 'VariableDeclarator' ? isCertainlyTwice(lease, returns, loops) : undefined;
    return {
      ...place,
      line: lease.node.loc.start.line,
      endLine: lease.handle ? lease.node.loc.end.line : place.line,
      kind: lease.kind,
      of: lease.of,
      back: backOf(returns, lease.node.type === 'CallExpression'),
      escapes: uses.some((use) => use.does === 'escape' || isHandedOn(use)),
      mayThrowBetween: mayThrow(source, lease, last),
      ...(twice === undefined ? {} : { twice }),
      ...single(source, lease, uses, loops),
      ...(last ? { lastLine: last.loc.end.line } : {}),
      sure: lease.sure || (lease.ours === true && uses.some(({ does }) => does === 'query')),
      callback: lease.node.type === 'CallExpression',
    };
  });
}

/** Given back by a function with a name, which may be called by whoever it was handed to; a callback on the spot is none. */
function isHandedOn({ does, deferred, node }: Use): boolean {
  return does === 'return' && deferred && enclosingFunction(node)?.parent?.type !== 'CallExpression';
}

/** `byCallbacks`: what is taken by a callback is given back in one. */
function backOf(returns: readonly Use[], byCallbacks: boolean): Lease['back'] {
  const own = returns.filter(({ deferred }) => byCallbacks || !deferred);
  if (own.some(({ inFinally }) => inFinally)) return 'always';
  return own.length > 0 ? 'sometimes' : 'never';
}

/** Whether something is awaited between taking and giving back. */
function mayThrow(source: Source, lease: FoundLease, last: Node | undefined): boolean {
  const from = lease.node.range[1];
  const to = last ? last.range[0] : lease.within.range[1];
  return within(source.tree, 'AwaitExpression', lease.within.body).some(
    ({ range }) => range[0] > from && range[1] <= to,
  );
}

/** The one query the connection is taken for, when one is all it does. */
function single(source: Source, lease: FoundLease, uses: readonly Use[], loops: LoopsOf): { singleQuery?: string } {
  if (lease.kind !== 'pool' || lease.node.type !== 'VariableDeclarator' || !uses.some(({ does }) => does === 'return'))
    return {};
  const others = uses.filter(({ does }) => does !== 'return');
  const [query] = others;
  if (others.length !== 1 || query?.does !== 'query' || query.deferred) return {};
  if (loops.indexOf(query.node) !== loops.indexOf(lease.node)) return {};
  const sql = query.node.type === 'CallExpression' ? sqlOf(source, query.node.arguments[0]) : undefined;
  if (sql === undefined || session.test(sql.trim()) || !isWithin(query.node, lease.within)) return {};
  return { singleQuery: sql.trim().slice(0, 20) };
}
