import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, UnreadOutcome } from '../code.ts';
import { enclosingFunction, functionName, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import { constantOf } from './sent-answers.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** Nothing is lost when these do not succeed: the end comes anyway, or somebody does it again. */
const tidying =
  /clos|stop|shut|destroy|clean|tear|dispose|quit|disconnect|rollback|clear|purge|expire|seed|warm|prefetch|(?:before|after)(?:Each|All)/i;

/** States writes that are gathered by `Promise.allSettled` of which nobody looks at the outcome. */
export function readUnreadOutcomes(
  source: Source,
  placeOf: PlaceOf,
  dataCalls: readonly DataCall[],
): readonly UnreadOutcome[] {
  const writes = dataCalls.filter(
    ({ does, client, inTry, inCatch, fate }) =>
      (does === 'insert' || does === 'update' || does === 'delete') &&
      client !== 'redis' &&
      !inTry &&
      !inCatch &&
      fate !== 'chained',
  );
  if (writes.length === 0) return [];
  return source.tree.of('ExpressionStatement').flatMap((statement) => {
    const call = gatheredBy(statement);
    const [given] = call?.arguments ?? [];
    if (!call || !given) return [];
    const fn = enclosingFunction(statement);
    if (fn && tidying.test(functionName(fn))) return [];
    const work = constantOf(source, given);
    const { start, end } = work.loc;
    const write = writes.find(({ line, endLine }) => line >= start.line && endLine <= end.line);
    const place = placeOf(statement);
    if (!write || place.inCatch || isCaught(source, work)) return [];
    return [{ ...place, of: write.model ? `${write.model}.${write.verb}` : write.verb, at: write.line }];
  });
}

/** `await Promise.allSettled(…);` */
function gatheredBy({ expression }: TSESTree.ExpressionStatement): TSESTree.CallExpression | undefined {
  if (expression.type !== 'AwaitExpression' || expression.argument.type !== 'CallExpression') return undefined;
  const { callee } = expression.argument;
  const gathers =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    propertyName(callee) === 'allSettled';
  return gathers ? expression.argument : undefined;
}

/** The elements look after their failures themselves. */
function isCaught({ tree }: Source, work: Node): boolean {
  return (
    within(tree, 'CatchClause', work).length > 0 ||
    within(tree, 'CallExpression', work).some(
      ({ callee, arguments: [, failed] }) =>
        callee.type === 'MemberExpression' &&
        (propertyName(callee) === 'catch' || (propertyName(callee) === 'then' && failed !== undefined)),
    )
  );
}
