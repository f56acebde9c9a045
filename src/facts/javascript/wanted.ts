import type { Snapshot, SourceFile } from '../../review/types.ts';
import { candidates } from './imported.ts';
import { isJavaScript } from './parse.ts';

/** Files beside the change that answer questions about it: what it depends on, and the helpers it imports. */
export function wantedFiles(snapshot: Snapshot): readonly string[] {
  const changed = snapshot.files.filter((file) => isJavaScript(file.path) && file.after !== undefined);
  const described = changed.filter(({ after = '' }) => after.includes('ApiProperty'));
  return [
    ...filesAbove(paths(changed), 'package.json'),
    // It says whether the descriptions of fields are completed from their types.
    ...filesAbove(paths(described), nestConfiguration),
    ...importsToRead(snapshot, changed),
  ];
}

/** A change that imports more than this is no change one reads helper by helper. */
const maxImports = 40;

/**
 * Files of the project that the changed ones import, and what index files among those hand on; only those that the tree
 * has, none where it is not known.
 */
function importsToRead(snapshot: Snapshot, changed: readonly SourceFile[]): readonly string[] {
  const exists = snapshot.tree && new Set(snapshot.tree);
  const wanted = new Set<string>();
  if (!exists) return [];
  const want = (path: string, modules: Iterable<string>) => {
    for (const module of modules) {
      if (wanted.size >= maxImports) return;
      const found = candidates(path, module).find((one) => exists.has(one));
      if (found && isJavaScript(found)) wanted.add(found);
    }
  };
  for (const { path, after = '' } of changed) want(path, modulesIn(after, imports));
  for (const { path, text } of snapshot.context) if (isJavaScript(path)) want(path, modulesIn(text, handedOn));
  return [...wanted];
}

const imports = /(?:\bfrom|\brequire\()\s*['"]((?:\.{1,2}|[@~]|src)\/[^'"\n]{1,200})['"]/g;
const handedOn = /^export\s{1,9}(?:\*|\{[^{}]{0,2000}\})[^'"\n]{0,40}\bfrom\s*['"](\.{1,2}\/[^'"\n]{1,200})['"]/gm;

function modulesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, module]) => (module === undefined ? [] : [module]));
}

/** The settings of the Nest CLI. */
export const nestConfiguration = 'nest-cli.json';

/** Every file of a name in the folders above, which could say something of the files. */
export function filesAbove(files: readonly string[], name: string): readonly string[] {
  const found = new Set<string>();
  for (const path of files) {
    const folders = path.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth--) found.add([...folders.slice(0, depth), name].join('/'));
  }
  return [...found];
}

function paths(files: readonly SourceFile[]): readonly string[] {
  return files.map(({ path }) => path);
}
