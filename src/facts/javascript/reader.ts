import type { SourceFile } from '../../review/types.ts';
import type { CodeFacts, FunctionSummary, Observability } from '../code.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import { readUnbounded } from './capacity.ts';
import { readClients } from './clients.ts';
import { readDeliveries } from './deliveries.ts';
import { readUncheckedResponses } from './responses.ts';
import { readGrowth } from './growth.ts';
import { readPageArguments } from './page-arguments.ts';
import { readFanOuts } from './fan-outs.ts';
import { readCatches } from './catches.ts';
import { readDataCalls } from './data-calls/read.ts';
import { readDescribedFields } from './described-fields.ts';
import { readDisclosures } from './disclosures.ts';
import { readFlows } from './flows/read.ts';
import { readFunctions, readImports } from './functions.ts';
import { exportsOf } from './handlers/exported.ts';
import { readHandlers } from './handlers/read.ts';
import { readLogCalls } from './log-calls.ts';
import { type ImportedSummary, readHelperCalls } from './helper-calls.ts';
import { candidates, importedFile, rememberSummaries } from './imported.ts';
import { readLeases } from './leases/read.ts';
import { loopsOf, readLoops } from './loops.ts';
import { readNetworkCalls } from './network-calls.ts';
import { readObservability } from './observability.ts';
import { readOmissions } from './omissions.ts';
import { isJavaScript } from './parse.ts';
import { readPoolTransactions } from './pool-transactions.ts';
import { evidencesOf } from './promises/evidence.ts';
import { readUnhandledPromises } from './promises/floating.ts';
import { readMisusedPromises } from './promises/misused.ts';
import { readExits } from './exits.ts';
import { readUnheardErrors } from './unheard-errors.ts';
import { readFieldChanges } from './schema-fields.ts';
import { runningOf } from './scope.ts';
import { placesOf } from './setting.ts';
import { readSlowCalls } from './slow-calls.ts';
import { readThrowingParses } from './throwing-parses.ts';
import { readHandlerRejections } from './handler-rejections.ts';
import { summariesOf } from './summaries.ts';
import { openSource, type Source } from './source.ts';

const unobserved: Observability = { servers: [], answersHealth: true, labels: [], workers: [], removed: [] };

/** JavaScript and TypeScript: everything a file says, from one parse and one walk. */
export const javascriptReader: Reader = {
  id: 'javascript',
  reads: isJavaScript,
  wants: (snapshot) => {
    const changed = snapshot.files.filter((file) => isJavaScript(file.path) && file.after !== undefined);
    return [...manifestsAbove(changed.map((file) => file.path)), ...importsToRead(changed, snapshot.tree)];
  },
  read(file, project) {
    if (file.after === undefined) return {};
    const failed: string[] = [];
    return { code: readCode(file, file.after, project, failed), failed };
  },
};

/**
 * States the facts of a text. A part that fails is left empty and named in `failed`; the others stand.
 *
 * @throws as openSource
 */
export function readCode(file: SourceFile, text: string, project: Project, failed: string[] = []): CodeFacts {
  const source = openSource(file, text, project);
  const running = runningOf(source);
  const loops = loopsOf(source);
  const placeOf = placesOf(source, running, loops.indexOf);
  const evidenceOf = evidencesOf(source);
  const part = <T>(name: string, make: () => readonly T[]): readonly T[] => {
    try {
      return make();
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? error.name : 'failed'}`);
      return [];
    }
  };
  const dataCalls = part('data calls', () => readDataCalls(source, placeOf, loops));
  const networkCalls = part('network calls', () => readNetworkCalls(source, placeOf));
  const slowCalls = part('slow calls', () => readSlowCalls(source, placeOf));
  const summaryOf = summariesOf(source, { dataCalls, networkCalls, slowCalls });
  return {
    language: /\.[cm]?tsx?$/i.test(file.path) ? 'typescript' : 'javascript',
    browser: isForBrowsers(source),
    functions: part('functions', () => readFunctions(source, summaryOf)),
    imports: part('imports', () => readImports(source)),
    handlers: part('handlers', () => readHandlers(source, running, placeOf)),
    loops: part('loops', () => readLoops(source, loops, placeOf)),
    dataCalls,
    helperCalls: part('helper calls', () =>
      readHelperCalls(source, placeOf, loops, summaryOf, importedSummaries(file.path, project)),
    ),
    networkCalls,
    slowCalls,
    logCalls: part('log calls', () => readLogCalls(source, placeOf)),
    catches: part('catches', () => readCatches(source, placeOf)),
    flows: part('flows', () => readFlows(source, running, placeOf)),
    literals: [],
    clients: part('clients', () => readClients(source, placeOf)),
    omissions: [
      ...part('omissions', () => readOmissions(source, placeOf)),
      ...part('unheard errors', () => readUnheardErrors(source, placeOf)),
    ],
    disclosures: part('disclosures', () => readDisclosures(source, placeOf)),
    describedFields: part('described fields', () => readDescribedFields(source, placeOf)),
    fieldChanges: part('field changes', () => readFieldChanges(source.tree, file.before)),
    observability: part('observability', () => [readObservability(source, placeOf, file.before)])[0] ?? unobserved,
    hasLogger: hasLogger(source),
    unbounded: part('capacity', () => readUnbounded(source, placeOf, running.handlers)),
    makesApp: /\b(?:express|[Ff]astify|new Koa|new Hono|restify\.createServer)\s*\(/.test(text),
    limitsRate: /rate-?limit|limiter|throttl|slow-?down|brute/i.test(text),
    uncheckedResponses: part('responses', () => readUncheckedResponses(source, placeOf)),
    deliveries: part('deliveries', () => readDeliveries(source, placeOf, loops)),
    growth: part('growth', () => readGrowth(source, running, placeOf)),
    pageArguments: part('page arguments', () => readPageArguments(source, placeOf)),
    fanOuts: part('fan-outs', () => readFanOuts(source, placeOf, loops, summaryOf, networkCalls)),
    throwingParses: part('parses', () => readThrowingParses(source, placeOf, loops)),
    handlerRejections: part('rejections', () => readHandlerRejections(source, placeOf, running.handlers)),
    leases: part('leases', () => readLeases(source, placeOf, loops)),
    poolTransactions: part('pool transactions', () => readPoolTransactions(source, placeOf)),
    exits: part('exits', () => readExits(source, placeOf)),
    unhandledPromises: part('promises', () => readUnhandledPromises(source, placeOf, evidenceOf)),
    misusedPromises: part('promises', () => readMisusedPromises(source, placeOf, evidenceOf)),
  };
}

/** What functions of files that are imported relatively reach; each text is read once. */
function importedSummaries(path: string, project: Project): ImportedSummary {
  return (module, name) => {
    const file = importedFile(project, path, module);
    if (!file || !isJavaScript(file.path)) return undefined;
    return rememberSummaries(file.text, () => exportedSummaries(file.path, file.text, project)).get(name);
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

/** A logger that is called, imported or injected in this file, or is among the dependencies. */
function hasLogger(source: Source): CodeFacts['hasLogger'] {
  const { text } = source.tree;
  const called =
    /\b(?:logger|log|Logger|LOG)\.(?:info|warn|error|debug|log|verbose|trace|fatal)\(|\b(?:app|req|request|fastify|server)\.log\b/.test(
      text,
    );
  if (called || /from\s+['"][^'"\n]{0,80}(?:logger|pino|winston|bunyan|log4js|tslog)['"]/i.test(text)) return 'yes';
  const installed = Object.keys(source.packages.all).some((name) =>
    /^(?:pino|winston|bunyan|log4js|tslog|signale|nestjs-pino|loglevel|consola)$/.test(name),
  );
  if (installed) return 'yes';
  const alone =
    source.tree.of('ImportDeclaration').length === 0 &&
    source.tree.named('require').length === 0 &&
    source.tree.named('exports').length === 0;
  return !source.packages.known && alone && source.tree.of('ExportNamedDeclaration').length === 0 ? 'none' : 'no';
}

function isForBrowsers(source: Source): boolean {
  return source.tree.program.body.some(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'Literal' &&
      statement.expression.value === 'use client',
  );
}

/** A change that imports more than this is no change one reads helper by helper. */
const maxImports = 40;

/** Files that the changed ones import relatively; only those that exist, where the tree is known. */
function importsToRead(changed: readonly SourceFile[], tree: readonly string[] | undefined): readonly string[] {
  const exists = tree && new Set(tree);
  const wanted = new Set<string>();
  for (const { path, after = '' } of changed) {
    for (const [, module = ''] of after.matchAll(/(?:\bfrom|\brequire\()\s*['"](\.{1,2}\/[^'"\n]{1,200})['"]/g)) {
      const [likely, ...others] = candidates(path, module);
      const found = exists ? [likely, ...others].find((one) => one !== undefined && exists.has(one)) : undefined;
      if (found && isJavaScript(found)) wanted.add(found);
      if (wanted.size >= maxImports) return [...wanted];
    }
  }
  return [...wanted];
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
