import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

/** Whether others get an object: by export, as a function's result, or as an argument. */
export type Way = 'no' | 'exported' | 'returned' | 'given';

/** Libraries that take a connection and use it as it is: they add no listeners of their own. */
const users =
  /^(?:new )?(?:drizzle-orm|kysely|@prisma\/adapter|connect-pg-simple|connect-redis|rate-limit|@neondatabase)/;

/** How a read of the name hands the object to others. */
export function wayOut(source: Source, use: Node): Way {
  const { parent } = use;
  if (
    use.type === 'ExportNamedDeclaration' ||
    parent?.type === 'ExportSpecifier' ||
    parent?.type === 'ExportDefaultDeclaration'
  )
    return 'exported';
  switch (parent?.type) {
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      return 'returned';
    case 'AssignmentExpression': {
      if (parent.left === use) return 'no';
      const left = source.tree.text.slice(...parent.left.range);
      return /^(?:module\.)?exports\b/.test(left) ? 'exported' : /^global/.test(left) ? 'no' : 'given';
    }
    case 'IfStatement':
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'ExpressionStatement':
    case 'AwaitExpression':
    case 'TSTypeQuery':
      return 'no';
    case 'CallExpression':
    case 'NewExpression':
      return isUsed(source, parent) ? 'no' : 'given';
    case 'Property':
      return ofObject(source, parent.parent);
    default:
      return 'given';
  }
}

function ofObject(source: Source, object: Node): Way {
  const { parent } = object;
  if (
    parent?.type === 'AssignmentExpression' &&
    /^(?:module\.)?exports\b/.test(source.tree.text.slice(...parent.left.range))
  )
    return 'exported';
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && isUsed(source, parent)
    ? 'no'
    : 'given';
}

/** Given to what uses it as it is: an ORM, or `source.pipe(it)`, which carries no errors. */
function isUsed(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'pipe') return true;
  const { text, from } = source.originOf(call.callee);
  return from === 'import' && users.test(text);
}
