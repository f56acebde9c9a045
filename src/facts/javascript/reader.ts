import type { SourceFile } from '../../review/types.ts';
import type { CodeFacts, Observability } from '../code.ts';
import type { Project } from '../project.ts';
import type { Reader } from '../reader.ts';
import { readAnswerChanges } from './answer-changes.ts';
import { readUndocumentedAnswers } from './answers.ts';
import { readUnbounded } from './capacity.ts';
import { readCatches } from './catches.ts';
import { readClients } from './clients.ts';
import { readDataCalls } from './data-calls/read.ts';
import { readDeliveries } from './deliveries.ts';
import { readDescribedFields } from './described-fields.ts';
import { readDisclosures } from './disclosures.ts';
import { readEmitters } from './emitters.ts';
import { readExits } from './exits.ts';
import { readFanOuts } from './fan-outs.ts';
import { readFieldChanges } from './field-changes.ts';
import { readFlows } from './flows/read.ts';
import { readFunctions, readImports } from './functions.ts';
import { readGrowth } from './growth.ts';
import { readHandlerRejections } from './handler-rejections.ts';
import { readHandlers } from './handlers/read.ts';
import { readRemoteRoutes } from './handlers/remote-routes.ts';
import { readHelperCalls } from './helper-calls.ts';
import { importedSummaries } from './imported-summaries.ts';
import { readLastResorts } from './last-resorts.ts';
import { readLateAnswers } from './late-answers.ts';
import { readLaxChecks } from './lax-checks.ts';
import { readLeases } from './leases/read.ts';
import { readLogCalls } from './log-calls.ts';
import { loopsOf, readLoops } from './loops.ts';
import { readNetworkCalls } from './network/calls.ts';
import { readObservability } from './observability.ts';
import { readOmissions } from './omissions.ts';
import { sourceOf } from './open-source.ts';
import { readPageArguments } from './page-arguments.ts';
import { readPageSizes } from './page-sizes.ts';
import { isJavaScript } from './parse.ts';
import { readPerItemCalls } from './per-item-calls.ts';
import { readPoolTransactions } from './pool-transactions.ts';
import { programOf } from './program.ts';
import { evidencesOf } from './promises/evidence.ts';
import { readUnhandledPromises } from './promises/floating.ts';
import { readMisusedPromises } from './promises/misused.ts';
import { readRawAnswers } from './raw-answers.ts';
import { readRepeatedWork } from './repeated-work.ts';
import { readUncheckedResponses } from './responses.ts';
import { readRetries } from './retries.ts';
import { readUnmatchedParameters } from './route-parameters.ts';
import { runningOf } from './scope.ts';
import { readSecondaryCalls } from './secondary-calls.ts';
import { readServedReads } from './served-reads.ts';
import { readServers } from './servers.ts';
import { placesOf } from './setting.ts';
import { readSlowCalls } from './slow-calls.ts';
import { readSlowHelpers } from './slow-helpers.ts';
import { summariesOf } from './summaries.ts';
import { readThrowingParses } from './throwing-parses.ts';
import { readTransfers } from './transfers.ts';
import { readUncheckedFields } from './unchecked-fields.ts';
import { readUnheardCallbacks } from './unheard-callbacks.ts';
import { readUnheardStreams } from './unheard-streams.ts';
import { readUnlistedModels } from './unlisted-models.ts';
import { readUnreadOutcomes } from './unread-outcomes.ts';
import { readUnsentAnswers } from './unsent-answers.ts';
import { readUntypedAnswers } from './untyped-answers.ts';
import { wantedFiles } from './wanted.ts';

const unobserved: Observability = { answersHealth: true, labels: [], workers: [], forgotten: [], removed: [] };

/** JavaScript and TypeScript: everything a file says, from one parse and one walk. */
export const javascriptReader: Reader = {
  id: 'javascript',
  reads: isJavaScript,
  wants: wantedFiles,
  read(file, project) {
    if (file.after === undefined) return {};
    const failed: string[] = [];
    return { code: readCode(file, file.after, project, failed), failed };
  },
};

/**
 * States the facts of a text. A part that fails is left empty and named in `failed`; the others stand.
 *
 * @throws as sourceOf
 */
export function readCode(file: SourceFile, text: string, project: Project, failed: string[] = []): CodeFacts {
  const source = sourceOf(file, text, project);
  const running = runningOf(source);
  const loops = loopsOf(source, running.handlers);
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
  const imported = importedSummaries(source);
  return {
    language: /\.[cm]?tsx?$/i.test(file.path) ? 'typescript' : 'javascript',
    ...programOf(source),
    functions: part('functions', () => readFunctions(source, summaryOf)),
    imports: part('imports', () => readImports(source)),
    handlers: part('handlers', () => readHandlers(source, running, placeOf)),
    remoteRoutes: part('routes', () => readRemoteRoutes(source, placeOf)),
    loops: part('loops', () => readLoops(source, loops, placeOf)),
    dataCalls,
    servedReads: part('served reads', () => readServedReads(source, placeOf, running)),
    helperCalls: part('helper calls', () => readHelperCalls(source, placeOf, loops, summaryOf, imported, dataCalls)),
    networkCalls,
    perItemCalls: part('calls in loops', () => readPerItemCalls(source, placeOf, loops, networkCalls)),
    slowCalls: [...slowCalls, ...part('slow helpers', () => readSlowHelpers(source, placeOf, imported, slowCalls))],
    logCalls: part('log calls', () => readLogCalls(source, placeOf)),
    catches: part('catches', () => readCatches(source, placeOf)),
    flows: part('flows', () => readFlows(source, running, placeOf)),
    clients: part('clients', () => readClients(source, placeOf)),
    servers: part('servers', () => readServers(source, placeOf)),
    emitters: part('emitters', () => readEmitters(source, placeOf)),
    omissions: [
      ...part('omissions', () => readOmissions(source, placeOf)),
      ...part('unheard callbacks', () => readUnheardCallbacks(source, placeOf)),
      ...part('unheard streams', () => readUnheardStreams(source, placeOf)),
    ],
    disclosures: part('disclosures', () => readDisclosures(source, placeOf)),
    laxChecks: part('lax checks', () => readLaxChecks(source, placeOf)),
    describedFields: part('described fields', () => readDescribedFields(source, placeOf)),
    uncheckedFields: part('unchecked fields', () => readUncheckedFields(source, placeOf)),
    unlistedModels: part('models', () => readUnlistedModels(source, placeOf)),
    fieldChanges: part('field changes', () => readFieldChanges(source.tree, file.before)),
    observability: part('observability', () => [readObservability(source, placeOf, file.before)])[0] ?? unobserved,
    unbounded: part('capacity', () => readUnbounded(source, placeOf, running.handlers)),
    unmatchedParameters: part('path parameters', () => readUnmatchedParameters(source, placeOf, running.handlers)),
    rawAnswers: part('raw answers', () => readRawAnswers(source, placeOf, running.handlers, dataCalls)),
    untypedAnswers: part('untyped answers', () => readUntypedAnswers(source, placeOf, running.handlers)),
    answerChanges: part('changed answers', () => readAnswerChanges(source, running.handlers, file.before)),
    undocumentedAnswers: part('answers', () => readUndocumentedAnswers(source, placeOf, running.handlers)),
    unsentAnswers: part('unsent answers', () => readUnsentAnswers(source, placeOf, running.handlers)),
    uncheckedResponses: part('responses', () => readUncheckedResponses(source, placeOf)),
    secondaryCalls: part('secondary calls', () => readSecondaryCalls(source, placeOf, dataCalls)),
    deliveries: part('deliveries', () => readDeliveries(source, placeOf, loops)),
    transfers: part('transfers', () => readTransfers(source, placeOf, loops, { dataCalls, networkCalls })),
    growth: part('growth', () => readGrowth(source, running, placeOf)),
    repeatedWork: part('repeated work', () => readRepeatedWork(source, placeOf)),
    pageArguments: part('page arguments', () => readPageArguments(source, placeOf)),
    pageSizes: part('page sizes', () => readPageSizes(source, placeOf)),
    fanOuts: part('fan-outs', () => readFanOuts(source, placeOf, loops, summaryOf, networkCalls, dataCalls)),
    throwingParses: part('parses', () => readThrowingParses(source, placeOf, loops)),
    lateAnswers: part('late answers', () => readLateAnswers(source, placeOf, running.handlers)),
    lastResorts: part('last resorts', () => readLastResorts(source, placeOf)),
    handlerRejections: part('rejections', () => readHandlerRejections(source, placeOf, running.handlers)),
    retries: part('retries', () => readRetries(source, placeOf, summaryOf, networkCalls)),
    leases: part('leases', () => readLeases(source, placeOf, loops)),
    poolTransactions: part('pool transactions', () => readPoolTransactions(source, placeOf)),
    exits: part('exits', () => readExits(source, placeOf)),
    unreadOutcomes: part('outcomes', () => readUnreadOutcomes(source, placeOf, dataCalls)),
    unhandledPromises: part('promises', () => readUnhandledPromises(source, placeOf, evidenceOf, dataCalls)),
    misusedPromises: part('promises', () => readMisusedPromises(source, placeOf, evidenceOf)),
  };
}
