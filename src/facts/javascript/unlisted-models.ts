import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { UnlistedModel } from '../code.ts';
import { decorator } from './handlers/nest.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/**
 * States the models that Nest's Swagger decorators refer to by `getSchemaPath(Model)` though nothing of the file puts
 * them into the document: https://docs.nestjs.com/openapi/types-and-parameters#extra-models
 */
export function readUnlistedModels(source: Source, placeOf: PlaceOf): readonly UnlistedModel[] {
  const { tree } = source;
  const references = tree
    .of('CallExpression')
    .filter(({ callee }) => callee.type === 'Identifier' && callee.name === 'getSchemaPath');
  if (references.length === 0) return [];
  const listed = new Set(
    tree.of('Decorator').flatMap((node) => (isListing(node) ? identifiersIn(source, node.expression) : [])),
  );
  const found = new Map<Node, UnlistedModel>();
  for (const { arguments: given, parent } of references) {
    const [model] = given;
    const owner = model?.type === 'Identifier' ? described(parent) : undefined;
    if (model?.type !== 'Identifier' || !owner || found.has(owner) || listed.has(model.name)) continue;
    if (isDescribedItself(source, model.name)) continue;
    found.set(owner, { ...placeOf(owner), name: model.name });
  }
  return [...found.values()];
}

/** The decorator of Swagger's that a reference is part of. A decorator of the project's own may list the model itself. */
function described(from: Node): Node | undefined {
  for (let at: Node | undefined = from; at; at = at.parent)
    if (at.type === 'Decorator')
      return /^Api(?:Property|\w*Response|Body|Param|Query)/.test(decorator(at).name) ? at : undefined;
  return undefined;
}

/** `@ApiExtraModels(…)` itself, or a decorator of the project's that may well contain it. */
function isListing(node: TSESTree.Decorator): boolean {
  const { name } = decorator(node);
  return name === 'ApiExtraModels' || !/^Api|^(?:Is|Type|Expose|Transform|Validate)/.test(name);
}

function identifiersIn(source: Source, node: Node): readonly string[] {
  return within(source.tree, 'Identifier', node).map(({ name }) => name);
}

/** `@ApiOkResponse({ type: Cat })`, `@Body() cat: Cat`: what is described for its own sake is in the document. */
function isDescribedItself({ tree }: Source, name: string): boolean {
  const isIt = (node: Node | null) => node?.type === 'Identifier' && node.name === name;
  const asOption = tree.of('Property').some(({ key, value }) => {
    if (key.type !== 'Identifier' || key.name !== 'type') return false;
    const types = value.type === 'ArrayExpression' ? value.elements : [value];
    return types.some((type) => isIt(type) || (type?.type === 'ArrowFunctionExpression' && isIt(type.body)));
  });
  return (
    asOption || tree.of('MethodDefinition').some(({ value }) => value.params.some((param) => isInput(param, isIt)))
  );
}

function isInput(param: TSESTree.Parameter, isIt: (node: Node) => boolean): boolean {
  if (param.type !== 'Identifier' || param.decorators.length === 0) return false;
  const type = param.typeAnnotation?.typeAnnotation;
  return type?.type === 'TSTypeReference' && isIt(type.typeName);
}
