import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Tree } from '../tree.ts';

/** What the declared type of a value says of promises. `maybe`: a union of which one member is one. `promises`: a list of them. */
export type Promised = 'promise' | 'maybe' | 'promises' | 'no' | 'unknown';

const maxDepth = 8;

/** Reads a type as far as this file declares it. */
export function promisedType(tree: Tree, type: Node | undefined, depth = 0): Promised {
  if (!type || depth > maxDepth) return 'unknown';
  switch (type.type) {
    case 'TSTypeReference':
      return reference(tree, type, depth + 1);
    case 'TSArrayType':
      return isPromised(promisedType(tree, type.elementType, depth + 1)) ? 'promises' : 'no';
    case 'TSTupleType':
      return type.elementTypes.some((one) => isPromised(promisedType(tree, one, depth + 1))) ? 'promises' : 'no';
    case 'TSTypeOperator':
      return promisedType(tree, type.typeAnnotation, depth + 1);
    case 'TSIntersectionType':
      return type.types.some((one) => promisedType(tree, one, depth + 1) === 'promise') ? 'promise' : 'unknown';
    case 'TSUnionType': {
      const members = type.types.map((one) => promisedType(tree, one, depth + 1));
      if (members.every((one) => one === 'promise')) return 'promise';
      if (members.includes('promises')) return 'promises';
      return members.some(isPromised) ? 'maybe' : members.includes('unknown') ? 'unknown' : 'no';
    }
    case 'TSAnyKeyword':
    case 'TSUnknownKeyword':
      return 'unknown';
    default:
      return type.type.endsWith('Keyword') || type.type === 'TSLiteralType' || type.type === 'TSFunctionType'
        ? 'no'
        : 'unknown';
  }
}

export function isPromised(promised: Promised): boolean {
  return promised === 'promise' || promised === 'maybe';
}

function reference(tree: Tree, type: TSESTree.TSTypeReference, depth: number): Promised {
  if (type.typeName.type !== 'Identifier') return 'unknown';
  const { name } = type.typeName;
  const declared = declarationOf(tree, type.typeName);
  if (!declared) {
    if (name === 'Promise' || name === 'PromiseLike') return 'promise';
    if (!/^(?:Readonly)?Array$/.test(name)) return 'unknown';
    return isPromised(promisedType(tree, type.typeArguments?.params[0], depth)) ? 'promises' : 'no';
  }
  switch (declared.type) {
    case 'TSTypeAliasDeclaration':
      return promisedType(tree, declared.typeAnnotation, depth);
    case 'TSTypeParameter':
      return promisedType(tree, declared.constraint ?? undefined, depth);
    case 'ClassDeclaration':
      return declared.superClass?.type === 'Identifier' && declared.superClass.name === 'Promise' ? 'promise' : 'no';
    case 'TSInterfaceDeclaration':
      return declared.extends.some(
        ({ expression }) => expression.type === 'Identifier' && expression.name === 'Promise',
      )
        ? 'promise'
        : 'no';
    default:
      return 'unknown';
  }
}

/** The declaration of a type's name in this file: an alias, an interface, a class, a type parameter around it. */
export function declarationOf(tree: Tree, name: TSESTree.Identifier): Node | undefined {
  for (let at: Node | undefined = name.parent; at; at = at.parent) {
    const parameters =
      isFunction(at) ||
      at.type === 'TSDeclareFunction' ||
      at.type === 'ClassDeclaration' ||
      at.type === 'TSFunctionType'
        ? at.typeParameters
        : undefined;
    const own = parameters?.params.find((parameter) => parameter.name.name === name.name);
    if (own) return own;
  }
  return tree.bindingOf(name)?.node;
}

/** The type a name is declared with, on the name itself. */
export function annotationOf(node: Node | undefined): Node | undefined {
  return node && 'typeAnnotation' in node && (node.typeAnnotation as Node | undefined)?.type === 'TSTypeAnnotation'
    ? (node.typeAnnotation as TSESTree.TSTypeAnnotation).typeAnnotation
    : undefined;
}
