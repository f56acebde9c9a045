import type { Snapshot, SourceFile } from '../../review/types.ts';
import { candidates } from './imported.ts';
import { isJavaScript } from './parse.ts';

/** Files beside the change that answer questions about it: what it depends on, and the helpers it imports. */
export function wantedFiles(snapshot: Snapshot): readonly string[] {
  const changed = snapshot.files.filter((file) => isJavaScript(file.path) && file.after !== undefined);
  return [...manifestsAbove(changed.map((file) => file.path)), ...importsToRead(changed, snapshot.tree)];
}

/** A change that imports more than this is no change one reads helper by helper. */
const maxImports = 40;

/** Files that the changed ones import relatively; only those that exist, where the tree is known. */
function importsToRead(changed: readonly SourceFile[], tree: readonly string[] | undefined): readonly string[] {
  const exists = tree && new Set(tree);
  const wanted = new Set<string>();
  for (const { path, after = '' } of changed) {
    for (const [, module = ''] of after.matchAll(/(?:\bfrom|\brequire\()\s*['"](\.{1,2}\/[^'"\n]{1,200})['"]/g)) {
      const [likely, ...others] = candidates(path, module);
      const found = exists ? [likely, ...others].find((one) => one !== undefined && exists.has(one)) : undefined;
      if (found && isJavaScript(found)) wanted.add(found);
      if (wanted.size >= maxImports) return [...wanted];
    }
  }
  return [...wanted];
}

/** Every package.json that could say what the files depend on. */
function manifestsAbove(paths: readonly string[]): readonly string[] {
  const manifests = new Set<string>();
  for (const path of paths) {
    const folders = path.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth--)
      manifests.add([...folders.slice(0, depth), 'package.json'].join('/'));
  }
  return [...manifests];
}
