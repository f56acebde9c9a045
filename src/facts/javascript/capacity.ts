import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Unbounded } from '../code.ts';
import { constantText } from './constant-text.ts';
import type { FoundHandler } from './handlers/found.ts';
import { enclosingFunction, hasSpread, isFunction, propertyName, propertyOf, unwrap } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import { promisedOrigin } from './promisified.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const unpacking = /^zlib\.(?:gunzip|inflate|inflateRaw|unzip|brotliDecompress)(?:Sync)?$/;
const bodyParsers =
  /^(?:express|body-parser)\.(?:json|urlencoded|raw|text|default)$|^(?:fastify|koa-body|koa-bodyparser|@koa\/bodyparser|raw-body|co-body)(?:\.\w+)?$/;
const limitNames = ['limit', 'bodyLimit', 'jsonLimit', 'formLimit', 'textLimit', 'maxBodySize'];
const megabyte = 1024 * 1024;
/** Past this one request holds more memory than a small container has to give. */
const tooMuch = 50 * megabyte;

/** States where a request, or a constant, may take as much memory or time as it likes. */
export function readUnbounded(
  source: Source,
  placeOf: PlaceOf,
  handlers: readonly FoundHandler[],
): readonly Unbounded[] {
  const found: Unbounded[] = [];
  for (const call of [...source.tree.of('CallExpression'), ...source.tree.of('NewExpression')]) {
    const origin = source.originOf(call.callee).text;
    const text = /promisify\(\)$/.test(origin) ? (promisedOrigin(source, call.callee) ?? origin) : origin;
    const of = source.tree.text
      .slice(...unwrap(call.callee).range)
      .replace(/^\(?0, /, '')
      .slice(0, 60);
    if (unpacking.test(text) && unpacksAll(source, call)) found.push({ ...placeOf(call), kind: 'decompression', of });
    else if (bodyParsers.test(text)) {
      const limit = limitOf(source, call);
      if (limit !== undefined && limit > tooMuch) found.push({ ...placeOf(call), kind: 'body', of });
    } else if (isCollected(source, call)) found.push({ ...placeOf(call), kind: 'collected', of });
    else if (text === 'express.bodyParser') found.push({ ...placeOf(call), kind: 'body', of });
    else if (/^Buffer\.alloc(?:Unsafe(?:Slow)?)?$/.test(text)) {
      const size = call.arguments[0] && numberOf(call.arguments[0]);
      if (size !== undefined && size > tooMuch) found.push({ ...placeOf(call), kind: 'allocation', of });
    }
  }
  for (const { fn, framework } of handlers) if (framework === 'lambda') found.push(...batches(source, placeOf, fn));
  return found;
}

/** `req.on('data', (chunk) => { body += chunk; })` with no word about its size, there or around it. */
function isCollected(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const { callee } = call;
  const [event, listener] = call.arguments;
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'on' || !isFunction(listener)) return false;
  if (event?.type !== 'Literal' || event.value !== 'data' || callee.object.type !== 'Identifier') return false;
  if (!/^req(?:uest)?$/.test(callee.object.name) || source.tree.bindingOf(callee.object)?.kind !== 'param')
    return false;
  const around = enclosingFunction(call) ?? listener;
  const collects = /\+=|\.push\(|concat\(/.test(source.tree.text.slice(...listener.body.range));
  return collects && !/length|size|limit|max|destroy\(|\b413\b/i.test(source.tree.text.slice(...around.range));
}

/** No `maxOutputLength`: a few kilobytes may unpack to gigabytes. */
function unpacksAll(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const [input, options] = call.arguments;
  if (!input || input.type === 'SpreadElement' || constantText(source.tree, input) !== undefined) return false;
  if (!options || /Function|Identifier/.test(options.type))
    return options?.type !== 'Identifier' || call.arguments.length === 2;
  if (options.type !== 'ObjectExpression' || hasSpread(options)) return false;
  return !propertyOf(options, 'maxOutputLength');
}

function limitOf(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): number | undefined {
  const options = call.arguments.map(unwrap).find(({ type }) => type === 'ObjectExpression');
  if (options?.type !== 'ObjectExpression') return undefined;
  for (const property of options.properties) {
    if (property.type !== 'Property' || property.computed || !limitNames.includes(propertyName(property) ?? ''))
      continue;
    if (property.value.type === 'Identifier' && property.value.name === 'Infinity') return Number.POSITIVE_INFINITY;
    return bytesOf(constantText(source.tree, property.value)) ?? numberOf(property.value);
  }
  return undefined;
}

/** `50mb` in bytes, as the `bytes` package reads it. */
function bytesOf(text: string | undefined): number | undefined {
  const match = text === undefined ? null : /^(\d{1,20}(?:\.\d{1,20})?)\s{0,9}(b|kb|mb|gb|tb)?$/i.exec(text.trim());
  if (!match) return undefined;
  const unit =
    { b: 1, kb: 1024, mb: megabyte, gb: 1024 * megabyte, tb: megabyte * megabyte }[(match[2] ?? 'b').toLowerCase()] ??
    1;
  return Number(match[1]) * unit;
}

/** Value of a constant calculation. */
function numberOf(node: Node, depth = 0): number | undefined {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (node.type !== 'BinaryExpression' || depth > 10) return undefined;
  const left = numberOf(node.left, depth + 1);
  const right = numberOf(node.right, depth + 1);
  if (left === undefined || right === undefined) return undefined;
  switch (node.operator) {
    case '*':
      return left * right;
    case '+':
      return left + right;
    case '<<':
      return left * 2 ** right;
    case '**':
      return left ** right;
    default:
      return undefined;
  }
}

/** A Lambda function that works through its event one by one: the time is one budget for all of them. */
function batches(source: Source, placeOf: PlaceOf, fn: FunctionNode): readonly Unbounded[] {
  const [event] = fn.params;
  if (
    event?.type !== 'Identifier' ||
    /batchItemFailures|getRemainingTimeInMillis|slice\(/.test(source.tree.text.slice(...fn.range))
  )
    return [];
  return within(source.tree, 'ForOfStatement', fn.body).flatMap((loop) => {
    const over = unwrap(loop.right);
    const list =
      over.type === 'MemberExpression' && over.object.type === 'Identifier' && over.object.name === event.name;
    const waits = within(source.tree, 'AwaitExpression', loop.body).some((node) => enclosingFunction(node) === fn);
    return list && waits && enclosingFunction(loop) === fn
      ? [{ ...placeOf(loop), kind: 'batch' as const, of: source.tree.text.slice(...over.range) }]
      : [];
  });
}
