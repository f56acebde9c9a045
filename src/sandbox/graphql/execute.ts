import { buildSchema, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { Refusal } from '../refusal.ts';
import type { Token } from '../types.ts';
import type { World } from '../world.ts';
import type { Asker } from './asker.ts';
import { mutations } from './mutations.ts';
import { nodeFault } from './node-limit.ts';
import { gitObject } from './objects.ts';
import { pullNode, repositoryNode } from './pull-nodes.ts';
import { query } from './query.ts';

let schema: GraphQLSchema | undefined;

/** GitHub's public schema, read when first asked for: it takes a quarter of a second. */
async function githubSchema(): Promise<GraphQLSchema> {
  if (schema) return schema;
  const github = await import('@octokit/graphql-schema');
  schema ??= buildSchema(github.schema.idl, { assumeValid: true, noLocation: true });
  return schema;
}

/** Executes a request as GitHub does: errors stand beside what data there is, and carry a `type`. */
export async function executeGraphql(
  world: World,
  token: Token,
  request: { query: string; variables?: Record<string, unknown> },
): Promise<unknown> {
  const known = await githubSchema();
  try {
    const document = parse(request.query);
    const faults = validate(known, document);
    if (faults.length > 0)
      return { errors: faults.map((fault) => ({ message: fault.message, locations: fault.locations })) };
    const tooMany = nodeFault(known, document, request.variables ?? {}, world.limits.graphqlNodes);
    if (tooMany) return { errors: [tooMany] };
    const asker: Asker = {
      world,
      token,
      back: {
        repository: (repository) => repositoryNode(asker, repository),
        pull: (pull) => pullNode(asker, pull),
        object: (repository, expression) => gitObject(asker, repository, expression),
      },
    };
    const rootValue = { ...query(asker), ...mutations(asker) };
    const result = await execute({ schema: known, document, rootValue, variableValues: request.variables ?? {} });
    return { data: result.data, ...(result.errors && { errors: result.errors.map(errorJson) }) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [{ message: error.message, locations: error.locations }] };
    throw error;
  }
}

function errorJson(error: GraphQLError): Record<string, unknown> {
  const cause = error.originalError;
  const status = cause instanceof Refusal ? cause.answer.status : undefined;
  const type =
    status === 403 ? 'FORBIDDEN' : status === 404 ? 'NOT_FOUND' : status === 422 ? 'UNPROCESSABLE' : undefined;
  return { ...(type && { type }), path: error.path, locations: error.locations, message: error.message };
}
