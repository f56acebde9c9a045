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

const found = new WeakMap<Project, Map<string, string | undefined>>();

/** Text of the file that an import means, when the project holds it. */
export function importedFile(
  project: Project,
  from: string,
  module: string,
): { path: string; text: string } | undefined {
  const paths = found.get(project) ?? new Map<string, string | undefined>();
  found.set(project, paths);
  const key = `${from.slice(0, from.lastIndexOf('/') + 1)}\n${module}`;
  if (!paths.has(key))
    paths.set(
      key,
      candidates(from, module).find((candidate) => project.text(candidate) !== undefined),
    );
  const path = paths.get(key);
  const text = path === undefined ? undefined : project.text(path);
  return path === undefined || text === undefined ? undefined : { path, text };
}
