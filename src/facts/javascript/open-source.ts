import type { SourceFile } from '../../review/types.ts';
import type { Project } from '../project.ts';
import { callGraphOf } from './call-graph.ts';
import { originsOf } from './origins/trace.ts';
import { treeOf } from './planted.ts';
import type { CallGraph, Source } from './source.ts';

/** As many as a change's files import, and some more. */
const maxOpen = 48;
const opened = new WeakMap<Project, Map<string, Source>>();

/**
 * The source of a file of the change, or of one that such a file imports: opened once a project for all that ask for it
 * while it is among the last used.
 *
 * @throws as plantTree
 */
export function sourceOf(file: SourceFile, text: string, project: Project): Source {
  const sources = opened.get(project) ?? new Map<string, Source>();
  opened.set(project, sources);
  const known = sources.get(file.path);
  const source = known?.tree.text === text ? known : openSource(file, text, project);
  sources.delete(file.path);
  sources.set(file.path, source);
  const [oldest] = sources.keys();
  if (sources.size > maxOpen && oldest !== undefined) sources.delete(oldest);
  return source;
}

/**
 * Opens a text without keeping it: the other side of a change.
 *
 * @throws as plantTree
 */
export function openSource(file: SourceFile, text: string, project: Project): Source {
  const tree = treeOf(file.path, text);
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
