import type { Tree } from '../tree.ts';

/** A node of a document and the keys that lead to it. */
export interface Visit {
  readonly node: Tree;
  readonly keys: readonly string[];
}

/** Below these a document holds data, not description. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);
/** Below these the keys are names that people chose. */
const names = new Set([
  'properties',
  'patternProperties',
  'definitions',
  'schemas',
  'parameters',
  'headers',
  'responses',
  '$defs',
  'dependentSchemas',
]);
const maxNodes = 300_000;

/**
 * Every map of a document that describes something, whether or not it stands where the standard wants it: a part of a
 * contract in a file of its own is read as well as the whole. Examples and extensions are left out.
 */
export function* everyMap(root: Tree): Generator<Visit> {
  const open: Visit[] = [{ node: root, keys: [] }];
  const seen = new Set<number>();
  for (let visits = 0; visits < maxNodes; visits++) {
    const visit = open.pop();
    if (!visit) return;
    const { node, keys } = visit;
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    if (node.map) yield visit;
    const named = names.has(keys.at(-1) ?? '') && !names.has(keys.at(-2) ?? '');
    for (const [key, child] of node.map ?? []) {
      if (!named && (data.has(key) || key.startsWith('x-'))) continue;
      if (child.map || child.list) open.push({ node: child, keys: [...keys, key] });
    }
    for (const child of node.list ?? []) if (child.map || child.list) open.push({ node: child, keys: [...keys, '[]'] });
  }
}

/** Whether a visited map is one of names to schemas and the like, not a thing itself. */
export function holdsNames(visit: Visit): boolean {
  return names.has(visit.keys.at(-1) ?? '') && !names.has(visit.keys.at(-2) ?? '');
}
