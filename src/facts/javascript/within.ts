import type { Node } from './parse.ts';
import type { NodeOf, Tree } from './tree.ts';

/** Nodes of a type inside another node, in document order. Lists are sorted by their start, so the first is found by halving. */
export function within<T extends `${Node['type']}`>(tree: Tree, type: T, outer: Node): readonly NodeOf<T>[] {
  const all = tree.of(type) as readonly Node[];
  const [from, to] = outer.range;
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Node).range[0] < from) low = middle + 1;
    else high = middle;
  }
  const found: Node[] = [];
  for (let at = low; at < all.length; at++) {
    const node = all[at] as Node;
    if (node.range[0] >= to) break;
    if (node !== outer) found.push(node);
  }
  return found as unknown as readonly NodeOf<T>[];
}

/** Whether one node stands inside another. */
export function isWithin(inner: Node, outer: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** Code of a node on one line, as a message can quote it. */
export function quoted(tree: Tree, node: Node, length = 60): string {
  const text = tree.text
    .slice(...node.range)
    .replace(/\s+/g, ' ')
    .replace(/`/g, "'");
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
