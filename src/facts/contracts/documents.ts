import { type ParsedText, parseTree } from './parse-tree.ts';
import { child, stringAt, type Tree } from './tree.ts';

/** The contract files of one side of a change, parsed when first asked for. */
export interface Documents {
  /** The parsed file, undefined where the file is not in sight or cannot be parsed. */
  parsed(path: string): ParsedText | undefined;
  /** Follows `$ref`s from a node until there is none. A URL is never fetched. */
  resolve(node: Tree): Resolved | undefined;
}

export interface Resolved {
  readonly node: Tree;
  /** The nodes that held a `$ref` on the way, outermost first. */
  readonly via: readonly Tree[];
}

const maxFiles = 200;
const maxHops = 30;

/** Opens the files of one side; `textOf` gives a file's text on that side. */
export function openDocuments(textOf: (path: string) => string | undefined): Documents {
  const files = new Map<string, ParsedText | undefined>();
  const parsed = (path: string): ParsedText | undefined => {
    if (files.has(path) || files.size >= maxFiles) return files.get(path);
    const text = textOf(path);
    const result = text === undefined ? undefined : parseTree(path, text);
    files.set(path, result);
    return result;
  };
  const resolve = (from: Tree): Resolved | undefined => {
    const via: Tree[] = [];
    let node: Tree | undefined = from;
    for (let hops = 0; node && hops < maxHops; hops++) {
      const ref = stringAt(node, '$ref');
      if (ref === undefined) return { node, via };
      via.push(node);
      const target = splitRef(node.path, ref);
      node = target && pointed(parsed(target.path)?.tree, target.pointer);
    }
    return undefined;
  };
  return { parsed, resolve };
}

/**
 * Splits a `$ref` into the file it names and the pointer into it.
 *
 * @returns undefined for a URL, an absolute path, or a path that climbs out of the repository
 */
export function splitRef(from: string, ref: string): { readonly path: string; readonly pointer: string } | undefined {
  const cut = ref.indexOf('#');
  const file = cut < 0 ? ref : ref.slice(0, cut);
  const pointer = cut < 0 ? '' : ref.slice(cut + 1);
  if (file === '') return { path: from, pointer };
  if (/^[a-z][a-z0-9+.-]*:/i.test(file) || file.startsWith('/')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of file.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return { path: parts.join('/'), pointer };
}

function pointed(root: Tree | undefined, pointer: string): Tree | undefined {
  if (pointer === '' || pointer === '/') return root;
  if (!pointer.startsWith('/')) return undefined;
  return child(root, ...pointer.slice(1).split('/').map(unescapePart));
}

function unescapePart(part: string): string {
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // A stray percent sign: the pointer is taken as written.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
