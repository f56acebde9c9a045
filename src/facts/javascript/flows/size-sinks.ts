import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { type CallSite, fromRequest, type Sink } from './sink.ts';

const allocating = /^(?:new )?(?:Buffer\.(?:alloc|allocUnsafe|allocUnsafeSlow)|Array|(?:Shared)?ArrayBuffer|\w+Array)$/;

/** Sizes that are taken literally: of buffers and lists, and repetitions of a text. */
export function sizeSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  const { origin, name, args } = call;
  const grows = /^(?:repeat|padStart|padEnd)$/.test(name) && call.object !== undefined;
  // Two arguments of `Array` are its elements.
  const allocates = allocating.test(origin) && (args.length === 1 || !/Array$/.test(origin));
  if (!allocates && !grows && !isSizedBuffer(source, origin, first)) return [];
  if (/\wArray$/.test(origin) && isContent(source, first)) return [];
  return [{ kind: 'size', label: call.label, at: call.node, target: first, accepts: unlimited(source) }];
}

/** Not what a schema checked that is elsewhere, or that stands in a file which sets a maximum. */
function unlimited({ tree }: Source): Sink['accepts'] {
  return (value) =>
    fromRequest(value) &&
    !(value.validated && (value.unseen || /\.(?:max|lte|lt)\(|\bmaximum\b|@Max\(/.test(tree.text)));
}

/** `new Buffer(n)` is of old, and takes a content as well: only what is made a number, or is named like one, is a size. */
function isSizedBuffer(source: Source, origin: string, first: Node): boolean {
  if (origin !== 'new Buffer' && origin !== 'Buffer') return false;
  return /\b(?:Number|parseInt)\(|(?:size|length|count|bytes)\b/i.test(source.tree.text.slice(...first.range));
}

/** `new Uint8Array(Buffer.from(text, 'base64'))` copies what it is given. */
function isContent(source: Source, first: Node): boolean {
  if (first.type !== 'CallExpression') return first.type === 'ArrayExpression';
  return !/^(?:Number|parseInt|parseFloat|Math)\b/.test(source.tree.text.slice(...first.callee.range));
}

/** `for (let i = 0; i < n; i++)`: whoever sets `n` decides how long the process is busy. */
export function loopSinks(source: Source): readonly Sink[] {
  return source.tree.of('ForStatement').flatMap((loop) => {
    const { test } = loop;
    if (test?.type !== 'BinaryExpression' || !/^<=?$/.test(test.operator)) return [];
    const limit = test.right;
    if (limit.type !== 'Identifier' && limit.type !== 'CallExpression') return [];
    return [{ kind: 'size' as const, label: 'for', at: loop, target: limit, accepts: unlimited(source) }];
  });
}
