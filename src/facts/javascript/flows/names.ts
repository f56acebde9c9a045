import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { nameOf } from '../handlers/shape.ts';
import { enclosingFunction, isFunction, propertyName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { inputOf, roleOfName } from './request-input.ts';
import { constant, from, safe, type Trust, type Value, worst } from './value.ts';

const iterators = /^(?:forEach|map|flatMap|filter|some|every|find|findIndex|each|mapSeries)$/;

/** The value of a name, or of what `path` reads from it. */
export function valueOfName(inquiry: Inquiry, node: TSESTree.Identifier, path: readonly string[]): Value {
  const { line } = node.loc.start;
  const binding = inquiry.source.tree.bindingOf(node);
  if (!binding) {
    if (/^(?:undefined|NaN|Infinity|__dirname|__filename)$/.test(node.name)) return constant;
    return (
      requestInput(roleOfName(node.name, path), node.name, path, line) ??
      named(inquiry, 'free', [node.name, ...path].join('.'), line)
    );
  }
  const given = inquiry.given.get(binding);
  if (given) return path.length === 0 ? given : { ...given, whole: false };
  switch (binding.kind) {
    case 'param':
      return valueOfParameter(inquiry, node, binding, path);
    case 'function':
    case 'class':
    case 'type':
      return constant;
    case 'import':
      return named(inquiry, 'unknown', [node.name, ...path].join('.'), line);
    case 'catch':
      return from('unknown', node.name, line);
    default:
      return valueOfVariable(inquiry, node, binding, path);
  }
}

/** Parts of SQL that code puts together itself, by the names they go by everywhere. */
const sqlParts =
  /(?:table|schema|column|placeholder|prefix|suffix|field|clause|condition|join|order|direction|sort|where|select|database|db_?name|interval|limit|offset|params?|values|cte|subquery|sql|query|filters?)(?:s|_?names?|_?list)?$/i;
const archiveEntry = /^(?:entry|zipEntry|header)\.(?:path|entryName|fileName|name)$/;
const archives =
  /['"](?:adm-zip|unzipper|unzip|unzip2|yauzl|tar|tar-stream|tar-fs|jszip|decompress|node-stream-zip|unzip-stream|extract-zip|@zip\.js\/zip\.js)['"]/;
const uploadName = /^file\.originalname$/;

/** A value by its name: constants by convention are ours, an archive's entries are whoever's packed it. */
function named(inquiry: Inquiry, trust: Trust, source: string, line: number): Value {
  const last = source.split('.').at(-1) ?? source;
  const { kind } = inquiry;
  if (/^[A-Z][A-Z0-9_]*$/.test(last) && kind !== 'code') return from('safe', source, line);
  if (kind === 'sql' && sqlParts.test(last)) return from('unknown', source, line);
  if (kind === 'path' && uploadName.test(source)) return from('request', source, line);
  if (kind === 'path' && archiveEntry.test(source) && archives.test(inquiry.source.tree.text))
    return from('request', source, line);
  return from(trust, source, line);
}

function valueOfVariable(inquiry: Inquiry, use: Node, binding: Binding, path: readonly string[]): Value {
  const { node } = binding;
  if (node.type !== 'VariableDeclarator') return from('unknown', binding.name, use.loc.start.line);
  const loop = node.parent.parent;
  if (loop?.type === 'ForOfStatement' && loop.left === node.parent)
    return evaluate(inquiry, loop.right, ['[]', ...pathTo(node.id, binding.at), ...path]);
  if (loop?.type === 'ForInStatement' && loop.left === node.parent)
    return inquiry.kind === 'object'
      ? evaluate(inquiry, loop.right)
      : from('unknown', binding.name, use.loc.start.line);
  const steps = pathTo(node.id, binding.at);
  const values: Value[] = node.init ? [evaluate(inquiry, node.init, [...steps, ...path])] : [];
  const changed = changesOf(inquiry, use, binding, path);
  const all = changed.replaced ? changed.values : [...values, ...changed.values];
  const found = worst(all);
  return found.trust === 'constant' ? found : { ...found, steps: [...found.steps, node.loc.start.line] };
}

/** What happens to a variable before its use: assigned, added to, filled. */
function changesOf(
  inquiry: Inquiry,
  use: Node,
  binding: Binding,
  path: readonly string[],
): { values: Value[]; replaced: boolean } {
  const values: Value[] = [];
  let replaced = false;
  const inner = enclosingFunction(use);
  for (const reference of inquiry.source.tree.referencesOf(binding)) {
    const { parent } = reference;
    if (reference === use) continue;
    if (parent.type === 'AssignmentExpression' && parent.left === reference) {
      const earlier = parent.range[1] <= use.range[0];
      if (!earlier && enclosingFunction(parent) === inner) continue;
      if (parent.operator === '=' && earlier && dominates(parent, use)) {
        values.length = 0;
        replaced = true;
      }
      const value = evaluate(inquiry, parent.right, parent.operator === '=' ? path : []);
      values.push(
        parent.operator === '+=' && value.trust !== 'constant' ? { ...value, built: true, whole: false } : value,
      );
    } else if (path.length <= 1) {
      const filled = fillOf(reference);
      if (filled && filled.range[0] < use.range[0]) values.push({ ...evaluate(inquiry, filled), whole: false });
    }
  }
  return { values, replaced };
}

/** `list.push(x)`, `query.name = x`, `args[1] = x`: what is put in. */
function fillOf(reference: TSESTree.Identifier): Node | undefined {
  const member = reference.parent;
  if (member.type !== 'MemberExpression' || member.object !== reference) return undefined;
  const { parent } = member;
  if (parent.type === 'AssignmentExpression' && parent.left === member) return parent.right;
  if (parent.type !== 'CallExpression' || parent.callee !== member) return undefined;
  return /^(?:push|unshift|add)$/.test(propertyName(member) ?? '') ? parent.arguments[0] : undefined;
}

/** Whether a statement has always run when the use is reached: it stands in a block around the use, in the same function. */
function dominates(assignment: Node, use: Node): boolean {
  const statement = assignment.parent;
  if (statement?.type !== 'ExpressionStatement') return false;
  for (let at: Node | undefined = use; at; at = at.parent) {
    if (at === statement.parent) return true;
    if (isFunction(at)) return false;
  }
  return false;
}

function valueOfParameter(inquiry: Inquiry, use: Node, binding: Binding, path: readonly string[]): Value {
  const parameter = binding.node;
  const fn = parameter.parent;
  if (!isFunction(fn)) return from('unknown', binding.name, use.loc.start.line);
  const { line } = use.loc.start;
  const index = fn.params.indexOf(parameter as TSESTree.Parameter);
  const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const reached = [...pathTo(pattern, binding.at), ...path];
  const handler = inquiry.running.handlers.find((one) => one.fn === fn);
  const role = handler?.roles[index];
  const name = nameOf(parameter) || binding.name;
  if (role && role !== 'other' && role !== 'response') {
    const input = requestInput(role, name, reached, line);
    if (input)
      return handler.validatedBy || isDescribed(parameter, handler.framework) ? { ...input, validated: true } : input;
  }
  if (isHarmlessType(parameter) || (index === 1 && isIterator(fn))) return safe;
  const byName = requestInput(roleOfName(name, reached), name, reached, line);
  if (byName) return byName;
  const overwritten = changesOf(inquiry, use, binding, path);
  if (overwritten.replaced) return worst(overwritten.values);
  const called = fromCallers(inquiry, fn, index, reached);
  const iterated = iteratedBy(fn, index);
  if (iterated) return worst([...overwritten.values, evaluate(inquiry, iterated, ['[]', ...reached])]);
  return worst([...overwritten.values, called ?? named(inquiry, 'parameter', [binding.name, ...path].join('.'), line)]);
}

/** What the calls of this file give for a parameter; undefined where others may call, or nobody does. */
function fromCallers(inquiry: Inquiry, fn: FunctionNode, index: number, path: readonly string[]): Value | undefined {
  const calls = inquiry.callers.get(fn) ?? [];
  if (calls.length === 0 || inquiry.depth > 12) return undefined;
  const values = calls.slice(0, 8).map((call) => {
    const argument = call.arguments[index];
    if (!argument || argument.type === 'SpreadElement') return from('parameter', '', call.loc.start.line);
    return evaluate({ ...inquiry, depth: inquiry.depth + 4 }, argument, path);
  });
  const found = worst(values);
  return found.trust === 'unknown' ? undefined : found;
}

/** The array of `list.map((item) => …)`. */
function iteratedBy(fn: FunctionNode, index: number): Node | undefined {
  const call = fn.parent;
  if (index !== 0 || call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  if (call.callee.object.type === 'Identifier' && /^(?:_|lodash|async)$/.test(call.callee.object.name))
    return call.arguments[0] === fn ? undefined : call.arguments[0];
  return iterators.test(propertyName(call.callee) ?? '') ? call.callee.object : undefined;
}

/** The second parameter of `list.map((item, index) => …)` is a number. */
function isIterator(fn: FunctionNode): boolean {
  const call = fn.parent;
  return (
    call.type === 'CallExpression' &&
    call.callee.type === 'MemberExpression' &&
    iterators.test(propertyName(call.callee) ?? '')
  );
}

/** A DTO class is what Nest's pipes check, and GraphQL checks arguments against its schema. */
function isDescribed(parameter: Node, framework: string): boolean {
  if (framework === 'graphql') return true;
  if (framework !== 'nest' || !('typeAnnotation' in parameter)) return false;
  const annotation = parameter.typeAnnotation as TSESTree.TSTypeAnnotation | undefined;
  return annotation?.typeAnnotation.type === 'TSTypeReference';
}

/** A number, a boolean, a date or a list of literals cannot carry an injection. */
function isHarmlessType(parameter: Node): boolean {
  const plain = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (!('typeAnnotation' in plain) || plain.typeAnnotation?.type !== 'TSTypeAnnotation') return false;
  const type = plain.typeAnnotation.typeAnnotation;
  const types = type.type === 'TSUnionType' ? type.types : [type];
  return types.every(
    (one) =>
      one.type === 'TSNumberKeyword' ||
      one.type === 'TSBooleanKeyword' ||
      one.type === 'TSBigIntKeyword' ||
      one.type === 'TSLiteralType' ||
      one.type === 'TSNullKeyword' ||
      one.type === 'TSUndefinedKeyword' ||
      (one.type === 'TSTypeReference' && one.typeName.type === 'Identifier' && one.typeName.name === 'Date'),
  );
}

/** Names from the whole of a pattern down to one of its identifiers: `{ a: { b } }` to `b` gives `['a', 'b']`. */
export function pathTo(pattern: Node, id: TSESTree.Identifier): readonly string[] {
  const path: string[] = [];
  let at: Node = pattern;
  for (;;) {
    if (at.type === 'AssignmentPattern') at = at.left;
    else if (at.type === 'TSParameterProperty') at = at.parameter;
    else if (at.type === 'RestElement') at = at.argument;
    else if (at.type === 'ObjectPattern') {
      const property: TSESTree.Property | TSESTree.RestElement | undefined = at.properties.find((one) =>
        holds(one, id),
      );
      if (!property) return path;
      if (property.type === 'Property') path.push(propertyName(property) ?? '[]');
      at = property.type === 'Property' ? property.value : property.argument;
    } else if (at.type === 'ArrayPattern') {
      const element: Node | null | undefined = at.elements.find((one) => one && holds(one, id));
      if (!element) return path;
      path.push('[]');
      at = element;
    } else return path;
  }
}

function holds(node: Node, id: Node): boolean {
  return node.range[0] <= id.range[0] && id.range[1] <= node.range[1];
}

/** Request input at the end of a path from a name that is a handler's parameter, or is called like one. */
function requestInput(
  role: ReturnType<typeof roleOfName>,
  name: string,
  path: readonly string[],
  line: number,
): Value | undefined {
  const input = role && inputOf(role, path);
  if (!input) return undefined;
  const text = [name, ...path].join('.').replace(/\.\[\]/g, '[…]');
  return { ...from('request', text, line, input.whole), validated: input.validated };
}
