import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { FunctionNode } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundHandler } from './found.ts';
import { functionsOf } from './resolve.ts';
import { nameOf, rolesOf } from './shape.ts';

const roots = /^(?:Query|Mutation|Subscription)$/;

/** tRPC procedures and GraphQL resolvers. */
export function remoteCallHandlers(source: Source): readonly FoundHandler[] {
  return [...procedures(source), ...resolverMaps(source), ...fieldResolvers(source)];
}

/** `publicProcedure.input(schema).mutation(async ({ input }) => …)`. */
function procedures(source: Source): readonly FoundHandler[] {
  return source.tree.of('CallExpression').flatMap((call) => {
    const verb = call.callee.type === 'MemberExpression' ? propertyName(call.callee) : undefined;
    if (verb !== 'query' && verb !== 'mutation' && verb !== 'subscription') return [];
    const [first] = call.arguments;
    if (!first || call.callee.type !== 'MemberExpression') return [];
    const chain = source.tree.text.slice(call.callee.object.range[0], call.callee.object.range[1]);
    if (!/^[\w.]*procedure/i.test(chain) && !/^t\.procedure/.test(chain)) return [];
    const validated = chain.includes('.input(');
    return functionsOf(source, first).map((fn) => ({
      fn,
      node: call,
      framework: 'trpc' as const,
      method: verb === 'query' ? 'QUERY' : verb === 'mutation' ? 'MUTATION' : 'SUBSCRIPTION',
      path: call.parent.type === 'Property' ? (propertyName(call.parent) ?? 'unknown') : 'unknown',
      roles: rolesOf(fn, 'trpc'),
      ...(validated ? { validatedBy: 'tRPC input' } : {}),
    }));
  });
}

/** `{ Query: { user(parent, args) {…} }, Post: { author(parent) {…} } }` */
function resolverMaps(source: Source): readonly FoundHandler[] {
  return source.tree.of('ObjectExpression').flatMap((map) => {
    if (!map.properties.some((property) => property.type === 'Property' && isRootType(property))) return [];
    return map.properties.flatMap((property) =>
      property.type === 'Property' ? resolversOf(source, property, propertyName(property) ?? '') : [],
    );
  });
}

function isRootType(property: TSESTree.Property): boolean {
  return roots.test(propertyName(property) ?? '') && property.value.type === 'ObjectExpression';
}

function resolversOf(source: Source, type: TSESTree.Property, name: string): readonly FoundHandler[] {
  const fields = unwrap(type.value);
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
    if (!propertyOf(options, 'type') && !propertyOf(options, 'args')) return [];
    const first = property.value.params[0];
    const root = first === undefined || /^_|^(?:root|source)$/.test(nameOf(first));
    return [resolver(property.value, 'unknown', root ? 'QUERY' : 'FIELD')];
  });
}

function resolver(fn: FunctionNode, path: string, method: string): FoundHandler {
  return { fn, node: fn, framework: 'graphql', method, path, roles: rolesOf(fn, 'graphql') };
}
