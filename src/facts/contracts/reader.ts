import type { SourceFile } from '../../review/types.ts';
import { isJavaScript } from '../javascript/parse.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import { contractPaths, isGraphql, wantedContracts } from './contract-paths.ts';
import { readGraphql } from './graphql/read-graphql.ts';
import { readOpenapi } from './openapi/read-openapi.ts';

/** States what an API description says: its own mistakes, and what a change of it does to its consumers. */
export const contractReader: Reader = {
  id: 'contract',
  reads: (path) => contractPaths.test(path) || isJavaScript(path),
  read(file: SourceFile, project: Project) {
    const isSdl = isGraphql(file.path) || isJavaScript(file.path);
    const contract = isSdl ? readGraphql(file, project) : readOpenapi(file, project);
    return contract ? { contract } : {};
  },
  wants: wantedContracts,
  notes: (facts) => facts.contract?.notes ?? [],
};
