import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { functionsOf } from './handlers/resolve.ts';
import type { FunctionNode } from './parse.ts';
import type { CallGraph, Edge, Source } from './source.ts';

/** Resolves the calls of a file. */
export function callGraphOf(source: Source): CallGraph {
  const edges: Edge[] = [];
  const calls = new Map<FunctionNode, TSESTree.CallExpression[]>();
  for (const call of source.tree.of('CallExpression')) {
    const { callee } = call;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') continue;
    for (const to of functionsOf(source, callee)) {
      edges.push({ call, to });
      const known = calls.get(to);
      if (known) known.push(call);
      else calls.set(to, [call]);
    }
  }
  return { edges, callsOf: (fn) => calls.get(fn) ?? [] };
}
