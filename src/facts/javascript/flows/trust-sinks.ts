import { enclosingFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';
import { type CallSite, fromRequest, type Sink } from './sink.ts';
import type { Value } from './value.ts';

const decoders = /^(?:jsonwebtoken|jwt-simple|fast-jwt|jws)\.decode$|^jose\.decodeJwt$|^jwt-decode(?:\.\w+)?$/;
const verifiers = /\b(?:verify\w*|jwtVerify|expressjwt|authenticate\w*|createRemoteJWKSet|jwksClient)\(|express-jwt/;
const walks =
  /^(?:chunk|each|eachRight|every|filter|find|findIndex|flatMap|flatten|forEach|groupBy|includes|keyBy|map|reduce|some|sortBy|uniq|uniqBy)$/;

/** Places that take the client's word for what a value is: who signed a token, how long a list is, how many mistakes an object has. */
export function trustSinks(source: Source, call: CallSite): readonly Sink[] {
  const [first] = call.args;
  if (!first || first.type === 'SpreadElement' || call.isNew) return [];
  return [...tokenSinks(source, call, first), ...walkSinks(source, call, first), ...errorSinks(source, call)];
}

/** A token that is only taken apart: `jwt.decode(token)` believes whoever wrote it. */
function tokenSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  // A fragment that imports nothing: the library goes by its usual name.
  const decodes = decoders.test(call.origin) || (call.free && call.label === 'jwt.decode');
  if (!decodes || verifiers.test(source.tree.text)) return [];
  const [, options] = call.args;
  // With `complete` the header is read, to find the key that the signature is then checked with.
  if (call.origin !== 'jwt-simple.decode' && propertyOf(options && unwrap(options), 'complete')) return [];
  // jwt-simple checks the signature unless it is told not to.
  const unchecked = call.args[2] && unwrap(call.args[2]);
  if (call.origin === 'jwt-simple.decode' && !(unchecked?.type === 'Literal' && unchecked.value === true)) return [];
  return [{ kind: 'token', label: call.label, at: call.node, target: first, accepts: fromRequest }];
}

/** lodash walks whatever has a length. */
function walkSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  if (!walks.test(call.name) || !/^(?:lodash|underscore)\.\w+$/.test(call.origin)) return [];
  const callback = call.args[1];
  if (callback && within(source.tree, 'ThrowStatement', callback).length > 0) return [];
  return [{ kind: 'list', label: call.label, at: call.node, target: first, accepts: isAnyObject }];
}

/** `for (let i = 0; i < items.length; i++)`: `{ "length": 1e9 }` has a length, too. */
export function lengthSinks(source: Source): readonly Sink[] {
  return source.tree.of('ForStatement').flatMap((loop) => {
    const { test } = loop;
    if (test?.type !== 'BinaryExpression' || !/^<=?$/.test(test.operator)) return [];
    const limit = unwrap(test.right);
    if (limit.type !== 'MemberExpression' || propertyName(limit) !== 'length') return [];
    // A turn that fails on what is missing ends it.
    const ends = (['BreakStatement', 'ThrowStatement', 'ReturnStatement', 'AwaitExpression'] as const).some(
      (type) => within(source.tree, type, loop.body).length > 0,
    );
    if (ends || readsFields(source, loop.body, limit.object) || writesToFound(source, loop.body)) return [];
    if (isHashed(source, loop, limit.object)) return [];
    return [{ kind: 'list' as const, label: 'for', at: loop, target: limit.object, accepts: isAnyObject }];
  });
}

/** `find(rows, items[i]).order = i` throws at the first element that is not found. */
function writesToFound(source: Source, body: Node): boolean {
  return within(source.tree, 'AssignmentExpression', body).some(
    ({ left }) => left.type === 'MemberExpression' && unwrap(left.object).type === 'CallExpression',
  );
}

/** `hash.update(text)` refuses what is no text before the loop is reached. */
function isHashed(source: Source, loop: Node, list: Node): boolean {
  const fn = enclosingFunction(loop);
  const name = source.tree.text.slice(...list.range);
  return (
    fn !== undefined &&
    within(source.tree, 'CallExpression', fn).some(
      ({ callee, arguments: [first], range }) =>
        range[1] < loop.range[0] &&
        propertyNameOf(callee) === 'update' &&
        first !== undefined &&
        source.tree.text.slice(...first.range) === name,
    )
  );
}

function propertyNameOf(callee: Node): string | undefined {
  return callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
}

/** `items[i].price` throws at the first element that is not there. */
function readsFields(source: Source, body: Node, list: Node): boolean {
  const name = source.tree.text.slice(...list.range);
  return within(source.tree, 'MemberExpression', body).some(
    ({ object, optional }) =>
      !optional &&
      object.type === 'MemberExpression' &&
      object.computed &&
      source.tree.text.slice(...object.object.range) === name,
  );
}

/** A body, or a part of one, of which nobody has said that it is a list. */
function isAnyObject(value: Value): boolean {
  return (
    value.trust === 'request' && !value.validated && !value.built && /\.(?:body|query|json\(\))/.test(value.source)
  );
}

/** Ajv with `allErrors` goes on after the first mistake, and lists one for every element of a list. */
function errorSinks(source: Source, call: CallSite): readonly Sink[] {
  if (!/^new ajv(?:\/dist\/\d+)?(?:\.default|\.Ajv)?\.(?:validate|compile\(\)|getSchema\(\))$/.test(call.origin))
    return [];
  if (!collectsAll(source)) return [];
  const target = call.name === 'validate' && call.object ? call.args[1] : call.args[0];
  return target ? [{ kind: 'errors', label: call.label, at: call.node, target, accepts: fromRequest }] : [];
}

function collectsAll(source: Source): boolean {
  return source.tree.of('NewExpression').some((node) => {
    const all = propertyOf(node.arguments[0], 'allErrors');
    return all?.type === 'Literal' && all.value === true && /^ajv\b/i.test(source.originOf(node.callee).text);
  });
}
