import type { FunctionSummary } from '../code.ts';
import type { Project } from '../project.ts';
import type { ImportedSummary } from './helper-calls.ts';
import { importedFile, isOfProject } from './imported.ts';
import { loopsOf } from './loops.ts';
import { dataCallsOf } from './neighbours/data-calls.ts';
import { importedFunctions } from './neighbours/imported-functions.ts';
import type { Neighbour } from './neighbours/neighbour.ts';
import { readNetworkCalls } from './network/calls.ts';
import type { Node } from './parse.ts';
import { placesOf } from './setting.ts';
import { readSlowCalls } from './slow-calls.ts';
import { readSlowHelpers } from './slow-helpers.ts';
import type { Source } from './source.ts';
import { type SummaryOf, summariesOf } from './summaries.ts';

/** Answers by the file that is imported and the name that is called, for as long as the project is in use: trees are not kept as long. */
const answers = new WeakMap<Project, Map<string, FunctionSummary | undefined>>();
/** What a file must say to reach a database or another service, or to hand on what another file exports. */
const reaching =
  /\b(?:await|async|Promise|then|query|exec\w*|fetch|send\w*|axios|got|ky|prisma|sql|db|knex|redis|bcrypt\w*|hash|sharp|jimp|pdf\w*|puppeteer|playwright|archiver|exceljs|mail\w*)\b|\bfind(?:One|Many|All|By|First|Unique)|\bexport\s{0,9}(?:\*|\{[^{}]{0,2000}\})\s{0,9}from\b|\bmodule\.exports = require\(/;

/** What functions of imported files reach: of a name, of a method of an object or of a class. */
export function importedSummaries(source: Source): ImportedSummary {
  const { project } = source;
  const known = answers.get(project) ?? new Map<string, FunctionSummary | undefined>();
  answers.set(project, known);
  return (callee) => {
    const { text, module } = source.originOf(callee);
    if (module === undefined || !isOfProject(module)) return undefined;
    const file = importedFile(project, source.file.path, module);
    if (!file) return undefined;
    const key = `${file.path}\n${text.replace(/^new /, '').slice(module.length)}`;
    if (known.has(key)) return known.get(key);
    // A file that imports this one again finds nothing known, and so ends there.
    known.set(key, undefined);
    const summary = reaching.test(file.text) ? summaryOf(source, callee) : undefined;
    known.set(key, summary);
    return summary;
  };
}

function summaryOf(source: Source, callee: Node): FunctionSummary | undefined {
  const found = importedFunctions(source, callee);
  const [fn, ...more] = found?.functions ?? [];
  // A name that stands for several functions stands for none.
  return found && fn && more.length === 0 ? summaryOfNeighbour(found.neighbour)(fn) : undefined;
}

const summaries = new WeakMap<Neighbour, SummaryOf>();

function summaryOfNeighbour(neighbour: Neighbour): SummaryOf {
  const before = summaries.get(neighbour);
  if (before) return before;
  const { source, running } = neighbour;
  const loops = loopsOf(source);
  const placeOf = placesOf(source, running, loops.indexOf);
  const slowCalls = readSlowCalls(source, placeOf);
  const summary = summariesOf(source, {
    dataCalls: dataCallsOf(neighbour),
    networkCalls: readNetworkCalls(source, placeOf),
    slowCalls: [...slowCalls, ...readSlowHelpers(source, placeOf, importedSummaries(source), slowCalls)],
  });
  summaries.set(neighbour, summary);
  return summary;
}
