import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Tree } from '../tree.ts';
import { annotationOf, declarationOf, promisedType } from './types.ts';

const maxDepth = 6;

/** Whether a type is a function whose result nobody looks at: `() => void`, in every member of a union. */
export function isVoidFunction(tree: Tree, type: Node | undefined, depth = 0): boolean {
  if (!type || depth > maxDepth) return false;
  switch (type.type) {
    case 'TSFunctionType':
      return type.returnType?.typeAnnotation.type === 'TSVoidKeyword';
    case 'TSUnionType': {
      const functions = type.types.filter((one) => one.type !== 'TSUndefinedKeyword' && one.type !== 'TSNullKeyword');
      return functions.length > 0 && functions.every((one) => isVoidFunction(tree, one, depth + 1));
    }
    case 'TSTypeReference': {
      const declared = type.typeName.type === 'Identifier' ? declarationOf(tree, type.typeName) : undefined;
      return declared?.type === 'TSTypeAliasDeclaration' && isVoidFunction(tree, declared.typeAnnotation, depth + 1);
    }
    default:
      return false;
  }
}

/** Type of a member that an object type of this file declares, and whether it is a method that gives nothing. */
export function memberType(tree: Tree, type: Node | undefined, name: string, depth = 0): { void: boolean } | undefined {
  if (!type || depth > maxDepth) return undefined;
  if (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier') {
    const [key, value] = type.typeArguments?.params ?? [];
    const declared = declarationOf(tree, type.typeName);
    if (!declared && type.typeName.name === 'Record' && key && value) return { void: isVoidFunction(tree, value) };
    if (declared?.type === 'TSTypeAliasDeclaration') return memberType(tree, declared.typeAnnotation, name, depth + 1);
    if (declared?.type === 'TSInterfaceDeclaration') return membersOf(tree, declared.body.body, name);
    return undefined;
  }
  return type.type === 'TSTypeLiteral' ? membersOf(tree, type.members, name) : undefined;
}

function membersOf(tree: Tree, members: readonly Node[], name: string): { void: boolean } | undefined {
  const named = members.filter(
    (member): member is TSESTree.TSMethodSignature | TSESTree.TSPropertySignature =>
      (member.type === 'TSMethodSignature' || member.type === 'TSPropertySignature') &&
      member.key.type === 'Identifier' &&
      member.key.name === name,
  );
  if (named.length === 0) {
    const index = members.find((member) => member.type === 'TSIndexSignature');
    return index?.type === 'TSIndexSignature'
      ? { void: isVoidFunction(tree, index.typeAnnotation?.typeAnnotation) }
      : undefined;
  }
  return {
    void: named.every((member) =>
      member.type === 'TSMethodSignature'
        ? member.returnType?.typeAnnotation.type === 'TSVoidKeyword'
        : isVoidFunction(tree, member.typeAnnotation?.typeAnnotation),
    ),
  };
}

/** Whether every signature of what is called takes, at this position, a function that gives nothing. */
export function takesVoidFunction(tree: Tree, callee: Node, position: number): boolean {
  if (callee.type !== 'Identifier') return false;
  const signatures = signaturesOf(tree, callee);
  return (
    signatures.length > 0 &&
    signatures.some((params) => at(tree, params, position) === 'void') &&
    signatures.every((params) => at(tree, params, position) !== 'promise')
  );
}

function at(tree: Tree, params: readonly Node[], position: number): 'void' | 'promise' | 'other' {
  const last = params.at(-1);
  let type: Node | undefined;
  if (last?.type === 'RestElement' && position >= params.length - 1) {
    const rest = annotationOf(last);
    const inner =
      rest?.type === 'TSTupleType'
        ? rest.elementTypes[position - params.length + 1]
        : rest?.type === 'TSArrayType'
          ? rest.elementType
          : undefined;
    type =
      inner?.type === 'TSRestType' && inner.typeAnnotation.type === 'TSArrayType'
        ? inner.typeAnnotation.elementType
        : inner;
  } else type = annotationOf(params[position]);
  if (isVoidFunction(tree, type)) return 'void';
  return type?.type === 'TSFunctionType' && promisedType(tree, type.returnType?.typeAnnotation) !== 'no'
    ? 'promise'
    : 'other';
}

/** Parameter lists of all signatures a name is declared with. */
function signaturesOf(tree: Tree, callee: TSESTree.Identifier): readonly (readonly Node[])[] {
  const declared = tree.of('TSDeclareFunction').filter(({ id }) => id?.name === callee.name);
  if (declared.length > 0) return declared.map(({ params }) => params);
  const binding = tree.bindingOf(callee);
  if (!binding) return [];
  if (isFunction(binding.node)) return [binding.node.params];
  const type = annotationOf(binding.at);
  if (type?.type === 'TSFunctionType') return [type.params];
  if (type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier') {
    const { name } = type.typeName;
    return tree
      .of('TSInterfaceDeclaration')
      .filter(({ id }) => id.name === name)
      .flatMap(({ body }) =>
        body.body.flatMap((member) => (member.type === 'TSCallSignatureDeclaration' ? [member.params] : [])),
      );
  }
  const init = binding.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
  return isFunction(init) ? [init.params] : [];
}

/** Classes and interfaces a class or interface of this file builds on, as far as the file declares them. */
export function parentsOf(
  tree: Tree,
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression | TSESTree.TSInterfaceDeclaration,
): readonly Node[] {
  const names: Node[] =
    node.type === 'TSInterfaceDeclaration'
      ? node.extends.map(({ expression }) => expression)
      : [...node.implements.map(({ expression }) => expression), ...(node.superClass ? [node.superClass] : [])];
  return names.flatMap((name) => {
    const declared = name.type === 'Identifier' ? tree.bindingOf(name)?.node : undefined;
    return declared ? [declared] : [];
  });
}

/** Whether a parent declares the member as a method, or a function, that gives nothing. */
export function declaresVoid(tree: Tree, parent: Node, name: string): boolean {
  if (parent.type === 'TSInterfaceDeclaration')
    return (
      membersOf(
        tree,
        parent.body.body.filter((m) => m.type !== 'TSIndexSignature'),
        name,
      )?.void === true
    );
  if (parent.type !== 'ClassDeclaration') return false;
  return parent.body.body.some((element) => {
    if (element.type === 'StaticBlock' || element.type === 'TSIndexSignature' || element.static) return false;
    if (propertyName(element as TSESTree.MethodDefinition) !== name) return false;
    const { value } = element;
    if (isFunction(value)) return !value.async && value.returnType?.typeAnnotation.type === 'TSVoidKeyword';
    if (value?.type === 'TSEmptyBodyFunctionExpression')
      return value.returnType?.typeAnnotation.type === 'TSVoidKeyword';
    return 'typeAnnotation' in element && isVoidFunction(tree, element.typeAnnotation?.typeAnnotation);
  });
}
