import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, simpleName } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import type { Tree } from '../../javascript/tree.ts';

/** A name and the expression whose value it is given, or is compared with. */
export interface NamedValue {
  readonly name: string;
  readonly value: Node;
}

/** Methods that take a name and its value. */
const pairs = /^(?:set|put|append|add|define|setHeader|setItem|header|setProperty|default)$/;

/** Everything in a file that gives a value to a name, over as many lines as it takes. */
export function* namedValues(tree: Tree): Iterable<NamedValue> {
  for (const { id, init } of tree.of('VariableDeclarator'))
    if (id.type === 'Identifier' && init) yield { name: id.name, value: init };
  for (const property of tree.of('Property'))
    if (property.parent.type === 'ObjectExpression') yield* named(propertyName(property), property.value);
  for (const field of tree.of('PropertyDefinition')) yield* named(propertyName(field), field.value);
  for (const { left, right } of tree.of('AssignmentPattern')) yield* named(simpleName(left), right);
  for (const { left, right, operator } of tree.of('AssignmentExpression'))
    if (operator !== '+=') yield* named(simpleName(left), right);
  for (const { left, right, operator } of tree.of('BinaryExpression')) {
    if (!/^[!=]==?$/.test(operator)) continue;
    if (right.type === 'Literal') yield* named(simpleName(left), right);
    else if (left.type === 'Literal') yield* named(simpleName(right), left);
  }
  for (const call of tree.of('CallExpression')) yield* given(call);
}

function* named(name: string | undefined, value: Node | null): Iterable<NamedValue> {
  if (name && value) yield { name, value };
}

/** `headers.set('authorization', 'x')`, `client.setPassword('x')`. */
function* given({ callee, arguments: [first, second] }: TSESTree.CallExpression): Iterable<NamedValue> {
  const method = simpleName(callee);
  if (first && /^(?:set|with|use)[A-Z]/.test(method)) yield { name: method.replace(/^[a-z]+/, ''), value: first };
  if (second && pairs.test(method) && first?.type === 'Literal' && typeof first.value === 'string')
    yield { name: first.value, value: second };
}
