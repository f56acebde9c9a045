import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction, isFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';
import { calledFunction, canReject, isHandled } from './rejects.ts';
import type { Ask, Unhandled } from './unhandled.ts';

/** `return work()` inside `try`: the rejection leaves the function before the `catch` can see it. */
export function returnedInTry(ask: Ask, statement: TSESTree.ReturnStatement): Unhandled | undefined {
  const { argument } = statement;
  if (argument?.type !== 'CallExpression') return undefined;
  const fn = enclosingFunction(statement);
  if (!fn?.async || !catchAround(ask.source, statement)) return undefined;
  if (argument.callee.type === 'MemberExpression' && isHandled(argument)) return undefined;
  const { promised, by } = ask.evidenceOf(argument);
  if (promised !== 'promise') return undefined;
  const called = calledFunction(ask.source, argument);
  if (called && !canReject(ask.source, called)) return undefined;
  return { node: argument, kind: 'returned', by };
}

/** The `catch` that would have to see the error does more than throw it on. */
function catchAround(source: Source, node: Node): boolean {
  for (let at: Node = node; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'TryStatement' && parent.block === at && parent.handler)
      return parent.handler.body.body.length > 0 && !throwsOn(source, parent.handler);
  }
  return false;
}

/** Throws the same error again, at once or in the end: that it is not seen here changes nothing. */
function throwsOn(source: Source, { param, body }: TSESTree.CatchClause): boolean {
  return within(source.tree, 'ThrowStatement', body).some(
    ({ argument }) =>
      argument.type !== 'NewExpression' && !(param?.type === 'Identifier' && argument.type !== 'Identifier'),
  );
}
