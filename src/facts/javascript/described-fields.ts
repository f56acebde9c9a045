import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DescribedField } from '../code.ts';
import { decorator } from './handlers/nest.ts';
import { hasSpread, propertyName, propertyOf } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { filesAbove, nestConfiguration } from './wanted.ts';

/** States the class fields that decorators describe for the API's documentation and for validation. */
export function readDescribedFields(source: Source, placeOf: PlaceOf): readonly DescribedField[] {
  const completed = isCompleted(source);
  return source.tree.of('PropertyDefinition').flatMap((field) => {
    const decorators = field.decorators.map(decorator);
    const described = decorators.find(({ name }) => /^ApiProperty(?:Optional)?$/.test(name));
    const nested = decorators.find(({ name }) => name === 'ValidateNested');
    if (!described && !nested) return [];
    const type = field.typeAnnotation?.typeAnnotation;
    const options = described?.argument;
    const required = propertyOf(options, 'required');
    return [
      {
        ...placeOf(field),
        line: field.decorators[0]?.loc.start.line ?? field.loc.start.line,
        name: propertyName(field) ?? '',
        ...(described ? { described: describedAs(described.name, required) } : {}),
        restated: described?.name === 'ApiProperty' && isTrue(required),
        optional: field.optional || isUndefinable(type) || field.value !== null,
        ...(decorators.some(({ name }) => name === 'IsOptional') ? { mayBeLeftOut: true } : {}),
        array: isArray(type),
        ...(completed ? {} : describedList(described?.argument)),
        ...(nested ? { nestedEach: isTrue(propertyOf(nested.argument, 'each')) } : {}),
        // Without a type or an assertion nothing says what the field holds.
        typed: type !== undefined,
        simple: isSimple(type),
      },
    ];
  });
}

/** The Swagger plugin of the Nest CLI says what each list is of. */
function isCompleted({ file, project }: Source): boolean {
  return filesAbove([file.path], nestConfiguration).some((path) => project.text(path)?.includes('@nestjs/swagger'));
}

function describedAs(name: string, required: Node | undefined): 'required' | 'optional' {
  if (required?.type === 'Literal') return required.value === false ? 'optional' : 'required';
  return name === 'ApiPropertyOptional' ? 'optional' : 'required';
}

/** Nothing is known of options that are put together elsewhere. */
function describedList(options: Node | undefined): { describedList?: boolean } {
  if (options === undefined) return { describedList: false };
  if (options.type !== 'ObjectExpression' || hasSpread(options)) return {};
  const type = propertyOf(options, 'type');
  const named = type?.type === 'ArrowFunctionExpression' ? type.body : type;
  const isList = named?.type === 'ArrayExpression' || (named?.type === 'Literal' && named.value === 'array');
  const isOther = ['items', 'schema', 'oneOf', 'anyOf', 'allOf', '$ref', 'additionalProperties'].some((key) =>
    propertyOf(options, key),
  );
  const flag = propertyOf(options, 'isArray');
  if (flag && flag.type !== 'Literal') return {};
  return { describedList: isList || isOther || isTrue(flag) };
}

function isUndefinable(type: TSESTree.TypeNode | undefined): boolean {
  return type?.type === 'TSUnionType' && type.types.some((one) => one.type === 'TSUndefinedKeyword');
}

function isArray(type: TSESTree.TypeNode | undefined): boolean {
  return (
    type?.type === 'TSArrayType' ||
    (type?.type === 'TSTypeReference' &&
      type.typeName.type === 'Identifier' &&
      /^(?:Array|Set|ReadonlyArray)$/.test(type.typeName.name))
  );
}

function isSimple(type: TSESTree.TypeNode | undefined): boolean {
  if (type?.type === 'TSStringKeyword' || type?.type === 'TSNumberKeyword' || type?.type === 'TSBooleanKeyword')
    return true;
  return (
    type?.type === 'TSTypeReference' &&
    !type.typeArguments &&
    type.typeName.type === 'Identifier' &&
    !/s$|List|Array|Map|Set|Collection|Record/.test(type.typeName.name)
  );
}

function isTrue(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === true;
}
