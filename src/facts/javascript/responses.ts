import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../review/types.ts';
import type { UncheckedResponse } from '../code.ts';
import { isFunction, propertyName, propertyOf, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import { repaired } from './repair.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

const fetching = /^(?:fetch|node-fetch|cross-fetch|undici\.fetch)$/;
const reading = /^(?:json|text|arrayBuffer|blob|formData|bytes)$/;
const checking = /^(?:ok|status|statusText|type|redirected)$/;

/** States bodies of `fetch` that are read although nobody asked whether the answer was one. */
export function readUncheckedResponses(source: Source, placeOf: PlaceOf): readonly UncheckedResponse[] {
  return source.tree.of('CallExpression').flatMap((call): UncheckedResponse[] => {
    const origin = source.originOf(call.callee);
    if (origin.from !== 'global' && origin.from !== 'import') return [];
    if (origin.text === 'undici.request') return readOfRequest(source, placeOf, call);
    if (!fetching.test(origin.text)) return [];
    if (isDiscarded(call)) return [{ ...placeOf(call), endLine: call.callee.loc.end.line }];
    const read = readOf(source, call) ?? readOfAll(source, call);
    if (!read) return [];
    const repair = checked(source, read);
    return [{ ...placeOf(read), endLine: read.loc.end.line, method: methodOf(read), ...(repair ? { repair } : {}) }];
  });
}

/** `await fetch(url, { method: 'POST' })` as a statement: what is refused passes for done. */
function isDiscarded(call: TSESTree.CallExpression): boolean {
  const method = propertyOf(call.arguments[1], 'method');
  return (
    call.parent.type === 'AwaitExpression' &&
    call.parent.parent.type === 'ExpressionStatement' &&
    method?.type === 'Literal' &&
    /^(?:post|put|patch|delete)$/i.test(String(method.value))
  );
}

/** `const { body } = await request(url)` of undici: the body is taken, and the status is not. */
function readOfRequest(source: Source, placeOf: PlaceOf, call: TSESTree.CallExpression): UncheckedResponse[] {
  const declarator = call.parent.type === 'AwaitExpression' ? call.parent.parent : undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'ObjectPattern') return [];
  const { properties } = declarator.id;
  const [taken] = properties;
  if (properties.length !== 1 || taken?.type !== 'Property' || propertyName(taken) !== 'body') return [];
  const binding = taken.value.type === 'Identifier' ? source.tree.bindingOf(taken.value) : undefined;
  const read = (binding ? source.tree.referencesOf(binding) : []).map(readOn).find((one) => one !== undefined);
  return read ? [{ ...placeOf(read), endLine: read.loc.end.line, method: methodOf(read) }] : [];
}

/** `const [a, b] = await Promise.all([fetch(x), fetch(y)])`: the name that this one's answer gets. */
function readOfAll(source: Source, call: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  const list = call.parent;
  const all = list.type === 'ArrayExpression' ? list.parent : undefined;
  if (list.type !== 'ArrayExpression' || all?.type !== 'CallExpression' || simpleName(all.callee) !== 'all')
    return undefined;
  const declarator = all.parent.type === 'AwaitExpression' ? all.parent.parent : undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'ArrayPattern') return undefined;
  const name = declarator.id.elements[list.elements.indexOf(call)];
  return name?.type === 'Identifier' ? uncheckedRead(source, name) : undefined;
}

/** The read with a check before it, where the answer has a name and the read begins a line. */
function checked(source: Source, read: TSESTree.CallExpression): Fix | undefined {
  const on = read.callee.type === 'MemberExpression' ? read.callee.object : undefined;
  let statement: Node = read;
  while (statement.parent && statement.parent.type !== 'BlockStatement') {
    if (isFunction(statement)) return undefined;
    statement = statement.parent;
  }
  if (on?.type !== 'Identifier' || statement.loc.start.line !== read.loc.start.line) return undefined;
  const check = `if (!${on.name}.ok) throw new Error(\`the answer is a \${${on.name}.status}\`);\n`;
  const at = statement.range[0];
  return repaired(source.tree, read, read.loc.end.line, [{ at, text: check + ' '.repeat(statement.loc.start.column) }]);
}

/** The read of a body that no check precedes. */
function readOf(source: Source, call: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  const awaited = call.parent.type === 'AwaitExpression' ? call.parent : undefined;
  // `(await fetch(url)).json()`
  const direct = awaited && readOn(awaited);
  if (direct) return direct;
  // `fetch(url).then((response) => response.json())`
  const member = call.parent;
  if (
    member.type === 'MemberExpression' &&
    propertyName(member) === 'then' &&
    member.parent.type === 'CallExpression'
  ) {
    const [fn] = member.parent.arguments;
    if (!isFunction(fn) || fn.body.type === 'BlockStatement' || fn.params[0]?.type !== 'Identifier') return undefined;
    const body = unwrap(fn.body);
    const on =
      body.type === 'CallExpression' && body.callee.type === 'MemberExpression' ? body.callee.object : undefined;
    return on?.type === 'Identifier' &&
      on.name === fn.params[0].name &&
      body.type === 'CallExpression' &&
      reading.test(methodOf(body))
      ? body
      : undefined;
  }
  const declarator = awaited?.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return undefined;
  return uncheckedRead(source, declarator.id);
}

/** The read of an answer by its name, where nothing that the name is used for is a check. */
function uncheckedRead(source: Source, name: TSESTree.Identifier): TSESTree.CallExpression | undefined {
  const binding = source.tree.bindingOf(name);
  const uses = binding ? source.tree.referencesOf(binding) : [];
  let read: TSESTree.CallExpression | undefined;
  for (const use of uses) {
    // Whoever else gets it may check it.
    if (use.parent.type !== 'MemberExpression' || use.parent.object !== use) return undefined;
    const property = propertyName(use.parent) ?? '';
    if (checking.test(property)) return undefined;
    if (reading.test(property)) read ??= readOn(use);
  }
  return read;
}

function readOn(object: Node): TSESTree.CallExpression | undefined {
  const { parent } = object;
  if (parent?.type !== 'MemberExpression' || parent.object !== object || !reading.test(propertyName(parent) ?? ''))
    return undefined;
  return parent.parent.type === 'CallExpression' ? parent.parent : undefined;
}

function methodOf(call: TSESTree.CallExpression): string {
  return call.callee.type === 'MemberExpression' ? (propertyName(call.callee) ?? '') : '';
}
