import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { FunctionNode, Node } from './parse.ts';

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Any function, of whichever form. */
export function isFunction(node: Node | undefined | null): node is FunctionNode {
  return node != null && functionTypes.has(node.type);
}

/** `x` in `a.x` and in `{ x: 1 }`: a name of a property, not a reference. Shorthand `{ x }` is a reference. */
export function isPropertyName(id: TSESTree.Identifier): boolean {
  const { parent } = id;
  if (parent.type === 'MemberExpression') return parent.property === id && !parent.computed;
  if (parent.type === 'Property') return parent.key === id && !parent.computed && !parent.shorthand;
  return (
    (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') &&
    parent.key === id &&
    !parent.computed
  );
}

/** The innermost function around a node, not the node itself; undefined at module level. */
export function enclosingFunction(node: Node): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** Strips what does not change the value: parentheses are gone already; `await`, `as`, `!`, `satisfies`, optional chains. */
export function unwrap(node: Node): Node {
  let at = node;
  for (;;) {
    if (at.type === 'AwaitExpression') at = at.argument;
    else if (
      at.type === 'TSAsExpression' ||
      at.type === 'TSNonNullExpression' ||
      at.type === 'TSTypeAssertion' ||
      at.type === 'TSSatisfiesExpression' ||
      at.type === 'ChainExpression'
    )
      at = at.expression;
    else return at;
  }
}

/** Name of a property: `b` of `a.b`, `a['b']`, `{ b: 1 }`; undefined where it is computed. */
export function propertyName(
  node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): string | undefined {
  const key = node.type === 'MemberExpression' ? node.property : node.key;
  if (!node.computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'PrivateIdentifier' ? `#${key.name}` : undefined;
}

/** The one name of a callee or receiver: `a` of `a`, `b` of `x.b`; empty where it is neither a name nor a member. */
export function simpleName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? (propertyName(node) ?? '') : '';
}

/** The value of a property of an object literal, by name; undefined when it is not there or the object is no literal. */
export function propertyOf(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  for (const property of object.properties)
    if (property.type === 'Property' && propertyName(property) === name) return property.value;
  return undefined;
}

/** Whether an object literal has a spread, so that what it lacks cannot be known. */
export function hasSpread(object: Node): boolean {
  return object.type === 'ObjectExpression' && object.properties.some((property) => property.type === 'SpreadElement');
}

/** The name a function goes by: its own, or that of the variable, property, class member or argument it is. */
export function functionName(fn: FunctionNode): string {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'AssignmentExpression')
    return parent.left.type === 'MemberExpression'
      ? (propertyName(parent.left) ?? '')
      : parent.left.type === 'Identifier'
        ? parent.left.name
        : '';
  if (parent.type === 'Property' || parent.type === 'PropertyDefinition') return propertyName(parent) ?? '';
  if (parent.type === 'MethodDefinition') {
    const owner = parent.parent.parent;
    const method = propertyName(parent) ?? '';
    return owner.id ? `${owner.id.name}.${method}` : method;
  }
  // `const f = useCallback(() => …)`, `export const get = asyncHandler(async …)`: the wrapper's variable names it.
  if (
    parent.type === 'CallExpression' &&
    parent.parent.type === 'VariableDeclarator' &&
    parent.parent.id.type === 'Identifier'
  )
    return parent.parent.id.name;
  return '';
}
