import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Chain } from '../chain.ts';
import { propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** What makes other rows of those in the table: their number is not one that the table has. */
const grouping = /^(?:groupBy|distinct\w*|having|aggregate|union\w*|countDistinct)$/;

/**
 * Whether rows are read for nothing but their number: `(await find()).length`, or a name of which only the length is
 * asked. Not where the length is only compared with nought or one: that asks whether there are any.
 */
export function isOnlyCounted(source: Source, { top, links }: Chain): boolean {
  if (links.some(({ name }) => grouping.test(name))) return false;
  let at = top;
  while (/^(?:Await|Chain|TSAs|TSNonNull)Expression$/.test(at.parent?.type ?? '')) at = at.parent as Node;
  const { parent } = at;
  if (parent?.type === 'MemberExpression' && parent.object === at) return isLength(parent) && !asksForAny(parent);
  if (parent?.type !== 'VariableDeclarator' || parent.init !== at || at === top) return false;
  const name = rowsOf(parent.id);
  const binding = name && source.tree.bindingOf(name);
  const uses = binding ? source.tree.referencesOf(binding).filter((use) => use !== name) : [];
  const lengths = uses.map(({ parent: member }) => member).filter(isLength);
  return lengths.length > 0 && lengths.length === uses.length && !lengths.every(asksForAny);
}

/** The name that the rows get: `rows`, `[rows]` of MySQL, `{ rows }` of PostgreSQL. */
export function rowsOf(pattern: Node): TSESTree.Identifier | undefined {
  if (pattern.type === 'Identifier') return pattern;
  if (pattern.type === 'ArrayPattern' && pattern.elements.length === 1)
    return pattern.elements[0]?.type === 'Identifier' ? pattern.elements[0] : undefined;
  const [first, ...more] = pattern.type === 'ObjectPattern' ? pattern.properties : [];
  return first?.type === 'Property' && more.length === 0 && first.value.type === 'Identifier' ? first.value : undefined;
}

function isLength(node: Node): boolean {
  return node.type === 'MemberExpression' && propertyName(node) === 'length';
}

/** `if (rows.length)`, `rows.length > 0`, `!rows.length`. */
function asksForAny({ parent }: Node): boolean {
  if (parent?.type === 'BinaryExpression')
    return [parent.left, parent.right].some(
      (side) => side.type === 'Literal' && (side.value === 0 || side.value === 1),
    );
  return (
    parent?.type === 'IfStatement' ||
    parent?.type === 'LogicalExpression' ||
    (parent?.type === 'UnaryExpression' && parent.operator === '!') ||
    (parent?.type === 'ConditionalExpression' && parent.test.type === 'MemberExpression') ||
    (parent?.type === 'CallExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Boolean')
  );
}
