import type { Handler } from '../../code.ts';
import type { Running } from '../scope.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';

const mutating = /^(?:POST|PUT|PATCH|DELETE|MUTATION)$/;

/** States the handlers of a file. */
export function readHandlers(source: Source, running: Running, placeOf: PlaceOf): readonly Handler[] {
  return running.handlers.map((handler) => ({
    ...placeOf(handler.node),
    framework: handler.framework,
    method: handler.method,
    path: handler.path,
    serves: source.indexOf(handler.fn),
    mutating: mutating.test(handler.method),
    ...(handler.validatedBy ? { validatedBy: handler.validatedBy } : {}),
    described: handler.described ?? 'unknown',
    isWebhook: /webhook|\bhooks?\b/i.test(handler.path) || /webhook/i.test(source.tree.path),
  }));
}
