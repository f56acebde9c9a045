import { constantText } from './constant-text.ts';
import { propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

const shrinking = /^(?:delete|clear|shift|pop|splice|del|remove|evict|prune|reset|destroy)$/;

/** A place that adds to a container. `key`: what it is put under; undefined for the end of a list. */
export interface Write {
  readonly at: Node;
  readonly key?: Node;
}

/** An empty map, set, object or list. */
export function isContainer(init: Node): boolean {
  const node = unwrap(init);
  if (node.type === 'NewExpression')
    return node.callee.type === 'Identifier' && /^(?:Map|Set)$/.test(node.callee.name) && node.arguments.length === 0;
  if (node.type === 'ObjectExpression') return node.properties.length === 0;
  return node.type === 'ArrayExpression' && node.elements.length === 0;
}

/** The first write, in the order of the references, that adds under a key that is not constant. */
export function growthOf(source: Source, references: readonly Node[]): Write | undefined {
  return references.map((reference) => writeOf(source, reference)).find((write) => write !== undefined);
}

function writeOf(source: Source, reference: Node): Write | undefined {
  const { parent } = reference;
  if (parent?.type !== 'MemberExpression' || parent.object !== reference) return undefined;
  const outer = parent.parent;
  if (parent.computed) {
    const isWrite = outer.type === 'AssignmentExpression' && outer.left === parent;
    return isWrite && constantText(source.tree, parent.property) === undefined
      ? { at: outer, key: parent.property }
      : undefined;
  }
  const name = propertyName(parent) ?? '';
  if (outer.type !== 'CallExpression' || outer.callee !== parent || !/^(?:set|add|push|unshift)$/.test(name))
    return undefined;
  const [key] = outer.arguments;
  if (!key || constantText(source.tree, key) !== undefined) return undefined;
  return /^(?:set|add)$/.test(name) ? { at: outer, key } : { at: outer };
}

/** Whether a reference takes from the container, counts it, puts another in its place, or hands it to somebody who may. */
export function shrinks(reference: Node): boolean {
  const { parent } = reference;
  if (parent?.type === 'MemberExpression' && parent.object === reference) {
    const name = propertyName(parent) ?? '';
    if (shrinking.test(name) || name === 'size' || name === 'length') return true;
    return parent.parent.type === 'UnaryExpression' && parent.parent.operator === 'delete';
  }
  if (parent?.type === 'AssignmentExpression') return parent.left === reference || parent.right === reference;
  return /^(?:CallExpression|ExportSpecifier|Property|ReturnStatement|NewExpression|ArrowFunctionExpression|SpreadElement)$/.test(
    parent?.type ?? '',
  );
}
