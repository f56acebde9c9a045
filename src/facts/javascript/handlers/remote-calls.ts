import { propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
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
    const schemas = inputSchemas(call.callee.object);
    return functionsOf(source, first).map((fn) => ({
      fn,
      node: call,
      framework: 'trpc' as const,
      method: verb === 'query' ? 'QUERY' : verb === 'mutation' ? 'MUTATION' : 'SUBSCRIPTION',
      path: call.parent.type === 'Property' ? (propertyName(call.parent) ?? 'unknown') : 'unknown',
      roles: rolesOf(fn, 'trpc'),
      ...(chain.includes('.input(') && !schemas.every((schema) => takesAll(source, schema))
        ? { validatedBy: 'tRPC input', schemas }
        : {}),
    }));
  });
}

/** `z.any()` lets through whatever comes. */
function takesAll(source: Source, schema: Node): boolean {
  return /^\w+\.(?:any|unknown)\(\)$/.test(source.tree.text.slice(...schema.range));
}

/** What is given to each `.input(…)` of a procedure's chain. */
function inputSchemas(chain: Node): readonly Node[] {
  const schemas: Node[] = [];
  for (let at = unwrap(chain); at.type === 'CallExpression'; at = unwrap(at.callee.object)) {
    if (at.callee.type !== 'MemberExpression') break;
    if (propertyName(at.callee) === 'input') schemas.push(...at.arguments);
  }
  return schemas;
}
