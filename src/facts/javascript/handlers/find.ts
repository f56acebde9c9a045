import type { FunctionNode } from '../parse.ts';
import type { Source } from '../source.ts';
import { exportedHandlers } from './exported.ts';
import type { FoundHandler } from './found.ts';
import { nestHandlers } from './nest.ts';
import { registeredHandlers } from './registered.ts';
import { remoteCallHandlers } from './remote-calls.ts';
import { shapedHandlers } from './shape.ts';

/**
 * Functions of the file that serve requests, each once: a registration says more than an export, an export more than
 * a parameter's name.
 */
export function findHandlers(source: Source): readonly FoundHandler[] {
  const found = new Map<FunctionNode, FoundHandler>();
  const finders = [registeredHandlers, nestHandlers, remoteCallHandlers, exportedHandlers, shapedHandlers];
  for (const find of finders)
    for (const handler of find(source)) if (!found.has(handler.fn)) found.set(handler.fn, handler);
  return [...found.values()];
}
