import type { SourceFile } from '../../review/types.ts';
import type { FunctionSummary } from '../code.ts';
import type { Project } from '../project.ts';
import { readDataCalls } from './data-calls/read.ts';
import { exportsOf } from './handlers/exported.ts';
import type { ImportedSummary } from './helper-calls.ts';
import { importedFile, rememberSummaries } from './imported.ts';
import { loopsOf } from './loops.ts';
import { readNetworkCalls } from './network/calls.ts';
import { isJavaScript } from './parse.ts';
import { runningOf } from './scope.ts';
import { placesOf } from './setting.ts';
import { readSlowCalls } from './slow-calls.ts';
import { openSource } from './source.ts';
import { summariesOf } from './summaries.ts';

/** What functions of files that are imported relatively reach; each file is read once a project. */
export function importedSummaries(path: string, project: Project): ImportedSummary {
  return (module, name) => {
    const file = importedFile(project, path, module);
    if (!file || !isJavaScript(file.path)) return undefined;
    return rememberSummaries(project, file.path, () => exportedSummaries(file.path, file.text, project)).get(name);
  };
}

/** @throws as openSource */
function exportedSummaries(path: string, text: string, project: Project): ReadonlyMap<string, FunctionSummary> {
  const file: SourceFile = { path, status: 'modified', after: text, added: [], removed: [], hunks: [] };
  const source = openSource(file, text, project);
  const loops = loopsOf(source);
  const placeOf = placesOf(source, runningOf(source), loops.indexOf);
  const summaryOf = summariesOf(source, {
    dataCalls: readDataCalls(source, placeOf, loops),
    networkCalls: readNetworkCalls(source, placeOf),
    slowCalls: readSlowCalls(source, placeOf),
  });
  const found = new Map<string, FunctionSummary>();
  for (const [name, [fn]] of exportsOf(source)) if (fn) found.set(name, summaryOf(fn));
  return found;
}
