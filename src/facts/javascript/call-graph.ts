import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { functionsOf } from './handlers/resolve.ts';
import type { FunctionNode } from './parse.ts';
import type { Source } from './source.ts';

/** A call of a function of the file. */
export interface Edge {
  readonly call: TSESTree.CallExpression;
  readonly to: FunctionNode;
}

/** Who calls whom within the file, by name. Function literals that are only passed on are called by nobody. */
export interface CallGraph {
  /** In document order of the calls. */
  readonly edges: readonly Edge[];
  callsOf(fn: FunctionNode): readonly TSESTree.CallExpression[];
}

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
