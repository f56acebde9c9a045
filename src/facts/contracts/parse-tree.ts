import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Tree } from './tree.ts';

/** Past these a contract is not read: the parser is linear, but a review has a deadline. */
const maxContractLength = 3_000_000;
const maxDepth = 150;

export interface ParsedText {
  readonly tree?: Tree;
  /** Syntax errors and duplicate keys: what and where. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

let nextId = 1;

/**
 * Parses YAML or JSON (which YAML 1.2 contains) into a tree with lines.
 *
 * @throws RangeError when the text is longer than `maxContractLength` or nested deeper than 150 levels
 */
export function parseTree(path: string, text: string): ParsedText {
  if (text.length > maxContractLength) throw new RangeError('contract too large');
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    logLevel: 'silent',
    stringKeys: false,
    prettyErrors: false,
  });
  const errors = document.errors.slice(0, 20).map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    message:
      error.code === 'DUPLICATE_KEY' ? 'the same key stands twice in one map' : 'the text is not valid YAML or JSON',
  }));
  if (errors.length > 0 && document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return { errors };
  const builder = { path, text, lines, document, seen: new Map<Node, Tree>(), open: new Set<Node>() };
  const tree = document.contents ? build(builder, document.contents as Node, undefined, 0) : undefined;
  return tree ? { tree, errors } : { errors };
}

interface Builder {
  readonly path: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly document: Document;
  readonly seen: Map<Node, Tree>;
  readonly open: Set<Node>;
}

function build(b: Builder, node: Node, keyLine: number | undefined, depth: number): Tree {
  if (depth > maxDepth) throw new RangeError('contract nested too deep');
  const [start, end] = node.range ?? [0, 0];
  const line = keyLine ?? lineOf(b, start);
  const endLine = Math.max(line, lineOf(b, lastCharacter(b.text, start, end)));
  const place = { path: b.path, line, endLine };
  if (isAlias(node)) {
    const target = node.resolve(b.document) as Node | undefined;
    // An anchor that contains its own alias is a circle: it ends here as null.
    if (!target || b.open.has(target)) return { ...place, id: nextId++, scalar: null };
    return { ...build(b, target, undefined, depth + 1), ...place };
  }
  const known = b.seen.get(node);
  if (known) return known;
  b.open.add(node);
  const tree: Tree = { ...place, id: nextId++, ...contentOf(b, node, depth) };
  b.open.delete(node);
  b.seen.set(node, tree);
  return tree;
}

function contentOf(b: Builder, node: Node, depth: number): Pick<Tree, 'map' | 'list' | 'scalar'> {
  if (isSeq(node))
    return {
      list: node.items.map((item) => build(b, (isPair(item) ? item.value : item) as Node, undefined, depth + 1)),
    };
  if (!isMap(node)) return { scalar: scalarOf(isScalar(node) ? node.value : null) };
  const map = new Map<string, Tree>();
  for (const pair of node.items) {
    const key = pair.key as Node;
    const name = isScalar(key) ? String(key.source ?? key.value) : '';
    const value = pair.value as Node | null;
    const keyLine = lineOf(b, key.range?.[0] ?? 0);
    if (name === '<<' && value) {
      mergeInto(map, build(b, value, keyLine, depth + 1));
      continue;
    }
    map.set(
      name,
      value
        ? build(b, value, keyLine, depth + 1)
        : { path: b.path, line: keyLine, endLine: keyLine, id: nextId++, scalar: null },
    );
  }
  return { map };
}

/** YAML 1.1's merge key, which contracts written by hand use with anchors. */
function mergeInto(map: Map<string, Tree>, merged: Tree): void {
  for (const source of merged.list ?? [merged]) {
    for (const [key, value] of source.map ?? []) if (!map.has(key)) map.set(key, value);
  }
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : String(value);
}

function lineOf(b: Builder, offset: number): number {
  return b.lines.linePos(offset).line;
}

function lastCharacter(text: string, start: number, end: number): number {
  let at = end - 1;
  while (at > start && (text[at] === '\n' || text[at] === ' ' || text[at] === '\r')) at--;
  return Math.max(at, start);
}
