import type { SourceFile } from '../../review/types.ts';
import type { Packages, Project } from '../project.ts';
import { type CallGraph, callGraphOf } from './call-graph.ts';
import { type OriginOf, originsOf } from './origins/trace.ts';
import type { FunctionNode } from './parse.ts';
import { plantTree, type Tree } from './tree.ts';

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

let last = new WeakMap<SourceFile, Source>();

/**
 * The source of a changed file, opened once for all readers that ask for it one after the other. Only the last one is
 * kept: trees are large.
 *
 * @throws as openSource
 */
export function sourceOf(file: SourceFile, text: string, project: Project): Source {
  const known = last.get(file);
  if (known?.project === project && known.tree.text === text) return known;
  const source = openSource(file, text, project);
  last = new WeakMap([[file, source]]);
  return source;
}

/** Opens a file's text for the fact-makers. @throws as plantTree */
export function openSource(file: SourceFile, text: string, project: Project): Source {
  const tree = plantTree(file.path, text);
  const index = new Map(tree.functions.map((fn, i) => [fn, i]));
  let calls: CallGraph | undefined;
  return {
    file,
    tree,
    originOf: originsOf(tree),
    get calls() {
      calls ??= callGraphOf(this);
      return calls;
    },
    packages: project.packagesOf(file.path),
    project,
    indexOf: (fn) => (fn ? (index.get(fn) ?? -1) : -1),
  };
}
