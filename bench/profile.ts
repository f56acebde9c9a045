import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Where the time of some work went: milliseconds by what it was spent for, most first. */
export type Shares = readonly (readonly [what: string, milliseconds: number])[];

interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/**
 * Runs work under the engine's sampling profiler and shares its time out: to the parser, to each part of the facts (by the
 * file that makes it), to each reader of another language and to each rule. What a part first asks for and others use
 * after it (origins, the call graph) counts for the first.
 */
export async function profiled(work: () => void): Promise<Shares> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();

  const parents = new Map<number, number>();
  const frames = new Map<number, Frame>();
  for (const { id, callFrame, children = [] } of profile.nodes) {
    frames.set(id, callFrame);
    for (const child of children) parents.set(child, id);
  }
  const spent = new Map<string, number>();
  const owners = new Map<number, string>();
  const ownerOf = (id: number): string => {
    const known = owners.get(id) ?? ownerOfStack(stackOf(id));
    owners.set(id, known);
    return known;
  };
  /** Outermost first. */
  const stackOf = (id: number): readonly Frame[] => {
    const stack: Frame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at))
      stack.unshift(frames.get(at) as Frame);
    return stack;
  };
  const deltas = profile.timeDeltas ?? [];
  for (const [i, id] of (profile.samples ?? []).entries()) {
    const owner = ownerOf(id);
    spent.set(owner, (spent.get(owner) ?? 0) + (deltas[i] ?? 0) / 1000);
  }
  return [...spent].sort(([, a], [, b]) => b - a);
}

function ownerOfStack(stack: readonly Frame[]): string {
  const paths = stack.map(({ url }) => /\/src\/(.*)\.ts$/.exec(url)?.[1] ?? '');
  const lesson = paths.find((path) => /^lessons\/\d/.test(path));
  if (lesson !== undefined) return `rule ${lesson.slice('lessons/'.length)}`;
  if (stack.some(({ functionName }) => functionName === 'parseSource')) return 'parse';
  const assembled = stack.findLastIndex(({ functionName }) => functionName === 'readCode');
  const maker =
    assembled < 0 ? undefined : paths.slice(assembled + 1).find((path) => path !== '' && path !== paths[assembled]);
  if (maker !== undefined) return maker;
  const reader = paths.find((path) => /^facts\/.+\//.test(path));
  return reader ?? (stack.at(-1)?.functionName === '(garbage collector)' ? 'garbage collector' : 'other');
}

/** MiB of the heap that are reachable. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
