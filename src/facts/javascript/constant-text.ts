import { unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Tree } from './tree.ts';

/** Steps from name to name: enough for real code, an end for `a = b; b = a`. */
const maxSteps = 16;

/** The text of a constant string, following `const` names and concatenation; undefined where any part is not constant. */
export function constantText(tree: Tree, expression: Node, steps = 0): string | undefined {
  const node = unwrap(expression);
  if (steps > maxSteps) return undefined;
  if (node.type === 'Literal')
    return typeof node.value === 'string' ? node.value : node.value === null ? undefined : String(node.value);
  if (node.type === 'TemplateLiteral') {
    let text = '';
    for (const [i, quasi] of node.quasis.entries()) {
      const hole = node.expressions[i];
      const value = hole ? constantText(tree, hole, steps + 1) : '';
      if (value === undefined) return undefined;
      text += quasi.value.cooked + value;
    }
    return text;
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = constantText(tree, node.left, steps + 1);
    const right = left === undefined ? undefined : constantText(tree, node.right, steps + 1);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (node.type === 'Identifier') {
    const binding = tree.bindingOf(node);
    if (
      binding?.kind !== 'const' ||
      binding.node.type !== 'VariableDeclarator' ||
      binding.node.id.type !== 'Identifier' ||
      !binding.node.init
    )
      return undefined;
    return constantText(tree, binding.node.init, steps + 1);
  }
  return undefined;
}
