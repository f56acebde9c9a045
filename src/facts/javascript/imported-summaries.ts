import { readDataCalls } from './data-calls/read.ts';
import type { ImportedSummary } from './helper-calls.ts';
import { loopsOf } from './loops.ts';
import { importedFunctions } from './neighbours/imported-functions.ts';
import type { Neighbour } from './neighbours/neighbour.ts';
import { readNetworkCalls } from './network/calls.ts';
import { placesOf } from './setting.ts';
import { readSlowCalls } from './slow-calls.ts';
import type { Source } from './source.ts';
import { type SummaryOf, summariesOf } from './summaries.ts';

/** What functions of imported files reach: of a name, of a method of an object or of a class; each file is read once. */
export function importedSummaries(source: Source): ImportedSummary {
  return (callee) => {
    const found = importedFunctions(source, callee);
    const [fn, ...more] = found?.functions ?? [];
    // A name that stands for several functions stands for none.
    return found && fn && more.length === 0 ? summaryOfNeighbour(found.neighbour)(fn) : undefined;
  };
}

const known = new WeakMap<Neighbour, SummaryOf>();

function summaryOfNeighbour(neighbour: Neighbour): SummaryOf {
  const before = known.get(neighbour);
  if (before) return before;
  const { source, running } = neighbour;
  const loops = loopsOf(source);
  const placeOf = placesOf(source, running, loops.indexOf);
  const summaryOf = summariesOf(source, {
    dataCalls: readDataCalls(source, placeOf, loops),
    networkCalls: readNetworkCalls(source, placeOf),
    slowCalls: readSlowCalls(source, placeOf),
  });
  known.set(neighbour, summaryOf);
  return summaryOf;
}
