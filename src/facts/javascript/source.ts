import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { SourceFile } from '../../review/types.ts';
import type { Packages, Project } from '../project.ts';
import type { OriginOf } from './origins/trace.ts';
import type { FunctionNode } from './parse.ts';
import type { Tree } from './tree.ts';

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

/** What every fact-maker of this folder works on. */
export interface Source {
  readonly file: SourceFile;
  readonly tree: Tree;
  readonly originOf: OriginOf;
  /** Worked out when first asked for. */
  readonly calls: CallGraph;
  readonly packages: Packages;
  readonly project: Project;
  /** Position of a function in `CodeFacts.functions`; -1 for module level. */
  indexOf(fn: FunctionNode | undefined): number;
}
