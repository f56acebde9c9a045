import type { Place } from '../code.ts';
import { enclosingFunction, isFunction, propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Running } from './scope.ts';
import type { Source } from './source.ts';

/** Tells where a node stands. */
export type PlaceOf = (node: Node) => Place;
/** Index into `CodeFacts.loops` of the innermost loop that runs a node more than once. */
export type LoopOf = (node: Node) => number | undefined;

const reason =
  /\b(?:best[- ]effort|intentional\w*|deliberate\w*|on purpose|sequential\w*|because|in order to|so that|expected|(?:not|non)[- ]critical|optional|fire[- ]and[- ]forget|safe(?:ly)? (?:to|because|here)|we (?:can|do not|don't|only)|rate limit|ignore[ds]?|(?:not|\w+n't|without|no)(?: need)?(?: to)? a?wait(?:ing|ed)?|at most|bounded|trusted|no-floating-promises|no-misused-promises|no-await-in-loop|no-console|no-process-exit)\b|@safe\b/i;

/** Gives the function that tells where nodes of this source stand. */
export function placesOf(source: Source, running: Running, loopOf: LoopOf = () => undefined): PlaceOf {
  let reasons: ReadonlySet<number> | undefined;
  return (node) => {
    reasons ??= linesWithReason(source);
    const fn = enclosingFunction(node);
    const handler = running.handlerOf(fn);
    const loop = loopOf(node);
    const { start, end } = node.loc;
    return {
      line: start.line,
      endLine: end.line,
      scope: running.scopeOf(fn),
      fn: source.indexOf(fn),
      ...(handler === undefined ? {} : { handler }),
      ...(loop === undefined ? {} : { loop }),
      inTry: isInTry(node),
      inCatch: isInCatch(node),
      explained: reasons.has(start.line) || reasons.has(start.line - 1),
    };
  };
}

function linesWithReason(source: Source): ReadonlySet<number> {
  return new Set(source.tree.comments.flatMap(({ value, endLine }) => (reason.test(value) ? [endLine] : [])));
}

/** Inside the block of a `try` with a `catch`, within the same function. */
export function isInTry(node: Node): boolean {
  for (let at: Node = node; at.parent && !isFunction(at); at = at.parent)
    if (at.parent.type === 'TryStatement' && at.parent.block === at && at.parent.handler) return true;
  return false;
}

/** Inside a catch clause, or the callback of `.catch(…)`. */
export function isInCatch(node: Node): boolean {
  let at: Node | undefined = node;
  for (; at && !isFunction(at); at = at.parent) if (at.type === 'CatchClause') return true;
  const call = at?.parent;
  return (
    call?.type === 'CallExpression' &&
    call.callee.type === 'MemberExpression' &&
    propertyName(call.callee) === 'catch' &&
    call.arguments.some((argument) => argument === at)
  );
}
