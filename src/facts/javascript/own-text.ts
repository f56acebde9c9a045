import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { annotationOf } from './promises/types.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** Methods of key-value stores and channels that take a text. */
const writes =
  /^(?:set|setex|psetex|setnx|getset|mset|hset|hmset|hsetnx|lpush|rpush|zadd|sadd|xadd|publish|put|setItem|add)$/i;
/** Methods that give back what such a write left there. */
const reads =
  /^(?:get|getdel|getex|mget|hget|hmget|hgetall|hvals|lrange|lpop|rpop|lindex|zrange|zrevrange|zrangebyscore|zrevrangebyscore|smembers|spop|srandmember|exec|getItem|getMany)$/i;
/** Types of what a client sends. */
const clientRequest =
  /^(?:Incoming|Http|Next|Fastify|Express|Koa|Hapi|Nest|Restify|Auth\w*|Typed\w*|User)?(?:Request|Req|Message)$/;
const channels = /^(?:new )?(?:ioredis|redis)\b/;

/**
 * Whether a text was written by this file: the list or the message that it is part of is read from a store into which the
 * same file writes what `JSON.stringify` gives.
 */
export function isOwnText(source: Source, text: Node): boolean {
  if (!source.tree.text.includes('JSON.stringify(')) return false;
  let at: Node | undefined = unwrap(text);
  for (let steps = 0; at && steps < 8; steps++) {
    const call: TSESTree.CallExpression | undefined = at.type === 'CallExpression' ? at : undefined;
    const callee: Node | undefined = call && unwrap(call.callee);
    if (callee?.type === 'MemberExpression') {
      const name = propertyName(callee) ?? '';
      const store = storeOf(source, callee.object);
      if (reads.test(name) && writersOf(source).includes(store)) return true;
      // `sub.on('message', …)` hears what `pub.publish` of the same file says.
      if (/^(?:on|once|subscribe|pSubscribe)$/.test(name) && channels.test(source.originOf(callee.object).text))
        return publishes(source);
      at = /^Object$/.test(store) ? call?.arguments[0] : callee.object;
    } else at = sourceOf(source, at);
    at = at && unwrap(at);
  }
  return false;
}

/** Where a value comes from, one step back: its declaration, the list a callback or a loop goes over, what is waited for. */
function sourceOf(source: Source, node: Node): Node | undefined {
  if (node.type === 'AwaitExpression') return node.argument;
  if (node.type === 'MemberExpression') return node.object;
  if (node.type !== 'Identifier') return undefined;
  const binding = source.tree.bindingOf(node);
  const declared = binding?.node;
  if (declared?.type === 'VariableDeclarator') {
    const loop = declared.parent.parent;
    return loop?.type === 'ForOfStatement' && loop.left === declared.parent ? loop.right : (declared.init ?? undefined);
  }
  const fn = declared?.parent;
  if (binding?.kind !== 'param' || !isFunction(fn) || fn.parent.type !== 'CallExpression') return undefined;
  const callee = unwrap(fn.parent.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  return /^(?:on|once|subscribe|pSubscribe)$/.test(propertyName(callee) ?? '') ? fn.parent : callee.object;
}

const known = new WeakMap<Source, readonly string[]>();

/** Names of the stores that the file writes its own JSON to. */
function writersOf(source: Source): readonly string[] {
  const before = known.get(source);
  if (before) return before;
  const found = source.tree.of('CallExpression').flatMap((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || !writes.test(propertyName(callee) ?? '')) return [];
    return call.arguments.some((argument) => isJson(source, argument)) ? [storeOf(source, callee.object)] : [];
  });
  known.set(source, found);
  return found;
}

function publishes(source: Source): boolean {
  return source.tree
    .of('CallExpression')
    .some(
      (call) =>
        call.callee.type === 'MemberExpression' &&
        propertyName(call.callee) === 'publish' &&
        call.arguments.some((argument) => isJson(source, argument)),
    );
}

/** `JSON.stringify(x)`, or a name for it. */
function isJson(source: Source, argument: Node): boolean {
  const node = unwrap(argument);
  const declared = node.type === 'Identifier' ? source.tree.bindingOf(node)?.node : undefined;
  const value = declared?.type === 'VariableDeclarator' ? declared.init : node;
  if (!value || isFunction(value)) return false;
  const calls = value.type === 'CallExpression' ? [value] : within(source.tree, 'CallExpression', value);
  return calls.some(({ callee }) => source.tree.text.slice(...callee.range) === 'JSON.stringify');
}

/** The name a store goes by, through the pipelines and transactions made of it. */
function storeOf(source: Source, object: Node): string {
  let at = unwrap(object);
  for (let steps = 0; steps < 6; steps++) {
    const declared = at.type === 'Identifier' ? source.tree.bindingOf(at)?.node : undefined;
    const made: Node = declared?.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : at;
    if (made.type !== 'CallExpression' || made.callee.type !== 'MemberExpression') break;
    if (!/^(?:pipeline|multi|batch|duplicate)$/.test(propertyName(made.callee) ?? '')) break;
    at = unwrap(made.callee.object);
  }
  return source.tree.text.slice(...at.range);
}

/** `request: KeysQueryRequest`: a request that this program makes, or a library's, and no client's. */
export function isOtherRequest(source: Source, text: Node): boolean {
  const names = within(source.tree, 'Identifier', text);
  const name = names.find((id) => id.name === 'request');
  const binding = name && source.tree.bindingOf(name);
  const type = binding?.kind === 'param' ? annotationOf(binding.at) : undefined;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  return !clientRequest.test(type.typeName.name);
}
