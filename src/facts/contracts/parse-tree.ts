import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Tree } from './tree.ts';

/** Past these a contract is not read: the parser is linear, but a review has a deadline. */
const maxContractLength = 3_000_000;
const maxDepth = 150;
const maxErrors = 20;
/** Entries that merge keys may bring in: each copies a whole map, so that few letters make many entries. */
const maxMerged = 100_000;

export interface ParsedText {
  readonly tree?: Tree;
  /** Syntax errors and duplicate keys: what and where. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

let nextId = 0;

/** A new identity for the content of a node, unique in the process. */
export function newTreeId(): number {
  return nextId++;
}

/**
 * Parses YAML or JSON (which YAML 1.2 contains) into a tree with lines.
 *
 * @throws RangeError when the text is longer than `maxContractLength`, nested deeper than `maxDepth` levels, or merges more
 *   than `maxMerged` entries
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
    // The parser compares each key with all before it: `contentOf` finds those that stand twice.
    uniqueKeys: false,
  });
  if (document.errors.length > 0) {
    const end = lastCharacter(text, 0, text.length);
    const errors = document.errors.slice(0, maxErrors).map((error) => ({
      // What is missing at the end is missing on the last line that has anything.
      line: lines.linePos(Math.min(error.pos[0], end)).line,
      message: 'the text is not valid YAML or JSON',
    }));
    return { errors };
  }
  const builder = {
    path,
    text,
    lines,
    seen: new Map<Node, Tree>(),
    open: new Set<Node>(),
    anchors: new Map(),
    merged: 0,
    errors: [],
  };
  const tree = document.contents ? build(builder, document.contents as Node, undefined, 0) : undefined;
  return tree ? { tree, errors: builder.errors } : { errors: [] };
}

interface Builder {
  readonly path: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly seen: Map<Node, Tree>;
  readonly open: Set<Node>;
  /** The latest node of each anchor so far: the parser's own `resolve` walks the whole document for every alias. */
  readonly anchors: Map<string, Node>;
  merged: number;
  /** Keys that stand twice. */
  readonly errors: { readonly line: number; readonly message: string }[];
}

function build(b: Builder, node: Node, keyLine: number | undefined, depth: number): Tree {
  if (depth > maxDepth) throw new RangeError('contract nested too deep');
  const [start, end] = node.range ?? [0, 0];
  const line = keyLine ?? lineOf(b, start);
  const endLine = Math.max(line, lineOf(b, lastCharacter(b.text, start, end)));
  const place = { path: b.path, line, endLine };
  if (isAlias(node)) {
    const target = b.anchors.get(node.source);
    // An anchor that contains its own alias is a circle: it ends here as null.
    if (!target || b.open.has(target)) return { ...place, id: nextId++, scalar: null };
    return { ...build(b, target, undefined, depth + 1), ...place };
  }
  const known = b.seen.get(node);
  if (known) return known;
  if (node.anchor !== undefined) b.anchors.set(node.anchor, node);
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
  const written = new Set<string>();
  for (const pair of node.items) {
    const key = pair.key as Node;
    const name = isScalar(key) ? String(key.source ?? key.value) : '';
    const value = pair.value as Node | null;
    const keyLine = lineOf(b, key.range?.[0] ?? 0);
    if (name === '<<' && value) {
      mergeInto(b, map, build(b, value, keyLine, depth + 1));
      continue;
    }
    if (written.has(name) && b.errors.length < maxErrors)
      b.errors.push({ line: keyLine, message: 'the same key stands twice in one map' });
    written.add(name);
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
function mergeInto(b: Builder, map: Map<string, Tree>, merged: Tree): void {
  for (const source of merged.list ?? [merged]) {
    b.merged += source.map?.size ?? 0;
    if (b.merged > maxMerged) throw new RangeError('contract merges too much');
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
