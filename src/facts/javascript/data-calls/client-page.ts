import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall } from '../../code.ts';
import { exportedBy } from '../neighbours/exported-by.ts';
import { neighbourOf } from '../neighbours/neighbour.ts';
import { enclosingFunction, isFunction, propertyName, propertyOf, simpleName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { isCompared, keyOf, withoutDefault } from './page-values.ts';

/** Decorators whose parameter the client fills: NestJS, TypeGraphQL, routing-controllers. */
const filling = /^(?:Query|QueryParams?|QueryParam|Args?)$/;
/** Pipes that change a number's type or give it a default, and bound nothing. */
const boundless = /^(?:ParseIntPipe|ParseFloatPipe|DefaultValuePipe|ParseArrayPipe)$/;
/** Validators and options that say how large a number may be. */
const bounding = /\b(?:Max|IsIn|IsEnum|Equals|Range|Transform|Type\(\(\) => \w*Limit|max|maximum|lte|clamp)\b/;

/**
 * Whether the number of rows is one that a client sends, as a parameter that a decorator fills or as an argument of a
 * GraphQL field, and that nothing bounds on its way. What a class in another, unread file says of it is not known: no.
 *
 * @param field the field of `limit` that is meant, where `limit` is an object
 */
export function isAskedByClient(source: Source, limit: Node, field?: string): boolean {
  const asked = withoutDefault(limit);
  if (field !== undefined) return asked.type === 'Identifier' && isFilled(source, asked, field);
  if (asked.type === 'MemberExpression')
    return asked.object.type === 'Identifier' && isFilled(source, asked.object, propertyName(asked) ?? '');
  if (asked.type !== 'Identifier') return false;
  const declared = source.tree.bindingOf(asked)?.node;
  if (declared?.type === 'VariableDeclarator') return isTakenFrom(source, asked, declared);
  return isFilled(source, asked, undefined);
}

/**
 * The parameter of the function around it that a number of rows is, or is a field of, where nothing bounds it on its way:
 * what its callers give is what is read.
 */
export function limitParameter(source: Source, limit: Node): DataCall['limitFrom'] {
  const asked = withoutDefault(limit);
  const name = asked.type === 'MemberExpression' ? asked.object : asked;
  const binding = name.type === 'Identifier' ? source.tree.bindingOf(name) : undefined;
  if (binding?.kind !== 'param' || name.type !== 'Identifier' || isCompared(source, name)) return undefined;
  const fn = binding.node.parent;
  if (!isFunction(fn) || fn !== enclosingFunction(limit)) return undefined;
  const plain = binding.node.type === 'AssignmentPattern' ? binding.node.left : binding.node;
  const parameter = fn.params.indexOf(binding.node as TSESTree.Parameter);
  const field =
    plain.type === 'ObjectPattern'
      ? keyOf(plain, binding.name)
      : asked.type === 'MemberExpression'
        ? propertyName(asked)
        : undefined;
  return { parameter, ...(field === undefined ? {} : { field }) };
}

/** `const { limit } = args`, `const take = limit ?? 20`. */
function isTakenFrom(source: Source, asked: TSESTree.Identifier, declared: TSESTree.VariableDeclarator): boolean {
  const init = declared.init && withoutDefault(declared.init);
  if (init?.type !== 'Identifier' && init?.type !== 'MemberExpression') return false;
  if (isCompared(source, asked) || init === asked) return false;
  const root = init.type === 'MemberExpression' ? init.object : init;
  if (root.type !== 'Identifier' || source.tree.bindingOf(root)?.kind !== 'param') return false;
  const key =
    declared.id.type === 'ObjectPattern'
      ? keyOf(declared.id, asked.name)
      : init.type === 'MemberExpression'
        ? propertyName(init)
        : undefined;
  return isFilled(source, root, key);
}

/** The parameter behind a name is filled by a client, with a field of that name that nothing bounds. */
function isFilled(source: Source, name: TSESTree.Identifier, field: string | undefined): boolean {
  const binding = source.tree.bindingOf(name);
  if (binding?.kind !== 'param' || isCompared(source, name, field)) return false;
  const fn = binding.node.parent;
  if (!isFunction(fn)) return false;
  const plain = binding.node.type === 'AssignmentPattern' ? binding.node.left : binding.node;
  const key = plain.type === 'ObjectPattern' ? keyOf(plain, binding.name) : field;
  const decorator = decoratorsOf(binding.node).find(({ callee }) => filling.test(simpleName(callee)));
  if (decorator) return isFilledByDecorator(source, plain, decorator, key);
  return key !== undefined && isFieldArgument(source, fn, binding.node, key);
}

function isFilledByDecorator(
  source: Source,
  parameter: Node,
  { arguments: given }: TSESTree.CallExpression,
  key: string | undefined,
): boolean {
  if (!given.every((argument) => isBoundless(source, argument))) return false;
  if (given[0]?.type === 'Literal') return true;
  if (parameter.type !== 'Identifier' && parameter.type !== 'ObjectPattern') return false;
  const type = parameter.typeAnnotation?.typeAnnotation;
  if (key === undefined || type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const field = fieldOf(source, type.typeName, key);
  return field !== undefined && !bounding.test(field);
}

/** A name, a type, a default or a pipe of the framework; a pipe of one's own may bound what it lets through. */
function isBoundless(source: Source, argument: Node): boolean {
  if (argument.type === 'NewExpression') return boundless.test(simpleName(argument.callee));
  if (argument.type === 'Identifier') return boundless.test(argument.name);
  return !bounding.test(source.tree.text.slice(...argument.range));
}

/** A field of a class of this file or of one that it imports, as it is written with its decorators. */
function fieldOf(source: Source, type: TSESTree.Identifier, key: string): string | undefined {
  const declared = source.tree.bindingOf(type)?.node;
  if (declared?.type === 'ClassDeclaration') return fieldIn(source, declared, key);
  const { module } = source.originOf(type);
  const neighbour = module === undefined ? undefined : neighbourOf(source, module);
  const found = neighbour && exportedBy(neighbour, type.name);
  return found?.node.type === 'ClassDeclaration' ? fieldIn(found.neighbour.source, found.node, key) : undefined;
}

function fieldIn({ tree }: Source, declared: TSESTree.ClassDeclaration, key: string): string | undefined {
  const field = declared.body.body.find(
    (element) => element.type === 'PropertyDefinition' && propertyName(element) === key,
  );
  return field && tree.text.slice(...field.range);
}

/** `resolve: (parent, args) => …` beside `args: { limit: t.arg.int() }`: an argument that its definition does not bound. */
function isFieldArgument(source: Source, fn: FunctionNode, parameter: Node, key: string): boolean {
  const { parent } = fn;
  if (parent.type !== 'Property' || propertyName(parent) !== 'resolve') return false;
  if (fn.params.indexOf(parameter as TSESTree.Parameter) < 1) return false;
  const defined = propertyOf(propertyOf(parent.parent, 'args'), key);
  return defined !== undefined && !bounding.test(source.tree.text.slice(...defined.range));
}

function decoratorsOf(parameter: Node): readonly TSESTree.CallExpression[] {
  const plain = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  const holders = [parameter, plain] as readonly { readonly decorators?: readonly TSESTree.Decorator[] }[];
  return holders
    .flatMap(({ decorators }) => decorators ?? [])
    .flatMap(({ expression }) => (expression.type === 'CallExpression' ? [expression] : []));
}
