import type { SourceFile } from '../../../review/types.ts';
import type { Project } from '../../project.ts';
import { type ExportedNodes, exportedNodes } from '../exported-nodes.ts';
import { importedFile } from '../imported.ts';
import { sourceOf } from '../open-source.ts';
import { isJavaScript } from '../parse.ts';
import { type Running, runningOf } from '../scope.ts';
import type { Source } from '../source.ts';

/** A file that a changed one imports, opened to be read along with it. */
export interface Neighbour {
  readonly source: Source;
  readonly running: Running;
  readonly exported: ExportedNodes;
}

/** Trees are large; a change is written file by file, and its files import the same few helpers. */
const maxOpen = 48;
const opened = new WeakMap<Project, Map<string, Neighbour | undefined>>();

/** The file that an import means, opened once a project; undefined where it is not in sight or does not parse. */
export function neighbourOf(source: Source, module: string): Neighbour | undefined {
  const { project } = source;
  const file = importedFile(project, source.file.path, module);
  if (!file || file.path === source.file.path || !isJavaScript(file.path)) return undefined;
  const known = opened.get(project) ?? new Map<string, Neighbour | undefined>();
  opened.set(project, known);
  if (known.has(file.path)) return known.get(file.path);
  const [oldest] = known.keys();
  if (known.size >= maxOpen && oldest !== undefined) known.delete(oldest);
  const neighbour = open(file.path, file.text, project);
  known.set(file.path, neighbour);
  return neighbour;
}

function open(path: string, text: string, project: Project): Neighbour | undefined {
  const file: SourceFile = { path, status: 'modified', after: text, added: [], removed: [], hunks: [] };
  try {
    const source = sourceOf(file, text, project);
    return { source, running: runningOf(source), exported: exportedNodes(source) };
  } catch {
    // A helper that does not parse says nothing; its own review says why.
    return undefined;
  }
}
