import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { LaxCheck } from '../code.ts';
import { enclosingFunction, functionName, isFunction, propertyName, propertyOf, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

/** States where a check of a token, an origin or a signature lets through what it is there to stop. */
export function readLaxChecks(source: Source, placeOf: PlaceOf): readonly LaxCheck[] {
  const found: LaxCheck[] = [];
  const add = (node: Node, what: LaxCheck['what']) => {
    const { start, end } = node.loc;
    found.push({ ...placeOf(node), line: start.line, endLine: end.line, what });
  };
  for (const property of source.tree.of('Property')) {
    const what = ofToken(property);
    if (what) add(property, what);
  }
  for (const object of source.tree.of('ObjectExpression')) if (letsAllIn(source, object)) add(object, 'origin');
  for (const node of source.tree.of('BinaryExpression')) if (comparesDigest(source, node)) add(node, 'digest');
  return found;
}

/** For whom an expired token is as good as another: who renews it, or ends its session. */
const expiredIsFine = /refresh|renew|rotate|logout|sign_?out|revoke|expired|blacklist|decode/i;

function ofToken(property: TSESTree.Property): LaxCheck['what'] | undefined {
  const name = propertyName(property);
  const value = unwrap(property.value);
  if (name === 'ignoreExpiration')
    return isTrue(value) && checksTokens(property) && !isForExpired(property) ? 'expiry' : undefined;
  if (name !== 'algorithms' && name !== 'algorithm') return undefined;
  const listed = value.type === 'ArrayExpression' ? value.elements : [value];
  return listed.some((one) => one?.type === 'Literal' && /^none$/i.test(String(one.value))) && checksTokens(property)
    ? 'algorithm'
    : undefined;
}

/** The options of `jwt.verify(…)`, of passport's `new Strategy(…)`, of `super(…)` in a strategy of Nest. */
function checksTokens(property: Node): boolean {
  const call = property.parent?.parent;
  if (call?.type === 'NewExpression') return /Strategy$|Jwt|JWT/.test(simpleName(call.callee));
  if (call?.type !== 'CallExpression') return false;
  return call.callee.type === 'Super' || /verify|jwt|sign/i.test(simpleName(call.callee));
}

function isForExpired(node: Node): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn))
    if (expiredIsFine.test(functionName(fn))) return true;
  return false;
}

/** `{ origin: true, credentials: true }` of a CORS middleware: whoever asks is answered, and with the visitor's cookies. */
function letsAllIn(source: Source, object: TSESTree.ObjectExpression): boolean {
  const origin = propertyOf(object, 'origin');
  if (!origin || !isTrue(propertyOf(object, 'credentials')) || !isAnyOrigin(unwrap(origin))) return false;
  const { parent } = object;
  if (parent.type === 'VariableDeclarator') return parent.id.type === 'Identifier' && /cors/i.test(parent.id.name);
  if (parent.type === 'Property') return /cors/i.test(propertyName(parent) ?? '');
  if (parent.type !== 'CallExpression') return false;
  const [first] = parent.arguments;
  const registered = first && first !== object ? source.originOf(first).text : '';
  return /cors/i.test(`${source.originOf(parent.callee).text} ${simpleName(parent.callee)} ${registered}`);
}

/** `true`, `(origin) => origin`, `(origin, callback) => callback(null, true)`. */
function isAnyOrigin(node: Node): boolean {
  if (isTrue(node)) return true;
  if (!isFunction(node)) return false;
  const [statement] = node.body.type === 'BlockStatement' && node.body.body.length === 1 ? node.body.body : [];
  const result =
    node.body.type !== 'BlockStatement'
      ? node.body
      : statement?.type === 'ReturnStatement'
        ? statement.argument
        : statement?.type === 'ExpressionStatement'
          ? statement.expression
          : undefined;
  const [origin, callback] = node.params;
  if (result?.type === 'Identifier') return origin?.type === 'Identifier' && origin.name === result.name;
  if (result?.type !== 'CallExpression' || callback?.type !== 'Identifier') return false;
  return simpleName(result.callee) === callback.name && isTrue(result.arguments[1]);
}

const digest = /^(?:(?:node:)?crypto\.)?createHmac\b.*\.digest\(?\)?$/;

/** `signature === createHmac(…).update(body).digest('hex')`: one side is a digest that only we can make. */
function comparesDigest(source: Source, node: TSESTree.BinaryExpression): boolean {
  if (!/^[!=]==?$/.test(node.operator)) return false;
  const sides = [node.left, node.right].map(unwrap);
  if (sides.some((side) => side.type === 'Literal' || (side.type === 'Identifier' && side.name === 'undefined')))
    return false;
  return sides.filter((side) => digest.test(source.originOf(side).text) && !isReplaced(source, side)).length === 1;
}

/** `mac = createHash('sha256').update(mac).digest('hex')`: the digest of a digest tells nothing by the time it takes. */
function isReplaced(source: Source, node: Node): boolean {
  const binding = node.type === 'Identifier' ? source.tree.bindingOf(node) : undefined;
  return (
    binding !== undefined &&
    source.tree
      .referencesOf(binding)
      .some(
        (use) =>
          use.parent.type === 'AssignmentExpression' && use.parent.left === use && use.parent.range[1] < node.range[0],
      )
  );
}

function isTrue(node: Node | undefined): boolean {
  const plain = node && unwrap(node);
  return plain?.type === 'Literal' && plain.value === true;
}
