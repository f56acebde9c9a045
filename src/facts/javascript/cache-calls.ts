import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { DataCall, SecondaryCall } from '../code.ts';
import { enclosingFunction, simpleName, unwrap } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { isWithin, quoted, within } from './within.ts';

const looking = /^(?:get|hget|hgetall|getBuffer|mget)$/i;
const keeping = /^(?:set|setex|psetex|setEx|hset|hmset)$/i;

/**
 * States looks into a Redis cache that a request waits for although the database has the answer too: the same function asks
 * the database next and puts what it found under the same key.
 */
export function readCacheCalls(
  source: Source,
  placeOf: PlaceOf,
  dataCalls: readonly DataCall[],
): readonly SecondaryCall[] {
  const onRedis = dataCalls.filter(({ client }) => client === 'redis');
  if (onRedis.length < 2) return [];
  const keys = new Map(onRedis.map(({ line, key }) => [line, key]));
  const calls = source.tree.of('CallExpression').filter((call) => keys.has(call.loc.start.line));
  const keyOf = (call: Node) => keys.get(call.loc.start.line);
  return calls.flatMap((call) => {
    const fn = enclosingFunction(call);
    if (!looking.test(simpleName(call.callee)) || !fn || call.parent.type !== 'AwaitExpression') return [];
    const place = placeOf(call);
    if (place.inTry || place.inCatch || place.scope === 'job' || place.scope === 'startup') return [];
    const kept = calls.find((other) => isKeptBy(source, other, call, fn, keyOf));
    const asks = dataCalls.some(
      ({ client, does, line }) =>
        client !== 'redis' && /^read|^raw$/.test(does) && kept && line > place.line && line <= kept.loc.start.line,
    );
    return asks ? [{ ...place, service: 'cache' as const, of: quoted(source.tree, call.callee, 40) }] : [];
  });
}

/** `set(key, JSON.stringify(found))` with the key that was looked under. */
function isKeptBy(
  source: Source,
  set: TSESTree.CallExpression,
  get: TSESTree.CallExpression,
  fn: FunctionNode,
  keyOf: (call: Node) => string | undefined,
): boolean {
  if (!keeping.test(simpleName(set.callee)) || !isWithin(set, fn) || set.range[0] < get.range[0]) return false;
  const [key] = get.arguments;
  const [same] = set.arguments;
  if (!key || !same) return false;
  const stored = set.arguments.some((argument) => isSerialised(source, argument));
  const constant = keyOf(get);
  return (
    stored && (textOf(source, key) === textOf(source, same) || (/\w/.test(constant ?? '') && constant === keyOf(set)))
  );
}

function isSerialised(source: Source, argument: Node): boolean {
  const node = unwrap(argument);
  return [node, ...within(source.tree, 'CallExpression', node)].some(
    (one) => one.type === 'CallExpression' && simpleName(one.callee) === 'stringify',
  );
}

function textOf({ tree }: Source, node: Node): string {
  return tree.text.slice(...node.range).slice(0, 200);
}
