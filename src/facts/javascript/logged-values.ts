import type { LoggedValue } from '../code.ts';
import { classifyName, wordsOf } from '../secrets/name.ts';
import { isFunction, propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';

const safeCall =
  /^(?:redact|mask|hash|sanitize|obfuscate|Boolean|typeof|omit|censor|truncate|scrub|anonymi[sz]e|pick|summarize)\w*$/i;
const personal =
  /^(?:email|emails|emailAddress|mail|ssn|socialSecurity\w*|phone|phoneNumber|mobileNumber|mobile|dateOfBirth|dob|birthDate|birthday|passportNumber|nationalId|taxId|iban|creditCard\w*|cardNumber|homeAddress|streetAddress|postalAddress|driversLicense)$/i;
const requestParts = /^(?:body|rawBody)$/;
const maxDepth = 6;

/** The sensitive values in an argument of a logger. */
export function loggedValues(node: Node, depth = 0): readonly LoggedValue[] {
  if (depth > maxDepth) return [];
  const inner = (child: Node) => loggedValues(child, depth + 1);
  switch (node.type) {
    case 'Identifier':
      return isTold(node) ? [] : secretName(node.name);
    case 'MemberExpression':
      return member(node);
    case 'TemplateLiteral':
      return node.expressions.flatMap(inner);
    case 'BinaryExpression':
      return node.operator === '+' ? [...inner(node.left), ...inner(node.right)] : [];
    case 'ConditionalExpression':
      return [
        ...valuesOnly(inner(node.consequent), node.consequent),
        ...valuesOnly(inner(node.alternate), node.alternate),
      ];
    case 'ObjectExpression':
      return node.properties.flatMap((property) => (property.type === 'Property' ? inner(property.value) : []));
    case 'ArrayExpression':
      return node.elements.flatMap((element) => (element ? inner(element) : []));
    case 'LogicalExpression':
      return [...inner(node.left), ...inner(node.right)];
    case 'SpreadElement':
    case 'AwaitExpression':
      return inner(node.argument);
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      const name = simpleName(callee);
      if (safeCall.test(name)) return [];
      if (/^(?:stringify|inspect)$/.test(name)) return node.arguments.flatMap(inner);
      return name === 'toString' && callee.type === 'MemberExpression' ? inner(callee.object) : [];
    }
    default:
      return 'expression' in node && typeof node.expression === 'object' ? inner(node.expression as Node) : [];
  }
}

/** `secret ? 'set' : 'unset'`: the branches are what is printed. */
function valuesOnly(values: readonly LoggedValue[], branch: Node): readonly LoggedValue[] {
  return branch.type === 'Literal' ? [] : values;
}

function member(node: Node): readonly LoggedValue[] {
  if (node.type !== 'MemberExpression') return [];
  const name = propertyName(node) ?? '';
  if (/^(?:length|size|name|id|type|message|code|status)$/.test(name)) return [];
  const object = node.object.type === 'Identifier' ? node.object.name : '';
  if (name === 'headers' || name === 'authorization' || name === 'cookies')
    return /^(?:req|request|ctx|event|config|options|init)$/.test(object) || name !== 'headers'
      ? [{ name, kind: 'secret' }]
      : [];
  if (name === 'env' && object === 'process') return [{ name: 'process.env', kind: 'environment' }];
  if (requestParts.test(name) && /^(?:req|request|event)$/.test(object))
    return [{ name: `${object}.${name}`, kind: 'request' }];
  // A bare parameter `email` may be anything; a field of a person is that person's.
  if (personal.test(name)) return [{ name, kind: 'personal' }];
  // `project.files.credentials` is where they are kept.
  if (/(?:files|paths)$/i.test(simpleName(node.object)) || isTold(node)) return [];
  return secretName(name);
}

/** `if (!token) log(token)`, `if (secret === 'changeme') log(secret)`: the test has told what the value is. */
function isTold(value: Node): boolean {
  const name = simpleName(value);
  for (let at = value; at.parent && !isFunction(at); at = at.parent) {
    if (at.parent.type !== 'IfStatement' || at.parent.consequent !== at) continue;
    const { test } = at.parent;
    if (test.type === 'UnaryExpression' && test.operator === '!' && simpleName(test.argument) === name) return true;
    if (test.type === 'BinaryExpression' && test.operator === '===' && simpleName(test.left) === name) return true;
  }
  return false;
}

/** Language models count "tokens" too; a plural or a counted token is no credential. */
function secretName(name: string): readonly LoggedValue[] {
  if (/^(?:tokens|maxTokens|totalTokens|sessionKey|salt|signature|webhook|seed)$/i.test(name)) return [];
  const about =
    /^(?:count|total|used|usage|max|num|has|is|no|missing|invalid|expired|hash|hashed|encrypted|masked|redacted|desensiti[sz]ed|saniti[sz]ed|obfuscated|scrubbed|anonymi[sz]ed|prompt|completion|input|output|page|cursor|next|continuation|sync)$/;
  if (wordsOf(name).some((word) => about.test(word))) return [];
  const kind = classifyName(name);
  const secret =
    kind === 'password' ||
    kind === 'secret' ||
    // It holds the password as a rule.
    /^(?:(?:database|db|mongo(?:db)?|postgres(?:ql)?|pg|mysql|amqp|rabbit(?:mq)?)_?(?:url|uri|dsn)|(?:db|database)?_?connection_?(?:string|url|uri))$/i.test(
      name,
    ) ||
    /^(?:credentials?|basicAuth|authHeader|authorizationHeader|creditCard|cardNumber|cvv|ssn)$/i.test(name) ||
    /^(?:token|auth|oauth|login|accessToken)(?:Res|Response|Result|Data|Json|Info|Payload)$/.test(name);
  return secret ? [{ name, kind: 'secret' }] : [];
}
