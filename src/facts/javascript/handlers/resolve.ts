import { isFunction, propertyName, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';

const maxDepth = 5;

/**
 * The functions an expression stands for, as a registration would run them: a literal, a name of this file, a method of an
 * object or class of this file, `f.bind(this)`, or what a wrapper (`asyncHandler(f)`) is given.
 */
export function functionsOf(source: Source, expression: Node, depth = 0): readonly FunctionNode[] {
  if (depth > maxDepth) return [];
  const node = unwrap(expression);
  if (isFunction(node)) return [node];
  if (node.type === 'ArrayExpression')
    return node.elements.flatMap((element) => (element ? functionsOf(source, element, depth + 1) : []));
  if (node.type === 'Identifier') return namedFunction(source, node, depth);
  if (node.type === 'MemberExpression') {
    const { declaration } = source.originOf(node);
    if (isFunction(declaration)) return [declaration];
    return methodOf(source, node);
  }
  if (node.type !== 'CallExpression') return [];
  const { callee } = node;
  if (callee.type === 'MemberExpression' && propertyName(callee) === 'bind')
    return functionsOf(source, callee.object, depth + 1);
  return node.arguments.flatMap((argument) =>
    argument.type === 'ObjectExpression' ? [] : functionsOf(source, argument, depth + 1),
  );
}

function namedFunction(source: Source, node: Node, depth: number): readonly FunctionNode[] {
  if (node.type !== 'Identifier') return [];
  const binding = source.tree.bindingOf(node);
  if (!binding) return [];
  if (binding.kind === 'function') return isFunction(binding.node) ? [binding.node] : [];
  if (binding.node.type !== 'VariableDeclarator' || binding.node.id.type !== 'Identifier' || !binding.node.init)
    return [];
  const init = unwrap(binding.node.init);
  if (isFunction(init)) return [init];
  // `const create = asyncHandler(async (req, res) => …)`.
  return init.type === 'CallExpression' ? functionsOf(source, init, depth + 1) : [];
}

/** `controller.create` where `controller` is an instance of a class, or an object, of this file. */
function methodOf(source: Source, node: Node): readonly FunctionNode[] {
  if (node.type !== 'MemberExpression') return [];
  const name = propertyName(node);
  const { declaration } = source.originOf(node.object);
  if (name === undefined || !declaration) return [];
  if (declaration.type === 'ObjectExpression')
    return declaration.properties.flatMap((property) =>
      property.type === 'Property' && propertyName(property) === name && isFunction(property.value)
        ? [property.value]
        : [],
    );
  if (declaration.type !== 'ClassDeclaration' && declaration.type !== 'ClassExpression') return [];
  return declaration.body.body.flatMap((element) => {
    if (element.type !== 'MethodDefinition' && element.type !== 'PropertyDefinition') return [];
    const { value } = element;
    return propertyName(element) === name && value && isFunction(value) ? [value as FunctionNode] : [];
  });
}
