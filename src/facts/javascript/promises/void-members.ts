import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { MisusedPromise } from '../../code.ts';
import { functionsOf } from '../handlers/resolve.ts';
import { enclosingFunction, isFunction, propertyName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { annotationOf, promisedType } from './types.ts';
import { declaresVoid, memberType, parentsOf } from './void-types.ts';

type Add = (at: Node, kind: MisusedPromise['kind'], of: Node, by: string) => void;
const reason = 'its type says that it gives nothing, so nobody waits for it';

/** Async functions in places whose type, of this file, says that they give nothing: of object literals, fields and overridden methods. */
export function readVoidMembers(source: Source, givesPromise: (fn: FunctionNode) => boolean, add: Add): void {
  const { tree } = source;
  for (const object of tree.of('ObjectExpression')) {
    const type = expectedType(object);
    if (!type) continue;
    for (const property of object.properties) {
      if (property.type !== 'Property') continue;
      const [fn] = isFunction(property.value) ? [property.value] : functionsOf(source, property.value);
      const name = propertyName(property);
      if (fn && name && memberType(tree, type, name)?.void && givesPromise(fn))
        add(property, 'member', property.key, reason);
    }
  }
  for (const { left, right } of tree.of('AssignmentExpression')) {
    if (left.type !== 'MemberExpression' || left.object.type !== 'Identifier' || !isFunction(right)) continue;
    const type = annotationOf(tree.bindingOf(left.object)?.at);
    const name = propertyName(left);
    if (type && name && memberType(tree, type, name)?.void && givesPromise(right)) add(left, 'member', left, reason);
  }
  for (const owner of [
    ...tree.of('ClassDeclaration'),
    ...tree.of('ClassExpression'),
    ...tree.of('TSInterfaceDeclaration'),
  ]) {
    const parents = parentsOf(tree, owner);
    if (parents.length === 0) continue;
    for (const element of owner.body.body) {
      const name = 'key' in element && element.key.type === 'Identifier' ? element.key.name : undefined;
      if (!name || ('static' in element && element.static) || !isAsyncMember(source, element, givesPromise)) continue;
      if (parents.some((parent) => declaresVoid(tree, parent, name)))
        add(element, 'member', (element as TSESTree.MethodDefinition).key, reason);
    }
  }
}

/** The type that is written beside an object literal: of the variable it starts, or of the function that returns it. */
function expectedType(object: TSESTree.ObjectExpression): Node | undefined {
  const { parent } = object;
  if (parent.type === 'VariableDeclarator') return annotationOf(parent.id);
  if (parent.type === 'TSSatisfiesExpression') return parent.typeAnnotation;
  if (parent.type === 'ReturnStatement') return enclosingFunction(parent)?.returnType?.typeAnnotation;
  return parent.type === 'ArrowFunctionExpression' ? parent.returnType?.typeAnnotation : undefined;
}

function isAsyncMember(source: Source, element: Node, givesPromise: (fn: FunctionNode) => boolean): boolean {
  if (element.type === 'TSMethodSignature')
    return promisedType(source.tree, element.returnType?.typeAnnotation) === 'promise';
  if (element.type === 'TSAbstractMethodDefinition')
    return promisedType(source.tree, element.value.returnType?.typeAnnotation) === 'promise';
  if (
    element.type !== 'MethodDefinition' &&
    element.type !== 'PropertyDefinition' &&
    element.type !== 'AccessorProperty'
  )
    return false;
  return isFunction(element.value) && givesPromise(element.value);
}
