import { kindOf } from '../../review/paths.ts';
import type { SourceFile } from '../../review/types.ts';
import type { ContractFacts } from '../contract.ts';
import { isJavaScript } from '../javascript/parse.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import { contractPaths, isGraphql, wantedContracts } from './contract-paths.ts';
import { readGraphql } from './graphql/read-graphql.ts';
import { readOpenapi } from './openapi/read-openapi.ts';
import { readRouteSchemas } from './routes/read-route-schemas.ts';

/** States what an API description says: its own mistakes, and what a change of it does to its consumers. */
export const contractReader: Reader = {
  id: 'contract',
  reads: (path) => contractPaths.test(path) || isJavaScript(path),
  read(file: SourceFile, project: Project) {
    const contract = isJavaScript(file.path)
      ? both(readGraphql(file, project), kindOf(file.path) === 'production' ? readRouteSchemas(file) : undefined)
      : isGraphql(file.path)
        ? readGraphql(file, project)
        : readOpenapi(file, project);
    return contract ? { contract } : {};
  },
  wants: wantedContracts,
  notes: (facts) => facts.contract?.notes ?? [],
};

/** A file of code may hold a schema of GraphQL and those of its routes. */
function both(sdl: ContractFacts | undefined, routes: ContractFacts | undefined): ContractFacts | undefined {
  if (!sdl || !routes) return sdl ?? routes;
  return { ...sdl, problems: [...sdl.problems, ...routes.problems], notes: [...sdl.notes, ...routes.notes] };
}
