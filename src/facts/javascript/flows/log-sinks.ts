import { loggerOf } from '../log-calls.ts';
import { simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { CallSite, Sink } from './sink.ts';
import type { Value } from './value.ts';

/** The part of a request that forms and clients fill: an address or a query is short, and in the access log anyway. */
const body = /\b(?:body|rawBody|payload)$|\b(?:json|formData|parseBody|text)\(\)$|(?:dto|body|payload|credentials)$/i;

/** Loggers that are given a value as a whole: by itself, as a field, or as JSON. What `req.body` reads by name, others see. */
export function logSinks(source: Source, call: CallSite): readonly Sink[] {
  if (call.isNew || call.node.type !== 'CallExpression' || call.args.length === 0) return [];
  const known = loggerOf(source, call.node);
  if (!known || known.logger === 'format') return [];
  // What an API gateway hands to a function holds headers and body; other events are the cloud's own.
  const fromGateway = /\bAPIGateway|\bevent\??\.(?:body|headers|queryStringParameters|pathParameters)\b/.test(
    source.tree.text,
  );
  return call.args.flatMap(wholes).map((target) => ({
    kind: 'log',
    label: call.label,
    at: call.node,
    target,
    accepts: ({ trust, whole, validated, source: text }: Value) =>
      (trust === 'request' && whole && !validated && body.test(text)) ||
      (fromGateway && text === 'event' && (trust === 'parameter' || trust === 'request')),
  }));
}

function wholes(argument: Node): readonly Node[] {
  const plain = unwrap(argument);
  switch (plain.type) {
    case 'Identifier':
      return [plain];
    case 'ObjectExpression':
      return plain.properties.flatMap((property) =>
        property.type === 'Property' ? wholes(property.value) : wholes(property.argument),
      );
    case 'TemplateLiteral':
      return plain.expressions.flatMap((part) => (isJson(part) ? wholes(part) : []));
    case 'CallExpression':
      return isJson(plain) && plain.arguments[0] ? wholes(plain.arguments[0]) : [];
    default:
      return [];
  }
}

function isJson(node: Node): boolean {
  return node.type === 'CallExpression' && simpleName(unwrap(node.callee)) === 'stringify';
}
