import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, propertyOf, simpleName, unwrap } from '../../javascript/nodes.ts';
import type { Node } from '../../javascript/parse.ts';
import { remembered } from '../../javascript/remembered.ts';
import type { Source } from '../../javascript/source.ts';
import type { Tree } from '../../javascript/tree.ts';
import { defaultOf, objectBehind } from './literals.ts';
import { modules, type Sink, signing, sinks } from './sinks.ts';

/** An argument that a library documents as a key or a password, whatever the caller calls it. */
export interface KeyArgument {
  readonly what: string;
  readonly value: Node;
  /** Any constant there is a mistake: nothing but a secret has a use at this place. */
  readonly certain: boolean;
  /** Words that name nothing else may be the key. */
  readonly words?: true;
}

/** Whether a text may call anything that takes a key. */
export function mayTakeKeys(text: string): boolean {
  return modules.test(text);
}

/** Finds the arguments of a file's calls that libraries use as keys. */
export function* keyArguments(source: Source): Iterable<KeyArgument> {
  const { tree, originOf } = source;
  yield* settings(source);
  const sinksOf = remembered((callee) => sinks.filter((sink) => sink.callee.test(callee)));
  for (const call of [...tree.of('CallExpression'), ...tree.of('NewExpression')]) {
    if (call.arguments.length === 0) continue;
    const { from, text } = originOf(call.callee);
    if (from !== 'import' && from !== 'global' && from !== 'type') continue;
    const callee = call.type === 'NewExpression' ? `new ${text}` : text;
    for (const sink of sinksOf(callee))
      for (const value of valuesOf(tree, call, sink))
        yield { what: sink.what, value, certain: sink.certain ?? false, ...(sink.words && { words: true }) };
  }
}

/** Variables that hold what signs: a database of the developer's own may have a default, these may not. */
const keyName =
  /^(?!.{0,40}PUBLIC)(?:\w{0,40}_)?(?:(?:JWT|SESSION|COOKIE|SIGN(?:ING)?|TOKEN|AUTH|ENCRYPTION|HMAC)_?(?:SECRET|KEY)|APP_?SECRET)$/i;
const plugins = /^(?:@fastify\/(?:jwt|cookie|session|secure-session)|fastify-(?:jwt|cookie|session))$/;

/** Keys that are given by a setting and not to a call of the library's own. */
function* settings({ tree, originOf }: Source): Iterable<KeyArgument> {
  // `fastify.register(jwt, { secret })`
  for (const { callee, arguments: given } of tree.of('CallExpression')) {
    const [plugin, options] = given;
    if (simpleName(callee) !== 'register' || !plugin || !plugins.test(originOf(plugin).module ?? '')) continue;
    for (const name of ['secret', 'key']) {
      const value = propertyIn(tree, options, name);
      if (value) for (const element of elementsOf(value)) yield { ...signing, value: element };
    }
  }
  // NestJS: `super({ secretOrKey })` of passport-jwt's strategy.
  if (/passport-jwt|\bExtractJwt\b/.test(tree.text))
    for (const property of tree.of('Property'))
      if (propertyName(property) === 'secretOrKey') yield { ...signing, value: property.value };
  // hapi: `server.auth.strategy('jwt', 'jwt', { key: 'x' })`
  for (const { callee, arguments: given } of tree.of('CallExpression')) {
    if (simpleName(callee) !== 'strategy' || given.length < 3) continue;
    for (const name of ['key', 'keys']) {
      const value = propertyIn(tree, given[2], name);
      if (value) for (const element of elementsOf(value)) yield { ...signing, value: element };
    }
  }
  // A key that everybody knows where the variable is missing: `process.env.JWT_SECRET || 'x'`.
  for (const { left, right, operator } of tree.of('LogicalExpression'))
    if (operator !== '&&' && keyName.test(environmentName(left) ?? '')) yield { ...signing, value: right };
  // The same in the schema of an environment, and where it is taken apart.
  for (const property of tree.of('Property')) {
    if (!keyName.test(propertyName(property) ?? '')) continue;
    const value = property.value.type === 'AssignmentPattern' ? property.value.right : defaultOf(property.value);
    if (value) yield { ...signing, value };
  }
  // Koa: `app.keys = ['x']`
  for (const { left, right } of tree.of('AssignmentExpression'))
    if (left.type === 'MemberExpression' && propertyName(left) === 'keys' && originOf(left.object).module === 'koa')
      for (const element of elementsOf(unwrap(right))) yield { ...signing, value: element };
}

/** The name of the variable that `process.env.X` or `process.env['X']` reads. */
function environmentName(node: Node): string | undefined {
  const member = unwrap(node);
  if (member.type !== 'MemberExpression' || member.object.type !== 'MemberExpression') return undefined;
  return simpleName(member.object) === 'env' ? propertyName(member) : undefined;
}

function* valuesOf(
  tree: Tree,
  { arguments: given }: TSESTree.CallExpression | TSESTree.NewExpression,
  { argument, options, each }: Sink,
): Iterable<Node> {
  const value = given[argument] && unwrap(given[argument]);
  if (!value) return;
  // `verify(token, { key, passphrase })`: its names say what they are.
  if (!options && value.type !== 'ObjectExpression') yield* elementsOf(value);
  for (const option of options ?? []) {
    let found: Node | undefined = value;
    for (const name of option.split('.')) found = propertyIn(tree, found, name);
    if (!found) continue;
    if (!each) yield* elementsOf(found);
    else if (found.type === 'ObjectExpression')
      for (const property of found.properties) if (property.type === 'Property') yield property.value;
  }
}

function propertyIn(tree: Tree, node: Node | undefined, name: string): Node | undefined {
  const object = objectBehind(tree, node);
  return object && propertyOf(object, name);
}

/** `keys: ['one', 'two']`: each of them is a key. */
function* elementsOf(value: Node): Iterable<Node> {
  if (value.type !== 'ArrayExpression') yield value;
  else for (const element of value.elements) if (element) yield element;
}
