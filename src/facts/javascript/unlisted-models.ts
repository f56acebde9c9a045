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
  const listed = new Set([
    ...tree.of('Decorator').flatMap((node) => (isListing(node) ? identifiersIn(source, node.expression) : [])),
    ...describedThemselves(source),
  ]);
  const found = new Map<Node, UnlistedModel>();
  for (const { arguments: given, parent } of references) {
    const [model] = given;
    const owner = model?.type === 'Identifier' ? described(parent) : undefined;
    if (model?.type !== 'Identifier' || !owner || found.has(owner) || listed.has(model.name)) continue;
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
  const own = node.type === 'Identifier' ? [node] : [];
  return [...own, ...within(source.tree, 'Identifier', node)].map(({ name }) => name);
}

/** `@ApiOkResponse({ type: [Cat] })`, `@Body() cat: Cat`: what is described for its own sake is in the document. */
function describedThemselves(source: Source): readonly string[] {
  const { tree } = source;
  const asOption = tree
    .of('Property')
    .flatMap(({ key, value }) =>
      key.type === 'Identifier' && key.name === 'type' ? identifiersIn(source, value) : [],
    );
  const asInput = tree.of('MethodDefinition').flatMap(({ value }) => value.params.flatMap(inputType));
  return [...asOption, ...asInput];
}

function inputType(param: TSESTree.Parameter): readonly string[] {
  if (param.type !== 'Identifier' || param.decorators.length === 0) return [];
  const type = param.typeAnnotation?.typeAnnotation;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? [type.typeName.name] : [];
}
