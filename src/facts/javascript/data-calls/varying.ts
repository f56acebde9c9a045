import type { DataCall } from '../../code.ts';
import type { Chain, Link } from '../chain.ts';
import type { LoopsOf } from '../loops.ts';
import { propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { argumentsBehindEntity } from './entity.ts';

/** Libraries whose updates of many rows give all of them the same values. */
const alike = /^(?:prisma|sequelize|drizzle|kysely|knex|typeorm|objection|mikro-orm|supabase)$/;

/** Whether each turn of a loop stores other values by an update, so that no one statement of the library does for all. */
export function storesOwnValues(
  chain: Chain,
  link: Link,
  does: DataCall['does'],
  client: string,
  loops: LoopsOf,
): boolean {
  if (!alike.test(client) || (does !== 'update' && link.name !== 'upsert')) return false;
  const values = valuesOf(chain, link, client);
  return values.some((value) => loops.flowsInto(value));
}

function valuesOf({ links }: Chain, link: Link, client: string): readonly Node[] {
  const [first] = link.args ?? [];
  const options = first && unwrap(first);
  if (client === 'prisma') return ['data', 'update', 'create'].flatMap((key) => propertyOf(options, key) ?? []);
  if (client === 'typeorm' || client === 'mikro-orm') {
    const [, values] = argumentsBehindEntity(client, link);
    return /^(?:update|nativeUpdate)$/.test(link.name) && values ? [values] : [];
  }
  if (client === 'sequelize') return link.name === 'update' && first ? [first] : [];
  return links.flatMap(({ name, args }) =>
    /^(?:set|update|patch|upsert)$/.test(name) && args ? args.slice(0, 2) : [],
  );
}
