import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { hasSpread, isFunction, propertyName, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** What ends the wait of a call, by its options. */
export type Wait = 'given' | 'none' | 'unknown';

/** Properties that end a wait, or hand it to something that may. */
const ends =
  /^(?:signal|timeout|timeoutMs|response_timeout|read_timeout|requestTimeout|headersTimeout|bodyTimeout|dispatcher|agent|httpsAgent|httpAgent|cancelToken|pool)$/;

/** What options say about the end of a wait; nothing given means that nothing ends it. */
export function waitOf(source: Source, options: Node | undefined): Wait {
  if (options === undefined || isFunction(options) || isUndefined(options)) return 'none';
  const object = literalOf(source, options);
  if (!object || hasSpread(object)) return 'unknown';
  return object.properties.some((property) => property.type === 'Property' && isEnd(property)) ? 'given' : 'none';
}

function isEnd(property: TSESTree.Property): boolean {
  if (property.computed) return true;
  if (!ends.test(propertyName(property) ?? '')) return false;
  const value = unwrap(property.value);
  // `timeout: false` and `timeout: 0` are how one asks to wait for ever.
  return !(value.type === 'Literal' && (value.value === false || value.value === 0)) && !isUndefined(value);
}

/** `timeout: false`: how ky and got are asked to wait for ever. */
export function waitsForEver(options: Node | undefined): boolean {
  const value = options && propertyOf(unwrap(options), 'timeout');
  return value?.type === 'Literal' && value.value === false;
}

/** The object literal that an expression stands for: itself, or a `const` that nobody changes and nobody else gets. */
export function literalOf(source: Source, expression: Node): TSESTree.ObjectExpression | undefined {
  const node = unwrap(expression);
  if (node.type === 'ObjectExpression') return node;
  if (node.type !== 'Identifier') return undefined;
  const binding = source.tree.bindingOf(node);
  if (binding?.kind !== 'const' || binding.node.type !== 'VariableDeclarator' || !binding.node.init) return undefined;
  const init = unwrap(binding.node.init);
  if (init.type !== 'ObjectExpression' || binding.node.id.type !== 'Identifier') return undefined;
  const changing = changingUses(source, binding);
  return changing.every((use) => use === node) ? init : undefined;
}

const remembered = new WeakMap<Binding, readonly Node[]>();

/** The first uses of a name by which others may change what it holds; two say as much as all. */
function changingUses(source: Source, binding: Binding): readonly Node[] {
  const known = remembered.get(binding);
  if (known) return known;
  const found: Node[] = [];
  for (const use of source.tree.referencesOf(binding)) {
    if (!isRead(source, use)) found.push(use);
    if (found.length > 1) break;
  }
  remembered.set(binding, found);
  return found;
}

/** `options.method` read, or the whole given to `fetch` and the like; anything else may change it. */
function isRead(source: Source, use: Node): boolean {
  const { parent } = use;
  if (parent?.type === 'MemberExpression' && parent.object === use) {
    const above = parent.parent;
    return above.type !== 'AssignmentExpression'
      ? above.type !== 'UnaryExpression' || above.operator !== 'delete'
      : above.left !== parent;
  }
  return (
    parent?.type === 'CallExpression' &&
    /^(?:fetch|axios|got|https?|node-fetch|undici)\b/.test(source.originOf(parent.callee).text)
  );
}

function isUndefined(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'undefined';
}

const limiting = /timeout|deadline|^race$|withAbort|abortable/i;
const limiters = /^(?:new )?(?:opossum|cockatiel|p-timeout|promise-timeout|effect)\b/;

/** Whether a call stands inside one that ends it: `Promise.race([…])`, `withTimeout(() => …)`, `.pipe(timeout(5000))`, a circuit breaker. */
export function isLimited(source: Source, call: Node): boolean {
  for (let at: Node = call; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunction(at) && parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return false;
    if (parent?.type === 'MemberExpression' && parent.object === at && isTimedPipe(source, parent)) return true;
    if ((parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') || parent.callee === at) continue;
    const { callee } = parent;
    const name =
      callee.type === 'Identifier'
        ? callee.name
        : callee.type === 'MemberExpression'
          ? (propertyName(callee) ?? '')
          : '';
    if (limiting.test(name) && name !== 'setTimeout') return true;
    if (limiters.test(source.originOf(callee).text)) return true;
  }
  return false;
}

/** rxjs: `http.get(url).pipe(timeout(5000))`. */
function isTimedPipe(source: Source, member: TSESTree.MemberExpression): boolean {
  const call = member.parent;
  return (
    propertyName(member) === 'pipe' &&
    call.type === 'CallExpression' &&
    call.arguments.some((argument) => /\btimeout(?:With)?\s*\(/.test(source.tree.text.slice(...argument.range)))
  );
}

/** The object among the arguments of a `node:http` request, and the address, which may stand in it. */
export function nodeArguments(
  source: Source,
  call: TSESTree.CallExpression,
): { options: Node | undefined; address: Node | undefined; opaque: boolean } {
  const [first, second] = call.arguments;
  const whole = first && literalOf(source, first);
  if (whole) {
    const address = ['hostname', 'host', 'url', 'uri', 'href'].map((name) => propertyOf(whole, name)).find(Boolean);
    return { options: whole, address, opaque: false };
  }
  const opaque = second !== undefined && !isFunction(second) && !literalOf(source, second) && !isCallback(second);
  return { options: isFunction(second) || (second && isCallback(second)) ? undefined : second, address: first, opaque };
}

function isCallback(node: Node): boolean {
  return node.type === 'Identifier' && /^(?:cb|callback|done|next|handler|on[A-Z]\w*|handle\w*)$/.test(node.name);
}
