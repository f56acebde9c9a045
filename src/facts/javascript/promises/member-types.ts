import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Tree } from '../tree.ts';
import { annotationOf, declarationOf } from './types.ts';

const maxDepth = 6;
type Member = TSESTree.TypeElement | TSESTree.ClassElement;

/**
 * The type that a call of `store.save`, `this.store.save` or `api.users.list` gives, where the object's type is written in
 * this file: a `return` type node, `async` for a method that is, undefined where nothing says it.
 */
export function memberReturn(tree: Tree, callee: TSESTree.MemberExpression): Node | 'async' | undefined {
  const member = memberOf(tree, typeOf(tree, callee.object, 0), propertyName(callee), 0);
  if (!member) return undefined;
  if (member.type === 'MethodDefinition') {
    const { value } = member;
    return 'async' in value && value.async ? 'async' : value.returnType?.typeAnnotation;
  }
  if (member.type === 'TSMethodSignature') return member.returnType?.typeAnnotation;
  const type = annotationOf(member);
  return type?.type === 'TSFunctionType' ? type.returnType?.typeAnnotation : undefined;
}

/** The declared type of an object: of a name, a field of the class around it, a property of either. */
function typeOf(tree: Tree, object: Node, depth: number): Node | undefined {
  if (depth > maxDepth) return undefined;
  if (object.type === 'TSNonNullExpression') return typeOf(tree, object.expression, depth + 1);
  if (object.type === 'Identifier') return annotationOf(tree.bindingOf(object)?.at);
  if (object.type !== 'MemberExpression') return undefined;
  const name = propertyName(object);
  if (object.object.type === 'ThisExpression') return fieldType(object, name);
  const member = memberOf(tree, typeOf(tree, object.object, depth + 1), name, depth + 1);
  return member && annotationOf(member);
}

/** The type of a field of the class around a node, or of the constructor's parameter that makes it one. */
function fieldType(node: Node, name: string | undefined): Node | undefined {
  let at: Node | undefined = node;
  while (at && at.type !== 'ClassBody') at = at.parent;
  for (const element of at?.body ?? []) {
    if (element.type === 'PropertyDefinition' && propertyName(element) === name) return annotationOf(element);
    if (element.type !== 'MethodDefinition' || element.kind !== 'constructor') continue;
    for (const parameter of element.value.params)
      if (parameter.type === 'TSParameterProperty' && parameter.parameter.type === 'Identifier')
        if (parameter.parameter.name === name) return annotationOf(parameter.parameter);
  }
  return undefined;
}

/** A member of an interface, an object type or a class of this file, by its name; undefined for overloads. */
function memberOf(tree: Tree, type: Node | undefined, name: string | undefined, depth: number): Member | undefined {
  if (!type || name === undefined || depth > maxDepth) return undefined;
  if (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier') {
    const declared = declarationOf(tree, type.typeName);
    return memberOf(
      tree,
      declared?.type === 'TSTypeAliasDeclaration' ? declared.typeAnnotation : declared,
      name,
      depth + 1,
    );
  }
  const members: readonly Member[] =
    type.type === 'TSInterfaceDeclaration' || type.type === 'ClassDeclaration'
      ? type.body.body
      : type.type === 'TSTypeLiteral'
        ? type.members
        : [];
  const [found, ...more] = members.filter((member) => nameOf(member) === name);
  return more.length === 0 ? found : undefined;
}

function nameOf(member: Member): string | undefined {
  if (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') return propertyName(member);
  if (member.type !== 'TSMethodSignature' && member.type !== 'TSPropertySignature') return undefined;
  return member.key.type === 'Identifier' && !member.computed ? member.key.name : undefined;
}
