/**
 * A YAML or JSON text as a tree that knows its lines. An alias shares the content of its anchor (same `id`), so a tree is
 * a graph without copies: walk it with a memory of the ids seen.
 */
export interface Tree {
  /** File the node is written in. */
  readonly path: string;
  /** Line of the node's key, or of its first character where it has none; 1-based. */
  readonly line: number;
  /** Last line of the value. */
  readonly endLine: number;
  /** Identity of the content, unique in the process. */
  readonly id: number;
  readonly map?: ReadonlyMap<string, Tree>;
  readonly list?: readonly Tree[];
  /** Present when the node is neither a map nor a list. */
  readonly scalar?: string | number | boolean | null;
}

/** Follows keys from a node; a number or digits index a list. Undefined where the path ends early. */
export function child(tree: Tree | undefined, ...keys: readonly (string | number)[]): Tree | undefined {
  let at = tree;
  for (const key of keys)
    at = at?.map?.get(String(key)) ?? (at?.list && /^\d{1,9}$/.test(String(key)) ? at.list[Number(key)] : undefined);
  return at;
}

/** The string at a path of keys, or undefined when there is none or it is no string. */
export function stringAt(tree: Tree | undefined, ...keys: readonly (string | number)[]): string | undefined {
  const found = child(tree, ...keys)?.scalar;
  return typeof found === 'string' ? found : undefined;
}

/** True when the value at a path of keys is the literal `true`. */
export function isTrue(tree: Tree | undefined, ...keys: readonly (string | number)[]): boolean {
  return child(tree, ...keys)?.scalar === true;
}

/** Entries of a map node, none for anything else. */
export function entries(tree: Tree | undefined): Iterable<readonly [string, Tree]> {
  return tree?.map ?? [];
}

/** Items of a list node, none for anything else. */
export function items(tree: Tree | undefined): readonly Tree[] {
  return tree?.list ?? [];
}

/**
 * The plain value of a node.
 *
 * @param budget nodes it may visit: an alias bomb is small as a tree and endless as a value
 * @throws RangeError when the budget is spent
 */
export function plainValue(tree: Tree, budget: { nodes: number } = { nodes: 20_000 }): unknown {
  if (--budget.nodes < 0) throw new RangeError('value too large');
  if (tree.map) {
    // No prototype: a key `__proto__` of a hostile document stays a key.
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, value] of tree.map) object[key] = plainValue(value, budget);
    return object;
  }
  if (tree.list) return tree.list.map((item) => plainValue(item, budget));
  return tree.scalar ?? null;
}

/** A text that two nodes share exactly when their values are equal; object keys are sorted. */
export function canonical(tree: Tree | undefined): string {
  if (!tree) return 'undefined';
  try {
    return canonicalText(tree, { nodes: 20_000 });
  } catch (error) {
    if (error instanceof RangeError) return `#${tree.id}`;
    throw error;
  }
}

function canonicalText(tree: Tree, budget: { nodes: number }): string {
  if (--budget.nodes < 0) throw new RangeError('value too large');
  if (tree.map) {
    const parts = [...tree.map]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${JSON.stringify(key)}:${canonicalText(value, budget)}`);
    return `{${parts.join(',')}}`;
  }
  if (tree.list) return `[${tree.list.map((item) => canonicalText(item, budget)).join(',')}]`;
  return JSON.stringify(tree.scalar ?? null);
}
