import { functionsOf } from './handlers/resolve.ts';
import { enclosingFunction } from './nodes.ts';
import type { FunctionNode } from './parse.ts';
import type { Source } from './source.ts';

/** Who calls whom within the file, by name: callers of a function, `undefined` for module level. */
export type CallGraph = ReadonlyMap<FunctionNode, ReadonlySet<FunctionNode | undefined>>;

/** Callers of each function of the file. Function literals that are only passed on have none. */
export function callGraphOf(source: Source): CallGraph {
  const graph = new Map<FunctionNode, Set<FunctionNode | undefined>>();
  for (const call of source.tree.of('CallExpression')) {
    const { callee } = call;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') continue;
    for (const fn of functionsOf(source, callee)) {
      const callers = graph.get(fn);
      if (callers) callers.add(enclosingFunction(call));
      else graph.set(fn, new Set([enclosingFunction(call)]));
    }
  }
  return graph;
}
