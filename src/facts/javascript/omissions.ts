import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Omission } from '../code.ts';
import { decorator } from './handlers/nest.ts';
import { enclosingFunction, hasSpread, isFunction, propertyName, propertyOf, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { type Construction, isArchive, uploadLimits } from './upload-limits.ts';

/** States what constructions leave out that would protect them. */
export function readOmissions(source: Source, placeOf: PlaceOf): readonly Omission[] {
  const found: Omission[] = [];
  const add = (node: Node, kind: Omission['kind'], of: string) => {
    const place = placeOf(node);
    // A construction with a long body is marked where it begins.
    found.push({ ...place, endLine: Math.min(place.endLine, place.line + 3), kind, of });
  };
  for (const call of [...source.tree.of('CallExpression'), ...source.tree.of('NewExpression')]) {
    const { text } = source.originOf(call.callee);
    const upload = uploadLimits(text, call);
    if (upload) add(call, upload, text.replace(/^new /, ''));
    if (isArchive(text, call)) add(call, 'archive-limits', text.replace(/^new /, ''));
    // In a chain of calls the one that is meant stands where its method is named.
    if (isFirstOnly(call) && call.callee.type === 'MemberExpression')
      add(call.callee.property, 'global-replace', '.replace()');
    if (isPipeWithoutWhitelist(source, call)) add(call, 'pipe-whitelist', 'ValidationPipe');
  }
  for (const parameter of untypedBodies(source)) add(parameter, 'body-type', '@Body()');
  for (const member of uncheckedEvents(source)) add(member, 'event-check', source.tree.text.slice(...member.range));
  return found;
}

/** `.replace("'", "''")`: a string, and a pattern without `g`, are replaced once. */
function isFirstOnly(call: Construction): boolean {
  const { callee } = call;
  const [pattern, replacement] = call.arguments;
  if (
    callee.type !== 'MemberExpression' ||
    propertyName(callee) !== 'replace' ||
    pattern?.type !== 'Literal' ||
    !replacement
  )
    return false;
  const text =
    replacement.type === 'Literal' && typeof replacement.value === 'string'
      ? replacement.value
      : replacement.type === 'TemplateLiteral' && replacement.expressions.length === 0
        ? (replacement.quasis[0]?.value.cooked ?? '')
        : '';
  const special =
    'regex' in pattern ? (/g|y/.test(pattern.regex.flags) ? '' : pattern.regex.pattern) : String(pattern.value);
  // An anchored pattern is meant for one place.
  if (/^\^|\$$/.test(special) || special.length > 20) return false;
  const escapes =
    (special.includes("'") && /''|\\'|&#39;|&apos;/.test(text)) ||
    (special.includes('"') && /\\"|&quot;|""/.test(text));
  return escapes || (special === '<' && text === '&lt;') || (special === '&' && text === '&amp;');
}

/** `new ValidationPipe()` checks the fields it knows and passes the others on. */
function isPipeWithoutWhitelist(source: Source, call: Construction): boolean {
  if (call.type !== 'NewExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'ValidationPipe')
    return false;
  const { parent } = call;
  const global =
    parent.type === 'CallExpression' &&
    parent.callee.type === 'MemberExpression' &&
    propertyName(parent.callee) === 'useGlobalPipes';
  if (!global) return false;
  const [first] = call.arguments;
  if (!first) return true;
  const options = literalOf(source, first);
  if (!options || hasSpread(options)) return false;
  const whitelist = propertyOf(options, 'whitelist');
  return !whitelist || (whitelist.type === 'Literal' && whitelist.value === false);
}

function literalOf(source: Source, node: Node): TSESTree.ObjectExpression | undefined {
  const plain = unwrap(node);
  if (plain.type === 'ObjectExpression') return plain;
  const { declaration } = source.originOf(plain);
  return declaration?.type === 'ObjectExpression' ? declaration : undefined;
}

/** `@Body() payload` without a class: a pipe has nothing to check it against. */
function untypedBodies(source: Source): readonly Node[] {
  return source.tree.of('Decorator').flatMap((node) => {
    const { name, argument } = decorator(node);
    if (name !== 'Body' || argument) return [];
    const parameter = node.parent;
    if (parameter?.type !== 'Identifier') return [];
    const method = parameter.parent?.parent;
    const owner = method?.parent?.parent;
    const decorators = [method, owner].flatMap((one) => (one && 'decorators' in one ? (one.decorators ?? []) : []));
    if (decorators.some((one) => /^UsePipes$/.test(decorator(one).name))) return [];
    const type = parameter.typeAnnotation?.typeAnnotation;
    return !type || isShapeless(type) || isErased(source, node, type) ? [parameter] : [];
  });
}

function isShapeless(type: TSESTree.TypeNode): boolean {
  return type.type === 'TSAnyKeyword' || type.type === 'TSObjectKeyword' || type.type === 'TSUnknownKeyword';
}

/** Types that are gone when the program runs; tsoa alone makes its checks from them. */
function isErased(source: Source, node: TSESTree.Decorator, type: TSESTree.TypeNode): boolean {
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return type.type === 'TSTypeLiteral';
  if (type.typeName.name === 'Record') return true;
  const { expression } = node;
  const { module } = source.originOf(expression.type === 'CallExpression' ? expression.callee : expression);
  if (module !== '@nestjs/common') return false;
  const declared = source.tree.bindingOf(type.typeName)?.node;
  if (/^(?:Partial|DeepPartial|Required|Readonly|Omit|Pick)$/.test(type.typeName.name)) return declared === undefined;
  return declared !== undefined && /^TS(?:Interface|TypeAlias)/.test(declared.type);
}

const eventParts = /^(?:body|pathParameters|queryStringParameters)$/;
const lambdaModules = /^(?:aws-lambda|@middy\/|@types\/aws-lambda|@aws-lambda-powertools\/)/;

/** A Lambda event's input, taken as it is in a function that checks nothing. */
function uncheckedEvents(source: Source): readonly Node[] {
  const lambda = source.tree.of('ImportDeclaration').some(({ source: from }) => lambdaModules.test(from.value));
  if (!lambda) return [];
  const found = new Map<Node, Node>();
  for (const id of source.tree.named('event')) {
    const member = id.parent;
    if (member.type !== 'MemberExpression' || member.object !== id || !eventParts.test(propertyName(member) ?? ''))
      continue;
    const binding = source.tree.bindingOf(id);
    const fn = enclosingFunction(member);
    if (binding?.kind !== 'param' || !fn || found.has(fn) || checksSomething(source, fn)) continue;
    found.set(fn, member);
  }
  return [...found.values()];
}

const checks =
  /\b(?:safeParse|parseAsync|validate\w*|typeof|assert\w*|ajv|Schema\.parse|schema\.parse|isValid\w*|instanceof|Number\.isInteger)\b/;

function checksSomething(source: Source, fn: Node): boolean {
  return isFunction(fn) && checks.test(source.tree.text.slice(...fn.range));
}
