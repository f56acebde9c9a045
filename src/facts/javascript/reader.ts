import type { SourceFile } from '../../review/types.ts';
import type { CodeFacts } from '../code.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import { readDescribedFields } from './described-fields.ts';
import { readDisclosures } from './disclosures.ts';
import { readFlows } from './flows/read.ts';
import { readFunctions, readImports } from './functions.ts';
import { readHandlers } from './handlers/read.ts';
import { readOmissions } from './omissions.ts';
import { isJavaScript } from './parse.ts';
import { readFieldChanges } from './schema-fields.ts';
import { runningOf } from './scope.ts';
import { placesOf } from './setting.ts';
import { openSource } from './source.ts';

/** JavaScript and TypeScript: everything a file says, from one parse and one walk. */
export const javascriptReader: Reader = {
  id: 'javascript',
  reads: isJavaScript,
  wants: (snapshot) => manifestsAbove(snapshot.files.map((file) => file.path).filter(isJavaScript)),
  read: (file, project) => (file.after === undefined ? {} : { code: readCode(file, file.after, project) }),
};

/** States the facts of a text. @throws as openSource */
export function readCode(file: SourceFile, text: string, project: Project): CodeFacts {
  const source = openSource(file, text, project);
  const running = runningOf(source);
  const placeOf = placesOf(source, running);
  return {
    language: /\.[cm]?tsx?$/i.test(file.path) ? 'typescript' : 'javascript',
    browser: source.tree.program.body.some(
      (statement) =>
        statement.type === 'ExpressionStatement' &&
        statement.expression.type === 'Literal' &&
        statement.expression.value === 'use client',
    ),
    functions: readFunctions(source),
    imports: readImports(source),
    handlers: readHandlers(source, running, placeOf),
    loops: [],
    dataCalls: [],
    networkCalls: [],
    slowCalls: [],
    logCalls: [],
    catches: [],
    flows: readFlows(source, running, placeOf),
    literals: [],
    clients: [],
    omissions: readOmissions(source, placeOf),
    disclosures: readDisclosures(source, placeOf),
    describedFields: readDescribedFields(source, placeOf),
    fieldChanges: readFieldChanges(source.tree, file.before),
  };
}

/** Every package.json that could say what the files depend on. */
function manifestsAbove(paths: readonly string[]): readonly string[] {
  const manifests = new Set<string>();
  for (const path of paths) {
    const folders = path.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth--)
      manifests.add([...folders.slice(0, depth), 'package.json'].join('/'));
  }
  return [...manifests];
}
