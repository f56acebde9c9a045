import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { ThrowingParse } from '../code.ts';
import { constantText } from './constant-text.ts';
import type { LoopsOf } from './loops.ts';
import { enclosingFunction, isFunction, propertyName, simpleName, unwrap } from './nodes.ts';
import { isOtherRequest, isOwnText } from './own-text.ts';
import type { Node } from './parse.ts';
import { answeredParse } from './parse-repair.ts';
import { isInTry, type PlaceOf } from './setting.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const input =
  /\b(?:req|request|ctx|c\.req|event)\??\.(?:request\.)?(?:body|query|params|headers|cookies|rawBody|queryStringParameters)\b|\bheaders\.get\(|searchParams\.get\(|\bformData\b.{0,10}\.get\(/;
/** Names of data that comes over a wire. */
const wire = /^(?:message|msg|payload|raw\w*|data|chunk|body|buffer|content)$/i;

/** States parses that throw on malformed text where one bad element, or one bad request, takes everything else along. */
export function readThrowingParses(source: Source, placeOf: PlaceOf, loops: LoopsOf): readonly ThrowingParse[] {
  const found: ThrowingParse[] = [];
  for (const call of [...source.tree.of('CallExpression'), ...source.tree.of('NewExpression')]) {
    const of = parserOf(source, call);
    const [text] = call.arguments;
    if (!of || !text || isInTry(call) || isSafe(source, text)) continue;
    const reason = reasonOf(source, call, text, loops);
    if (!reason || isOwnText(source, text)) continue;
    const repair = reason === 'request' ? answeredParse(source, call, of) : undefined;
    found.push({
      ...placeOf(call),
      ...(repair ? { repair } : {}),
      of,
      reason,
      text: source.tree.text
        .slice(...text.range)
        .replace(/\s+/g, ' ')
        .slice(0, 60),
    });
  }
  return found;
}

function parserOf(source: Source, call: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  const { callee } = call;
  if (call.type === 'NewExpression')
    // With a base a relative address is no mistake.
    return callee.type === 'Identifier' &&
      callee.name === 'URL' &&
      !source.tree.bindingOf(callee) &&
      call.arguments.length === 1
      ? 'new URL'
      : undefined;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
  return callee.object.name === 'JSON' && propertyName(callee) === 'parse' ? 'JSON.parse' : undefined;
}

/** Text that this program wrote itself, or that was checked. */
function isSafe(source: Source, node: Node): boolean {
  if (constantText(source.tree, node) !== undefined) return true;
  const text = source.tree.text.slice(...node.range);
  if (/JSON\.stringify\(|readFile|\?\?|\|\||process\.env/.test(text)) return true;
  const plain = unwrap(node);
  if (plain.type === 'TemplateLiteral') return /^(?:https?|wss?):\/\//.test(plain.quasis[0]?.value.raw ?? '');
  return false;
}

function reasonOf(source: Source, call: Node, text: Node, loops: LoopsOf): ThrowingParse['reason'] | undefined {
  const fn = enclosingFunction(call);
  const owner = fn?.parent;
  if (isFunction(fn) && owner?.type === 'CallExpression' && owner.callee.type === 'MemberExpression') {
    const method = propertyName(owner.callee) ?? '';
    const chain = source.tree.text.slice(...owner.callee.object.range);
    if (
      method === 'transform' &&
      /\b(?:z|zod|string|schema|union|coerce)\b/i.test(chain) &&
      !/isJson|json\(|refine|\.url\(/i.test(chain) &&
      readsParameter(source, fn, text)
    )
      return 'schema';
    const [event] = owner.arguments;
    // What was gathered is parsed once all is there.
    if (/^(?:on|once)$/.test(method) && event?.type === 'Literal' && event.value === 'end' && isGathered(source, text))
      return 'message';
    if (method === 'consume' && readsParameter(source, fn, text)) return 'message';
    if (
      /^(?:on|once|addListener)$/.test(method) &&
      owner.arguments[0]?.type === 'Literal' &&
      /^(?:message|data|pmessage)$/.test(String(owner.arguments[0].value)) &&
      readsParameter(source, fn, text)
    )
      return 'message';
  }
  if (isFunction(fn) && owner?.type === 'Property' && /^each(?:Message|Batch)$/.test(propertyName(owner) ?? ''))
    if (readsParameter(source, fn, text)) return 'queued';
  if (input.test(source.tree.text.slice(...text.range)) && !isGuarded(source, call, text))
    return isOtherRequest(source, text) ? undefined : 'request';
  const loop = loops.indexOf(call);
  const found = loop === undefined ? undefined : loops.loops[loop];
  if (!found || found.bounded || !loops.flowsInto(text) || isGuarded(source, call, text)) return undefined;
  // Each element has an outcome of its own.
  if (isFunction(fn) && fn.async && isInAllSettled(call)) return undefined;
  // Who throws when an element is wrong means it to.
  if (fn && within(source.tree, 'ThrowStatement', fn).length > 0) return undefined;
  // One element that does not parse loses the answers of all others.
  const plain = unwrap(text);
  const whole =
    plain.type === 'Identifier' || (plain.type === 'MemberExpression' && wire.test(propertyName(plain) ?? ''));
  return whole && /^(?:map|promise-all|forEach|for-of)$/.test(found.form) ? 'element' : undefined;
}

/** `Promise.allSettled(list.map(async (one) => …))`. */
function isInAllSettled(node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent)
    if (at.type === 'CallExpression' && simpleName(at.callee) === 'allSettled') return true;
  return false;
}

/** `let body = ''`, to which each chunk was added. */
function isGathered(source: Source, text: Node): boolean {
  const name = unwrap(text);
  const binding = name.type === 'Identifier' ? source.tree.bindingOf(name) : undefined;
  return binding?.kind === 'let' || binding?.kind === 'var';
}

function readsParameter(source: Source, fn: Node, text: Node): boolean {
  if (!isFunction(fn)) return false;
  const names = text.type === 'Identifier' ? [text] : within(source.tree, 'Identifier', text);
  return names.some((id) => source.tree.bindingOf(id)?.kind === 'param');
}

/** An `if` or a condition around the call asks about the same text first. */
function isGuarded(source: Source, call: Node, text: Node): boolean {
  const name = source.tree.text.slice(...unwrap(text).range);
  if (name.length > 80) return false;
  for (let at: Node = call; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    const test =
      parent.type === 'IfStatement' || parent.type === 'ConditionalExpression'
        ? parent.test
        : parent.type === 'LogicalExpression'
          ? parent.left
          : undefined;
    if (
      test &&
      test !== at &&
      /isValid|isURL|isUrl|startsWith|canParse|isJson|test\(|\btypeof\b/.test(source.tree.text.slice(...test.range))
    )
      return true;
  }
  return false;
}
