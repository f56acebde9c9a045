import type { Node } from '../parse.ts';
import { type Neighbour, neighbourOf } from './neighbour.ts';

/** An index file hands on what another index file hands on; past this nobody reads along. */
const maxHops = 3;

/** What a file exports under a name (`default` for the whole), in the file that does not only hand it on. */
export function exportedBy(
  neighbour: Neighbour,
  name: string,
  hops = 0,
): { readonly neighbour: Neighbour; readonly node: Node } | undefined {
  const { source, exported } = neighbour;
  const found = exported.byName.get(name);
  if (found && 'node' in found) return { neighbour, node: found.node };
  if (hops >= maxHops) return undefined;
  const others = found ? [found] : exported.all.map((module) => ({ module, name }));
  for (const other of others) {
    const next = neighbourOf(source, other.module);
    const there = next && exportedBy(next, other.name, hops + 1);
    if (there) return there;
  }
  return undefined;
}
