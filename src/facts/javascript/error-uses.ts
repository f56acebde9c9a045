import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, simpleName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Tree } from './tree.ts';

/** Of the error nothing is read but its message: `err.message`, `err instanceof Error ? err.message : String(err)`. */
export function isMessageOnly(tree: Tree, id: TSESTree.Identifier, body: Node): boolean {
  const binding = tree.bindingOf(id);
  const uses = (binding ? tree.referencesOf(binding) : []).filter(({ range }) => range[0] >= body.range[0]);
  const kinds = uses.map((use) => {
    let at: Node = use;
    while (at.parent && /^TS(?:As|NonNull)Expression$/.test(at.parent.type)) at = at.parent;
    const { parent } = at;
    if (parent?.type === 'MemberExpression' && parent.object === at)
      return propertyName(parent) === 'message' ? 'message' : 'other';
    const asks = parent?.type === 'BinaryExpression' && parent.operator === 'instanceof';
    if (asks) return parent.parent.type === 'ConditionalExpression' ? 'shape' : 'other';
    return parent?.type === 'CallExpression' && simpleName(parent.callee) === 'String' ? 'shape' : 'other';
  });
  return kinds.includes('message') && !kinds.includes('other');
}
