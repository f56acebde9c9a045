import type { DataCall } from '../../code.ts';
import { type Chain, chainsOf, type Link } from '../chain.ts';
import { fateOf } from '../fate.ts';
import type { LoopsOf } from '../loops.ts';
import { isFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { isList, isWholeRange, keyOf, optionsLine, starLine } from './arguments.ts';
import { boundsOf } from './bounds.ts';
import { builtQuery } from './builders.ts';
import { capped } from './capped.ts';
import { type Client, clientByOrigin } from './clients.ts';
import { askedOf } from './conditions.ts';
import { isOnlyCounted } from './counted.ts';
import { includedLists } from './includes.ts';
import { namedCall } from './named.ts';
import { lazyRelations, relationLoad } from './relations.ts';
import { isMemoised, isResultUsed, usesLoopVariable } from './repetition.ts';
import { isSifted } from './sifted.ts';
import { bareSql, sqlOf } from './sql-text.ts';
import { tableChoice } from './table-choice.ts';
import { storesOwnValues } from './varying.ts';
import { doesOf } from './verbs.ts';

interface Recognised extends Client {
  readonly does: DataCall['does'];
  readonly link: Link;
  readonly model?: string;
}

/** A generated file can have thousands of calls; a reviewed one has tens. */
const maxCalls = 3_000;

/** States the calls that reach a database, with what bounds them and what becomes of them. */
export function readDataCalls(source: Source, placeOf: PlaceOf, loops: LoopsOf): readonly DataCall[] {
  const found: DataCall[] = [];
  const clients = new Map<Node, string>();
  const others: Chain[] = [];
  for (const chain of chainsOf(source.tree)) {
    const known = recognise(source, chain);
    if (known) {
      clients.set(chain.top, known.client);
      found.push(stated(source, placeOf, loops, chain, known));
    } else if (loops.loops.length > 0) others.push(chain);
    if (found.length >= maxCalls) return found;
  }
  for (const chain of others) {
    const load = relationLoad(source, chain, loops, (top) => clients.get(top));
    if (load) found.push(stated(source, placeOf, loops, chain, load));
  }
  if (loops.loops.length > 0)
    for (const { chain, load } of lazyRelations(source, loops, (top) => clients.get(top)))
      found.push(stated(source, placeOf, loops, chain, load));
  return found;
}

function recognise(source: Source, chain: Chain): Recognised | undefined {
  const built = builtQuery(source, chain);
  if (built) return { ...built, ...(built.table === undefined ? {} : { model: built.table }) };
  for (const [at, link] of chain.links.entries()) {
    if (!link.args) continue;
    const [first] = link.args;
    const client = clientByOrigin(source, chain, link);
    if (client) {
      const does = doesOf(client.client, link.name);
      // `rows.find(fn)`, `pool.on('error', fn)`: a function is no filter.
      if (does && !(does !== 'transaction' && first && isFunction(first)) && isAsked(client.client, link))
        return { ...client, does, link, ...modelOf(chain, at) };
      if (client.client === 'postgres.js' && chain.links.length === 1 && link.node.type === 'TaggedTemplateExpression')
        return { ...client, does: 'raw', link };
      continue;
    }
    const named = namedCall(source, chain, link, at);
    if (named) return { ...named, link, ...modelOf(chain, at) };
  }
  return undefined;
}

/** Methods that share a name with something harmless: `client.get` of a configuration, `db.all`. */
function isAsked(client: string, link: Link): boolean {
  if (client === 'redis') return (link.args?.length ?? 0) > 0 || /^flush/.test(link.name);
  return client !== 'sql' && client !== 'sqlite' ? true : (link.args?.length ?? 0) > 0;
}

function modelOf(chain: Chain, at: number): { model?: string } {
  const before =
    at === 0 ? (chain.root.type === 'Identifier' ? chain.root.name : undefined) : chain.links[at - 1]?.name;
  return before === undefined || before === '' ? {} : { model: before };
}

function stated(source: Source, placeOf: PlaceOf, loops: LoopsOf, chain: Chain, known: Recognised): DataCall {
  const { link, client, evidence, does, model } = known;
  const place = placeOf(chain.top);
  const at =
    link.node.type === 'CallExpression' && link.node.callee.type === 'MemberExpression'
      ? link.node.callee.property
      : link.node;
  const text = does === 'raw' ? sqlOf(source, link.args?.[0]) : undefined;
  const sql = text === undefined ? undefined : bareSql(text);
  const line = Math.max(place.line, Math.min(at.loc.start.line, startOf(chain)));
  const { limitAt, ...bounds } = boundsOf(source, chain, link, client, sql);
  const repair = limitAt && line === startOf(chain) ? capped(source, chain.top, limitAt, bounds.limit) : undefined;
  return {
    ...place,
    line,
    client,
    evidence,
    ...(model === undefined ? {} : { model }),
    verb: link.name,
    does,
    ...bounds,
    ...askedOf(source, chain, link, client, model, sql),
    fate: heardBy(link, fateOf(chain.top)),
    usesLoopVariable: usesLoopVariable(chain, loops),
    ownValues: storesOwnValues(chain, link, does, client, loops),
    ...tableChoice(source, chain, link, loops, sql),
    resultUsed: isResultUsed(chain.top),
    onlyCounted: does === 'read-many' && isOnlyCounted(source, chain),
    sifted: does === 'read-many' && isSifted(source, chain),
    memoised: isMemoised(source, chain.top),
    listed: chain.links.some(
      ({ name, args }) => /^whereIn$|^in$/.test(name) || (args ?? []).some((argument) => isList(source, argument)),
    ),
    wholeRange: isWholeRange(link),
    includes: includedLists(chain, link, client),
    ...keyOf(source, client, link),
    ...optionsLine(source, link),
    ...(repair ? { repair } : {}),
    ...(sql === undefined ? {} : { sql }),
    ...starLine(link.args?.[0], text),
  };
}

/** `pool.query(text, values, (error, rows) => …)`: the answer goes to a callback. */
function heardBy({ args = [] }: Link, fate: DataCall['fate']): DataCall['fate'] {
  const last = args.at(-1);
  return fate === 'floating' && args.length > 1 && last !== undefined && isFunction(last) ? 'chained' : fate;
}

function startOf(chain: Chain): number {
  return chain.top.loc.start.line;
}
