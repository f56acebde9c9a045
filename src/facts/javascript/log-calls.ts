import type { LogCall, LoggedValue } from '../code.ts';
import { classifyName, wordsOf } from '../secrets/name.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { propertyName, unwrap } from './tree.ts';

const levels = /^(?:log|info|debug|trace|warn|error|fatal|verbose|silly|notice|http)$/;
const loggers = /(?:^|\.)(?:console|log|logger|logging|winston|pino|bunyan|LOG|Logger|fastify\.log)$/i;
const safeCall = /^(?:redact|mask|hash|sanitize|obfuscate|Boolean|typeof|omit|censor|truncate|scrub|anonymi[sz]e)\w*$/i;
const maxDepth = 6;

/** States calls of loggers and which sensitive values go in. */
export function readLogCalls(source: Source, placeOf: PlaceOf): readonly LogCall[] {
  const found: LogCall[] = [];
  for (const call of source.tree.of('CallExpression')) {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression') continue;
    const level = propertyName(callee);
    if (level === undefined || !levels.test(level)) continue;
    const receiver = source.tree.text.slice(...callee.object.range);
    if (receiver.length > 60 || !loggers.test(receiver.replace(/^this\./, '').replace(/\(\)$/, ''))) continue;
    const [first] = call.arguments;
    found.push({
      ...placeOf(call),
      logger: receiver === 'console' ? 'console' : 'other',
      level,
      structured: first?.type === 'ObjectExpression',
      built: first?.type === 'TemplateLiteral' ? first.expressions.length > 0 : first?.type === 'BinaryExpression',
      values: call.arguments.flatMap((argument) => valuesIn(argument, 0)),
    });
  }
  return found;
}

function valuesIn(node: Node, depth: number): LoggedValue[] {
  if (depth > maxDepth) return [];
  switch (node.type) {
    case 'Identifier':
      return named(node.name);
    case 'MemberExpression': {
      const name = propertyName(node) ?? '';
      if (/^(?:length|size|name|id|type|message|code|status)$/.test(name)) return [];
      if (name === 'headers' || name === 'authorization' || name === 'cookies') return [{ name, kind: 'secret' }];
      if (name === 'env' && node.object.type === 'Identifier' && node.object.name === 'process')
        return [{ name: 'process.env', kind: 'environment' }];
      if (name === 'body' && node.object.type === 'Identifier' && /^(?:req|request|event)$/.test(node.object.name))
        return [{ name: 'body', kind: 'request' }];
      return named(name);
    }
    case 'TemplateLiteral':
      return node.expressions.flatMap((expression) => valuesIn(expression, depth + 1));
    case 'BinaryExpression':
      return node.operator === '+' ? [...valuesIn(node.left, depth + 1), ...valuesIn(node.right, depth + 1)] : [];
    case 'ObjectExpression':
      return node.properties.flatMap((property) =>
        property.type === 'Property' ? valuesIn(property.value, depth + 1) : [],
      );
    case 'ArrayExpression':
      return node.elements.flatMap((element) => (element ? valuesIn(element, depth + 1) : []));
    case 'LogicalExpression':
      return [...valuesIn(node.left, depth + 1), ...valuesIn(node.right, depth + 1)];
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression'
            ? (propertyName(callee) ?? '')
            : '';
      if (safeCall.test(name)) return [];
      if (name === 'stringify' || name === 'inspect' || name === 'toString')
        return [
          ...node.arguments.flatMap((argument) => valuesIn(argument, depth + 1)),
          ...(name === 'toString' && callee.type === 'MemberExpression' ? valuesIn(callee.object, depth + 1) : []),
        ];
      return [];
    }
    default:
      return 'expression' in node && typeof node.expression === 'object'
        ? valuesIn(node.expression as Node, depth + 1)
        : [];
  }
}

/** Language models count "tokens" too; a plural or a counted token is no credential. */
function named(name: string): LoggedValue[] {
  const words = wordsOf(name);
  if (
    /^(?:tokens|maxTokens|totalTokens|salt|signature|webhook)$/i.test(name) ||
    words.some((word) =>
      /^(?:count|total|used|usage|max|num|has|is|no|missing|invalid|expired|hash|hashed|encrypted|masked|redacted)$/.test(
        word,
      ),
    )
  )
    return [];
  const kind = classifyName(name);
  if (
    kind === 'password' ||
    kind === 'secret' ||
    /^(?:credentials?|basicAuth|authHeader|creditCard|cardNumber|cvv|ssn)$/i.test(name)
  )
    return [{ name, kind: 'secret' }];
  return [];
}
