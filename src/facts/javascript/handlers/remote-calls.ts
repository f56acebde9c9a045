import { propertyName } from '../nodes.ts';
import type { Source } from '../source.ts';
import type { FoundHandler } from './found.ts';
import { graphqlResolvers } from './graphql.ts';
import { functionsOf } from './resolve.ts';
import { rolesOf } from './shape.ts';

/** tRPC procedures and GraphQL resolvers. */
export function remoteCallHandlers(source: Source): readonly FoundHandler[] {
  return [...procedures(source), ...graphqlResolvers(source)];
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
