import type { Fix } from '../../../review/types.ts';
import type { DataCall } from '../../code.ts';
import { type Chain, chainsOf, type Link } from '../chain.ts';
import { constantText } from '../constant-text.ts';
import { fateOf } from '../fate.ts';
import type { LoopsOf } from '../loops.ts';
import { isFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { repaired } from '../repair.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { boundsOf } from './bounds.ts';
import { builtQuery } from './builders.ts';
import { type Client, clientByOrigin } from './clients.ts';
import { askedOf } from './conditions.ts';
import { includedLists } from './includes.ts';
import { namedCall } from './named.ts';
import { relationLoad } from './relations.ts';
import { bareSql, sqlOf } from './sql-text.ts';
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
    fate: fateOf(chain.top),
    usesLoopVariable: usesLoopVariable(chain, loops),
    resultUsed: isResultUsed(chain.top),
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

/** The call with a most for its number of rows, and a default for one that is no number. */
function capped(source: Source, top: Node, value: Node, limit: DataCall['limit']): Fix | undefined {
  if (limit !== 'input' && limit !== 'unknown') return undefined;
  const text = source.tree.text.slice(...value.range);
  if (text.includes('\n') || text.length > 120) return undefined;
  const number = /^(?:Number|Number\.parseInt|parseInt)\(|^\+/.test(text) ? text : `Number(${text})`;
  const most = `Math.min(${/\|\||\?\?/.test(text) ? number : `${number} || 50`}, 100)`;
  const shorthand = value.parent?.type === 'Property' && value.parent.shorthand;
  const edit = { at: value.range[0], to: value.range[1], text: shorthand ? `${text}: ${most}` : most };
  return repaired(source.tree, top, top.loc.end.line, [edit]);
}

function startOf(chain: Chain): number {
  return chain.top.loc.start.line;
}

function usesLoopVariable(chain: Chain, loops: LoopsOf): boolean {
  return (
    chain.links.some(({ args }) => (args ?? []).some((argument) => loops.flowsInto(argument))) ||
    isDerived(chain.root, loops)
  );
}

/** `row.getOwner()`: the receiver itself is what the loop gives. */
function isDerived(root: Node, loops: LoopsOf): boolean {
  return root.type === 'Identifier' && loops.flowsInto(root);
}

/** Whether the value goes anywhere but into an `await` that stands alone. */
function isResultUsed(top: Node): boolean {
  let at = top;
  while (at.parent?.type === 'AwaitExpression' || at.parent?.type === 'ChainExpression') at = at.parent;
  const { parent } = at;
  return parent?.type !== 'ExpressionStatement' && parent?.type !== 'ArrowFunctionExpression';
}

const misses = /\.has\(|cache|memo|seen|known|loaded|existing\w*\.get|!\w[\w.]*\[|=== ?undefined|== ?null/i;

/** Inside an `if` that asks a cache first, or on the right of `??=`. */
function isMemoised(source: Source, top: Node): boolean {
  for (let at: Node = top; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AssignmentExpression' && (parent.operator === '??=' || parent.operator === '||=')) return true;
    if (parent.type === 'LogicalExpression' && parent.operator === '??' && parent.right === at) return true;
    if (
      parent.type === 'IfStatement' &&
      parent.consequent === at &&
      misses.test(source.tree.text.slice(...parent.test.range))
    )
      return true;
    if (/^(?:For|While|DoWhile)/.test(parent.type)) return false;
  }
  return false;
}

const list =
  /\b(?:in|hasSome|_in): ?(?!\[\s*\w+\s*\])|\$in\b|\[Op\.in\]|\bIn\(|inArray\(|=\s*ANY\s*\(|\bIN\s*\(\s*[?$:]|VALUES\s*\?|unnest\(|'in',/;

/** The argument asks for a list of keys at once. */
function isList(source: Source, argument: Node): boolean {
  const [from, to] = argument.range;
  return list.test(source.tree.text.slice(from, Math.min(to, from + 2_000)));
}

/** `lrange(key, 0, -1)`, `xrange(key, '-', '+')`, and whatever else ranges from the first to the last. */
function isWholeRange({ name, args = [] }: Link): boolean {
  if (!/range/i.test(name)) return false;
  const texts = args.map((argument) =>
    argument.type === 'UnaryExpression' ? `-${textOf(argument.argument)}` : textOf(argument),
  );
  // A second pair bounds the first: `ZRANGEBYSCORE key min max LIMIT 0 10`.
  if (/LIMIT/i.test(texts.join(' '))) return false;
  const pairs = texts.slice(0, -1).map((from, i) => `${from} ${texts[i + 1]}`);
  return pairs.some((pair) => pair === '0 -1' || pair === '- +' || pair === '-inf +inf');
}

function textOf(node: Node): string {
  return node.type === 'Literal' ? String(node.value) : '';
}

/** Line of the text that selects, where the call begins above it. */
function starLine(argument: Node | undefined, sql: string | undefined): { sqlLine?: number } {
  if (!argument || sql === undefined || (argument.type !== 'TemplateLiteral' && argument.type !== 'Literal')) return {};
  const before = sql.slice(0, Math.max(0, sql.search(/\*\s*(?:,|from\b)/i))).split('\n').length - 1;
  return { sqlLine: argument.loc.start.line + (argument.type === 'TemplateLiteral' ? before : 0) };
}

/** Redis: the constant parts of the key. */
function keyOf(source: Source, client: string, { args: [key] = [] }: Link): { key?: string } {
  if (client !== 'redis' || !key) return {};
  const text = key.type === 'TemplateLiteral' ? sqlOf(source, key) : constantText(source.tree, key);
  return text === undefined ? {} : { key: text.slice(0, 100) };
}

/** `const query = { where }; Model.findAll(query)`: the options decide, wherever they stand. */
function optionsLine(source: Source, { args = [], node }: Link): { optionsLine?: number } {
  for (const argument of args) {
    if (argument.type !== 'Identifier') continue;
    const { declaration } = source.originOf(argument);
    const line = declaration?.type === 'ObjectExpression' ? declaration.loc.start.line : undefined;
    if (line !== undefined && line < node.loc.start.line && node.loc.start.line - line < 12)
      return { optionsLine: line };
  }
  return {};
}
