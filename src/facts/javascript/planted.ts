import { plantTree, type Tree } from './tree.ts';

/** Trees are large, some fifty times their text; a change is read file by file, and its files import the same few. */
const maxTrees = 64;
const maxLength = 2_000_000;

interface Planted {
  readonly path: string;
  readonly tree?: Tree;
  readonly error?: unknown;
}

/** By content, so that every reader, every file that imports it and the next review of the same repository find it; the one used longest ago comes first. */
const planted = new Map<string, Planted>();
let length = 0;

/**
 * The tree of a text, planted once for all who ask while it is among the last used. What did not parse is remembered too.
 *
 * @throws as plantTree
 */
export function treeOf(path: string, text: string): Tree {
  const known = planted.get(text);
  forget(text);
  const found = known?.path === path ? known : plant(path, text);
  planted.set(text, found);
  length += text.length;
  for (const [oldest] of planted) {
    if (oldest === text || (planted.size <= maxTrees && length <= maxLength)) break;
    forget(oldest);
  }
  if (found.tree) return found.tree;
  throw found.error;
}

function plant(path: string, text: string): Planted {
  try {
    return { path, tree: plantTree(path, text) };
  } catch (error) {
    return { path, error };
  }
}

function forget(text: string): void {
  if (planted.delete(text)) length -= text.length;
}
