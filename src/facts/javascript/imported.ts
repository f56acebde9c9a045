import type { FunctionSummary } from '../code.ts';
import type { Project } from '../project.ts';

/** Endings a relative import may leave out, TypeScript's own first; `.js` may stand for `.ts`. */
const endings = ['', '.ts', '.tsx', '.js', '.mjs', '.cjs', '.mts', '/index.ts', '/index.js'];

/** A project's own root by the aliases that templates set up: `@/lib/db`, `~/lib/db`, `src/lib/db`. */
const alias = /^(?:[@~]|src)\//;

/** Whether a module is a file of the project: imported relatively, or by one of the usual aliases. */
export function isOfProject(module: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(module) || alias.test(module);
}

/** Paths an import may mean, most likely first; none for a package. */
export function candidates(from: string, module: string): readonly string[] {
  const folders = from.split('/').slice(0, -1);
  if (alias.test(module)) {
    const rest = module.replace(alias, '');
    const roots = folders.map((_, depth) => folders.slice(0, folders.length - depth).join('/')).concat('');
    return roots.flatMap((root) => {
      const prefix = root === '' ? '' : `${root}/`;
      return [...spellings(`${prefix}src/${rest}`), ...spellings(`${prefix}${rest}`)];
    });
  }
  if (!module.startsWith('.')) return [];
  for (const part of module.split('/')) {
    if (part === '..') folders.pop();
    else if (part !== '.' && part !== '') folders.push(part);
  }
  return spellings(folders.join('/'));
}

function spellings(path: string): readonly string[] {
  const bare = path.replace(/\.[cm]?js$/, '');
  return [...new Set([...(bare === path ? [] : [`${bare}.ts`]), ...endings.map((ending) => path + ending)])];
}

/** Text of the file that an import means, when the project holds it. */
export function importedFile(
  project: Project,
  from: string,
  module: string,
): { path: string; text: string } | undefined {
  for (const path of candidates(from, module)) {
    const text = project.text(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

/** What the functions that a file exports reach, by their exported names. */
export type ExportedSummaries = ReadonlyMap<string, FunctionSummary>;

const remembered = new WeakMap<Project, Map<string, ExportedSummaries>>();

/** Remembers the summaries of a file as long as its project is in use: many files of a change import the same helper. */
export function rememberSummaries(project: Project, path: string, make: () => ExportedSummaries): ExportedSummaries {
  const known = remembered.get(project) ?? new Map<string, ExportedSummaries>();
  remembered.set(project, known);
  const before = known.get(path);
  if (before) return before;
  let made: ExportedSummaries;
  try {
    made = make();
  } catch {
    // A helper that does not parse says nothing; its own review says why.
    made = new Map();
  }
  known.set(path, made);
  return made;
}
