import type { DataCall } from '../../code.ts';
import { readDataCalls } from '../data-calls/read.ts';
import { loopsOf } from '../loops.ts';
import { placesOf } from '../setting.ts';
import type { Neighbour } from './neighbour.ts';

const known = new WeakMap<Neighbour, readonly DataCall[]>();

/** The calls of another file that reach a database, read once as long as the file stays open. */
export function dataCallsOf(neighbour: Neighbour): readonly DataCall[] {
  const before = known.get(neighbour);
  if (before) return before;
  const { source, running } = neighbour;
  const loops = loopsOf(source);
  const calls = readDataCalls(source, placesOf(source, running, loops.indexOf), loops);
  known.set(neighbour, calls);
  return calls;
}
