import type { Fate } from '../code.ts';
import { propertyName } from './nodes.ts';
import type { Node } from './parse.ts';

/** What happens to the value of an expression: the way from it to whoever takes it. */
export function fateOf(expression: Node): Fate {
  let at = expression;
  for (;;) {
    const { parent } = at;
    if (!parent) return 'floating';
    switch (parent.type) {
      case 'AwaitExpression':
      case 'ForOfStatement':
        return 'awaited';
      case 'YieldExpression':
        return 'awaited';
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return 'returned';
      case 'UnaryExpression':
        return parent.operator === 'void' ? 'void' : 'stored';
      case 'ExpressionStatement':
        return 'floating';
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
        break;
      case 'LogicalExpression':
        if (parent.right !== at) return 'stored';
        break;
      case 'ConditionalExpression':
        if (parent.test === at) return 'stored';
        break;
      case 'SequenceExpression':
        if (parent.expressions.at(-1) !== at) return 'floating';
        break;
      case 'MemberExpression':
        return /^(?:then|catch|finally)$/.test(propertyName(parent) ?? '') ? 'chained' : 'stored';
      case 'CallExpression':
      case 'NewExpression':
        return parent.callee === at ? 'stored' : 'argument';
      default:
        return 'stored';
    }
    at = parent;
  }
}
