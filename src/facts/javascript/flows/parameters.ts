import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { nameOf } from '../handlers/shape.ts';
import { isFunction, propertyName, simpleName } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { named } from './conventions.ts';
import { hasOwnPipe, isDescribed, isParsedByPipe, isTextual } from './decorated-parameters.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { isDescribedInput, isListedInput } from './listed-fields.ts';
import { pathTo } from './patterns.ts';
import { requestInput, roleOfName, roleOfPattern } from './request-input.ts';
import { from, isAmount, safe, type Value, worst } from './value.ts';
import { changesOf } from './variables.ts';

const iterators = /^(?:forEach|map|flatMap|filter|some|every|find|findIndex|each|mapSeries)$/;
const fileReaders = /^read(?:File|JSON|Json|Yaml|dir)(?:Async)?$/;

/** The value of a parameter where it is used: what its role, its type, its callers or its name say of it. */
export function valueOfParameter(inquiry: Inquiry, use: Node, binding: Binding, path: readonly string[]): Value {
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
    if (isParsedByPipe(pattern)) return safe;
    const input = requestInput(role, name, reached, line);
    if (input && !isAmount(inquiry.kind) && isListedInput(inquiry.source, handler.schemas ?? [], reached)) return safe;
    if (input && isAddress(inquiry.kind) && isAddressChecked(inquiry.source, fn)) return safe;
    const described = isDescribed(inquiry.source, parameter, handler.framework);
    const validated = input?.validated || handler.validatedBy !== undefined || described || hasOwnPipe(pattern);
    const unseen =
      handler.validatedBy !== undefined && !isDescribedInput(inquiry.source, handler.schemas ?? [], reached);
    if (input) return { ...input, validated, textual: isTextual(pattern), ...(unseen ? { unseen } : {}) };
  }
  if (index === 0 && inquiry.running.listeners.has(fn))
    return from('request', [name, ...reached].join('.'), line, reached.length === 0);
  if (isHarmlessType(parameter) || (index === 1 && isIterator(fn))) return safe;
  const taken = nameOf(parameter) === '' ? roleOfPattern(inquiry.source.tree.path, reached) : undefined;
  const byName = requestInput(taken ?? roleOfName(name, reached), name, reached, line);
  const iterated = iteratedBy(fn, index);
  // What a list is made of is no request of HTTP, whatever it is called.
  if (byName && !iterated) return isAddress(inquiry.kind) && isAddressChecked(inquiry.source, fn) ? safe : byName;
  const overwritten = changesOf(inquiry, use, binding, path);
  if (overwritten.replaced) return worst(overwritten.values);
  const called = fromCallers(inquiry, fn, index, reached);
  if (isFileRead(fn, index)) return from('unknown', binding.name, line);
  if (iterated) return worst([...overwritten.values, evaluate(inquiry, iterated, ['[]', ...reached])]);
  return worst([...overwritten.values, called ?? named(inquiry, 'parameter', [binding.name, ...path].join('.'), line)]);
}

function isAddress(kind: Inquiry['kind']): boolean {
  return kind === 'url' || kind === 'redirect';
}

const addressChecks =
  /\b\w{0,30}(?:origin|redirect|callback|url|host)\w{0,30}(?:check|guard|valid\w{0,20})\(|\b(?:check|guard|valid\w{0,5}|verify|assert|ensure|allow)\w{0,30}(?:origin|redirect|callback|url|host)\w{0,30}\(/i;

/** `{ use: [originCheck((ctx) => ctx.query.next)] }`: what is registered with a handler looks at the address before it runs. */
function isAddressChecked(source: Source, fn: FunctionNode): boolean {
  const { parent } = fn;
  return (
    parent.type === 'CallExpression' &&
    parent.arguments.some(
      (one) => one !== fn && addressChecks.test(source.tree.text.slice(...one.range).slice(0, 2000)),
    )
  );
}

/** What the calls of this file give for a parameter; undefined where others may call, or nobody does. */
function fromCallers(inquiry: Inquiry, fn: FunctionNode, index: number, path: readonly string[]): Value | undefined {
  const calls = inquiry.source.calls.callsOf(fn);
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

/** `fs.readFile(path, (err, data) => …)`, `readFile(path).then((data) => …)`: what a file of ours holds. */
function isFileRead(fn: FunctionNode, index: number): boolean {
  const call = fn.parent;
  if (call.type !== 'CallExpression') return false;
  const { callee } = call;
  if (index === 1 && fileReaders.test(simpleName(callee))) return true;
  if (index !== 0 || callee.type !== 'MemberExpression' || propertyName(callee) !== 'then') return false;
  return callee.object.type === 'CallExpression' && fileReaders.test(simpleName(callee.object.callee));
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
