import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { isFunction, propertyName, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import { isWithin } from '../within.ts';
import { decoratorsOf, typed } from './classes.ts';
import { extend, importOrigin, type Origin, type Tracer, unknown } from './origin.ts';

/** The origin of what a name is bound to. */
export function traceBinding(tracer: Tracer, binding: Binding, steps: number): Origin {
  const { node } = binding;
  switch (binding.kind) {
    case 'import':
      return importOrigin(node);
    case 'function':
    case 'class':
      return { from: 'local', text: binding.name, declaration: node };
    case 'param':
      return parameterOrigin(tracer, binding, steps);
    case 'const':
    case 'let':
    case 'var':
      return node.type === 'VariableDeclarator' ? variableOrigin(tracer, binding, node, steps) : unknown;
    default:
      return unknown;
  }
}

function variableOrigin(tracer: Tracer, binding: Binding, node: TSESTree.VariableDeclarator, steps: number): Origin {
  const loop = node.parent.parent;
  if (loop?.type === 'ForOfStatement' && loop.left === node.parent) {
    const over = tracer.trace(loop.right, steps);
    return path(tracer, binding, node.id, extend(over, `${over.text}[]`), steps);
  }
  if (!node.init) return assignedOrigin(tracer, binding, steps) ?? typed(tracer, node.id) ?? unknown;
  const init = unwrap(node.init);
  if (init.type === 'ObjectExpression' && node.id.type === 'Identifier')
    return { from: 'local', text: binding.name, declaration: init };
  const origin = tracer.trace(init, steps);
  if (origin.from === 'literal' && binding.kind !== 'const') return assignedOrigin(tracer, binding, steps) ?? origin;
  const found = path(tracer, binding, node.id, origin, steps);
  return found.from === 'unknown' || found.from === 'parameter' ? (typed(tracer, node.id) ?? found) : found;
}

/** `let pool; pool = new Pool()`: the first assignment that is known. */
function assignedOrigin(tracer: Tracer, binding: Binding, steps: number): Origin | undefined {
  for (const reference of tracer.tree.referencesOf(binding)) {
    const { parent } = reference;
    if (parent.type !== 'AssignmentExpression' || parent.left !== reference) continue;
    const origin = tracer.trace(parent.right, steps);
    if (origin.from !== 'unknown' && origin.from !== 'literal') return origin;
  }
  return undefined;
}

/** Follows a destructuring pattern from the whole to the name. */
function path(tracer: Tracer, binding: Binding, pattern: Node, whole: Origin, steps: number): Origin {
  if (pattern.type === 'Identifier') return whole;
  if (pattern.type === 'AssignmentPattern') return path(tracer, binding, pattern.left, whole, steps);
  if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') {
        if (isWithin(binding.at, property.argument)) return whole;
        continue;
      }
      if (isWithin(binding.at, property.value))
        return path(
          tracer,
          binding,
          property.value,
          memberOf(tracer, whole, propertyName(property) ?? '[]', steps),
          steps,
        );
    }
  }
  if (pattern.type === 'ArrayPattern') {
    for (const element of pattern.elements)
      if (element && isWithin(binding.at, element))
        return path(tracer, binding, element, extend(whole, `${whole.text}[]`), steps);
  }
  return unknown;
}

function parameterOrigin(tracer: Tracer, binding: Binding, steps: number): Origin {
  const { node } = binding;
  const pattern = node.type === 'TSParameterProperty' ? node.parameter : node;
  const plain = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  const declared = typed(tracer, plain, decoratorsOf(node));
  if (declared && plain.type === 'Identifier') return declared;
  if (pattern.type === 'AssignmentPattern' && plain.type === 'Identifier') {
    const value = tracer.trace(pattern.right, steps);
    if (value.from === 'import') return value;
  }
  const fn = node.parent as FunctionNode;
  if (!isFunction(fn)) return unknown;
  const index = fn.params.indexOf(node as TSESTree.Parameter);
  const whole: Origin = {
    from: 'parameter',
    text: plain.type === 'Identifier' ? plain.name : `$${index}`,
    parameter: { of: fn, index },
    decorators: decoratorsOf(node),
  };
  return declared && plain.type === 'ObjectPattern'
    ? path(tracer, binding, plain, declared, steps)
    : path(tracer, binding, pattern, whole, steps);
}

/** A property of what an origin stands for: of an object of this file, what it holds under the name. */
export function memberOf(tracer: Tracer, object: Origin, name: string, steps: number): Origin {
  const declared = object.from === 'local' ? object.declaration : undefined;
  if (declared?.type === 'ObjectExpression') {
    for (const property of declared.properties)
      if (property.type === 'Property' && propertyName(property) === name) return tracer.trace(property.value, steps);
  }
  if (object.text === 'default' || (name === 'default' && object.from === 'import')) return extend(object, object.text);
  return extend(object, `${object.text}.${name}`);
}
