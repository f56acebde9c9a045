import type { HandlerRejection } from '../code.ts';
import type { FoundHandler } from './handlers/found.ts';
import { enclosingFunction, propertyName, unwrap } from './nodes.ts';
import { isInTry, type PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const wrapping =
  /express-async-errors|express-async-handler|express-promise-router|asyncHandler|catchAsync|asyncWrap|wrapAsync|wrapRoutes|wrapController|asyncMiddleware/;

/** States async handlers of Express 4 that wait for something outside any `try`: nobody takes the rejection, and the request hangs. */
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
    // Given to a wrapper it is the wrapper's to catch.
    const { parent } = fn;
    if (parent.type === 'CallExpression' && parent.callee.type === 'Identifier') return [];
    const loose = within(source.tree, 'AwaitExpression', fn.body).find((node) => {
      if (enclosingFunction(node) !== fn || isInTry(node)) return false;
      const call = unwrap(node.argument);
      return !(
        call.type === 'CallExpression' &&
        call.callee.type === 'MemberExpression' &&
        propertyName(call.callee) === 'catch'
      );
    });
    return loose ? [{ ...placeOf(loose), endLine: loose.loc.start.line, registered: node !== fn }] : [];
  });
}
