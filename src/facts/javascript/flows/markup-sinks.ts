import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { type CallSite, fromRequest, type Sink } from './sink.ts';
import type { Value } from './value.ts';

const responses = /^(?:res|response|reply|(?:status|code|type|header|set|contentType)\(\))$/;
const isMarkup = (value: Value) => value.trust === 'request' && value.built && /^\s*</.test(value.start);

/** Places that answer with markup: what is sent as text that begins with a tag, or that the framework calls HTML. */
export function markupSinks(source: Source, call: CallSite): readonly Sink[] {
  const { name, receiver, isNew, args } = call;
  const [first, second] = args;
  if (!first || first.type === 'SpreadElement') return [];
  const sink = { kind: 'html' as const, label: call.label, at: call.node, target: first };
  if (isNew)
    return name === 'Response' && second && isHtml(source, second)
      ? [{ ...sink, label: 'new Response', accepts: (value) => fromRequest(value) && value.built }]
      : [];
  if (name === 'html' && /^(?:c|ctx|context|reply)$/.test(receiver))
    return [{ ...sink, accepts: (value) => fromRequest(value) && !value.validated }];
  if (!/^(?:send|write|end)$/.test(name) || !responses.test(receiver)) return [];
  const plain = name === 'send' && isBuilt(first) && answersHtml(source, call.node);
  return [{ ...sink, accepts: plain ? (value) => isMarkup(value) || isReflected(value) : isMarkup }];
}

/** `ctx.body = '<p>…'` of Koa. */
export function assignedMarkup(source: Source): readonly Sink[] {
  return source.tree.of('AssignmentExpression').flatMap((node) => {
    const { left, right } = node;
    if (left.type !== 'MemberExpression' || propertyName(left) !== 'body') return [];
    if (left.object.type !== 'Identifier' || !/^(?:ctx|context)$/.test(left.object.name)) return [];
    return [{ kind: 'html' as const, label: `${left.object.name}.body`, at: node, target: right, accepts: isMarkup }];
  });
}

function isHtml(source: Source, options: Node): boolean {
  const headers = propertyOf(unwrap(options), 'headers');
  return headers !== undefined && /text\/html/i.test(source.tree.text.slice(...headers.range));
}

function isBuilt(node: Node): boolean {
  return node.type === 'TemplateLiteral' || node.type === 'BinaryExpression';
}

/** Part of an address, which a link carries: it comes back in the answer to whoever follows the link. */
function isReflected(value: Value): boolean {
  return fromRequest(value) && value.built && !value.validated && /\.(?:query|params|originalUrl)\b/.test(value.source);
}

/** Express calls a text that it is given HTML, unless the handler says what it is. */
function answersHtml(source: Source, call: TSESTree.Node): boolean {
  const fn = enclosingFunction(call);
  if (!fn || !/['"]express['"]/.test(source.tree.text)) return false;
  return !/content-type|\.type\(|\.contentType\(/i.test(source.tree.text.slice(...fn.range));
}
