import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall } from '../../code.ts';
import { enclosingFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { EvidenceOf } from './evidence.ts';
import { endsInCallback } from './library.ts';
import type { Unhandled } from './unhandled.ts';

/** Libraries that send a query when somebody waits for it, and not before (their documentation: `then` runs it). */
const lazy = /^(?:prisma|knex|drizzle|mongoose|kysely|objection)$/;
const eager = /^(?:typeorm|sequelize|pg|mysql2|mongodb|postgres|mikro-orm)$/;
/** Names of queries that are put together in several statements. */
const builders = /^(?:q|qb|query|builder|bulk\w*|batch|pipeline|multi|statement)$|(?:Query|Builder|Bulk)$/i;

/** A write of a library's, as a statement: nobody waits for it, and some libraries never send it then. */
export function unsentWrite(
  source: Source,
  statement: TSESTree.ExpressionStatement,
  dataCalls: readonly DataCall[],
): Unhandled | undefined {
  const { expression } = statement;
  if (expression.type !== 'CallExpression' || !enclosingFunction(statement)) return undefined;
  const { start, end } = expression.loc;
  const call = dataCalls.find(
    ({ line, endLine, fate }) => fate === 'floating' && line >= start.line && endLine === end.line,
  );
  if (!call || call.evidence === 'name' || !/^(?:insert|update|delete)$/.test(call.does)) return undefined;
  if (!isWhole(source, expression)) return undefined;
  if (lazy.test(call.client))
    return { node: expression, kind: 'floating', by: 'it is only sent once somebody waits for it' };
  return eager.test(call.client)
    ? { node: expression, kind: 'floating', by: 'the library answers with a promise' }
    : undefined;
}

/** What is known of calls of libraries for databases that are given back: each gives a promise, or what a wait runs. */
export function orDataCall(evidenceOf: EvidenceOf, source: Source, dataCalls: readonly DataCall[]): EvidenceOf {
  const returned = dataCalls.filter(
    ({ fate, evidence, client }) =>
      fate === 'returned' && evidence !== 'name' && (lazy.test(client) || eager.test(client)),
  );
  return (node) => {
    const known = evidenceOf(node);
    if (known.promised !== 'unknown' || node.type !== 'CallExpression' || returned.length === 0) return known;
    const { start, end } = node.loc;
    const found = returned.some(({ line, endLine }) => line >= start.line && endLine === end.line);
    return found && isWhole(source, node) ? { promised: 'promise', by: 'the library answers with a promise' } : known;
  };
}

/** Nothing of the chain takes a callback, and it begins at a client and not at a query that goes on elsewhere. */
function isWhole(source: Source, call: TSESTree.CallExpression): boolean {
  let at: Node = call;
  for (let steps = 0; steps < 30; steps++) {
    if (at.type === 'CallExpression') {
      if (endsInCallback(at)) return false;
      at = at.callee;
    } else if (at.type === 'MemberExpression') at = at.object;
    else if (at.type === 'TSNonNullExpression') at = at.expression;
    else break;
  }
  if (at.type === 'ThisExpression') return true;
  if (at.type !== 'Identifier' || builders.test(at.name)) return false;
  const made = source.tree.bindingOf(at)?.node;
  return made?.type !== 'VariableDeclarator' || enclosingFunction(made) !== enclosingFunction(call);
}
