import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, propertyOf, simpleName, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundHandler } from './found.ts';
import { functionsOf } from './resolve.ts';
import { nameOf, rolesOf } from './shape.ts';

const roots = /^(?:Query|Mutation|Subscription)$/;
/** Calls that define a field of a root type: Pothos (`builder.queryField`), Nexus (`mutationField`, `queryType`). */
const rootMakers = /^(?:query|mutation|subscription)(?:Types?|Fields?)$/;
/** Calls that define a type: Pothos, Nexus, graphql-js. */
const typeMakers =
  /^(?:objectType|objectRef|objectField|objectFields|prismaObject|prismaNode|prismaObjectField|prismaObjectFields|drizzleObject|drizzleNode|node|interfaceType|extendType|implement|GraphQLObjectType|GraphQLInterfaceType)$/;

/** Resolvers of GraphQL: maps (`{ Query: { … }, Post: { … } }`) and what is given to the builders of schemas. */
export function graphqlResolvers(source: Source): readonly FoundHandler[] {
  return [...resolverMaps(source), ...fieldResolvers(source), ...typeResolvers(source)];
}

/** `{ Query: { user(parent, args) {…} }, Post: { author(parent) {…} } }` */
function resolverMaps(source: Source): readonly FoundHandler[] {
  return source.tree.of('ObjectExpression').flatMap((map) => {
    if (!map.properties.some((property) => property.type === 'Property' && isRootType(property))) return [];
    return map.properties.flatMap((property) =>
      property.type === 'Property' ? resolversOf(source, property.value, propertyName(property) ?? '') : [],
    );
  });
}

function isRootType(property: TSESTree.Property): boolean {
  return roots.test(propertyName(property) ?? '') && property.value.type === 'ObjectExpression';
}

function resolversOf(source: Source, type: Node, name: string): readonly FoundHandler[] {
  const fields = unwrap(type);
  if (fields.type !== 'ObjectExpression') return [];
  return fields.properties.flatMap((field) => {
    if (field.type !== 'Property') return [];
    const resolve = propertyOf(unwrap(field.value), 'resolve') ?? propertyOf(unwrap(field.value), 'subscribe');
    return functionsOf(source, resolve ?? field.value).map((fn) =>
      resolver(fn, `${name}.${propertyName(field) ?? '?'}`, roots.test(name) ? name.toUpperCase() : 'FIELD'),
    );
  });
}

/** `t.field({ type, resolve(parent, args) {…} })`: Pothos, Nexus, graphql-js objects. */
function fieldResolvers(source: Source): readonly FoundHandler[] {
  return source.tree.of('Property').flatMap((property) => {
    if (propertyName(property) !== 'resolve' || !isFunction(property.value)) return [];
    const options = property.parent;
    const owner = typeAround(options);
    if (owner === undefined && !propertyOf(options, 'type') && !propertyOf(options, 'args')) return [];
    const first = property.value.params[0];
    const root =
      owner === undefined ? first === undefined || /^_|^(?:root|source)$/.test(nameOf(first)) : roots.test(owner);
    const path = owner === undefined || root ? 'unknown' : `${owner}.${fieldName(options)}`;
    return [resolver(property.value, path, root ? 'QUERY' : 'FIELD')];
  });
}

/** The property that holds a field's options, or the call they are given to: `author: t.field({ … })`. */
function fieldName(options: Node): string {
  const call = options.parent?.type === 'CallExpression' ? options.parent : options;
  return call.parent?.type === 'Property' ? (propertyName(call.parent) ?? '?') : '?';
}

/** Name of the type that the calls around a field define; undefined where none of them does. */
function typeAround(node: Node): string | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type !== 'CallExpression' && at.type !== 'NewExpression') continue;
    const maker = simpleName(at.callee);
    if (rootMakers.test(maker)) return 'Query';
    if (!typeMakers.test(maker)) continue;
    const [first, second] = at.arguments;
    const options = first?.type === 'ObjectExpression' ? first : second;
    const name = first?.type === 'Literal' ? first : (propertyOf(options, 'name') ?? propertyOf(options, 'type'));
    if (name?.type === 'Literal') return String(name.value);
    return first?.type === 'Identifier' ? first.name : '?';
  }
  return undefined;
}

/** A type's resolvers in a file of their own: `export const Post = { author: (post, args, ctx) => … }`. */
function typeResolvers(source: Source): readonly FoundHandler[] {
  return source.tree.of('ObjectExpression').flatMap((fields) => {
    const { parent } = fields;
    const name =
      parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
        ? parent.id.name
        : parent.type === 'Property' && parent.value === fields
          ? (propertyName(parent) ?? '')
          : '';
    if (!/^[A-Z]\w*[a-z]/.test(name) && !/Resolvers?$/.test(name)) return [];
    return fields.properties.flatMap((field) =>
      field.type === 'Property' && isFunction(field.value) && takesParent(field.value)
        ? [
            resolver(
              field.value,
              `${name}.${propertyName(field) ?? '?'}`,
              /query|mutation|subscription/i.test(name) ? 'QUERY' : 'FIELD',
            ),
          ]
        : [],
    );
  });
}

/** `(parent, args, context)`: the signature that only resolvers have. */
function takesParent({ params }: FunctionNode): boolean {
  const [, args, context] = params;
  if (!args || !context) return false;
  return (
    (args.type === 'ObjectPattern' || /^_|args?$/i.test(nameOf(args))) &&
    (context.type === 'ObjectPattern' || /^_?(?:ctx|context)$/i.test(nameOf(context)))
  );
}

function resolver(fn: FunctionNode, path: string, method: string): FoundHandler {
  return { fn, node: fn, framework: 'graphql', method, path, roles: rolesOf(fn, 'graphql') };
}
