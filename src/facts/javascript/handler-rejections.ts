import type { HandlerRejection } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { functionsOf } from './handlers/resolve.ts';
import { enclosingFunction, propertyName, simpleName, unwrap } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import { isInTry, type PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const wrapping =
  /express-async-errors|express-async-handler|express-promise-router|asyncHandler|catchAsync|asyncWrap|wrapAsync|wrapRoutes|wrapController|asyncMiddleware/;

/** States async handlers of Express 4 that wait for something outside any `try`: nobody takes the rejection, and the request hangs. Only those whose registration is in sight. */
export function readHandlerRejections(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly HandlerRejection[] {
  const version = source.packages.all.express;
  if (version === undefined || !/^[\^~=v]*4\b/.test(version) || wrapping.test(source.tree.text)) return [];
  if (
    Object.keys(source.packages.all).some((name) =>
      /^express-(?:async-errors|async-handler|promise-router)$/.test(name),
    )
  )
    return [];
  return handlers.flatMap(({ fn, node, framework }) => {
    if (framework !== 'express' || !fn.async) return [];
    if (!isGivenBare(source, fn, node)) return [];
    const loose = within(source.tree, 'AwaitExpression', fn.body).find((node) => {
      if (enclosingFunction(node) !== fn || isInTry(node)) return false;
      const call = unwrap(node.argument);
      return !(
        call.type === 'CallExpression' &&
        call.callee.type === 'MemberExpression' &&
        propertyName(call.callee) === 'catch'
      );
    });
    return loose ? [{ ...placeOf(loose), endLine: loose.loc.start.line }] : [];
  });
}

/** Given to the router as it is: in a wrapper it is the wrapper's to catch, and where its registration is elsewhere, one may be there. */
function isGivenBare(source: Source, fn: FunctionNode, registration: Node): boolean {
  if (registration.type !== 'CallExpression') return false;
  if (fn.parent.type === 'CallExpression' && fn.parent !== registration) return false;
  return registration.arguments
    .flatMap((argument) => (argument.type === 'ArrayExpression' ? argument.elements : [argument]))
    .some((argument) => argument && !isWrapped(argument) && functionsOf(source, argument).includes(fn));
}

/** `wrap(list)`; `this.list.bind(this)` is bare. */
function isWrapped(argument: Node): boolean {
  const call = unwrap(argument);
  return call.type === 'CallExpression' && simpleName(call.callee) !== 'bind';
}
