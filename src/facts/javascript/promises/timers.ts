import { enclosingFunction, isFunction, simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';

/** `setInterval(() => refresh(), 1000)`: what a timer's function gives back is dropped as well. An async one is misused as a whole. */
export function timerResults(source: Source): readonly Node[] {
  return source.tree.of('CallExpression').flatMap(({ callee, arguments: [fn] }) => {
    if (!/^(?:setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)$/.test(simpleName(callee))) return [];
    if (!isFunction(fn) || fn.async) return [];
    if (fn.body.type !== 'BlockStatement') return [fn.body];
    return within(source.tree, 'ReturnStatement', fn.body).flatMap((statement) =>
      statement.argument && enclosingFunction(statement) === fn ? [statement.argument] : [],
    );
  });
}
