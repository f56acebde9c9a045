import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, propertyName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { isEntryName } from './archives.ts';
import { addressOf, built, concatenated } from './built.ts';
import { valueOfCall } from './calls.ts';
import { isGuarded } from './guards.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { onlyHost } from './link-sinks.ts';
import { valueOfName } from './names.ts';
import { isSegment } from './paths.ts';
import { constant, from, isAmount, safe, type Value, worst } from './value.ts';

/** Steps for one sink; real code needs tens. */
export const maxSteps = 400;
const maxDepth = 24;

/** The value of an expression, seen from a sink. `path` is what is read from it further on: `['query', 'id']`. */
export function evaluateExpression(inquiry: Inquiry, expression: Node, path: readonly string[]): Value {
  if (inquiry.depth > maxDepth || inquiry.budget.steps-- <= 0) return from('unknown', '', expression.loc.start.line);
  const node = unwrap(expression);
  const deeper = { ...inquiry, depth: inquiry.depth + 1 };
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? { ...constant, start: node.value } : constant;
    case 'TemplateLiteral':
      return built(
        deeper,
        node,
        node.quasis.flatMap((quasi, i) => [
          quasi.value.cooked ?? '',
          ...(node.expressions[i] ? [node.expressions[i]] : []),
        ]),
      );
    case 'BinaryExpression':
      return node.operator === '+' ? built(deeper, node, concatenated(node)) : safe;
    case 'UnaryExpression':
      return node.operator === '+' && isAmount(inquiry.kind) ? evaluate(deeper, node.argument, path) : safe;
    case 'UpdateExpression':
      return safe;
    case 'ConditionalExpression':
      return worst([evaluate(deeper, node.consequent, path), evaluate(deeper, node.alternate, path)]);
    case 'LogicalExpression':
      return node.operator === '&&'
        ? evaluate(deeper, node.right, path)
        : worst([evaluate(deeper, node.left, path), evaluate(deeper, node.right, path)]);
    case 'AssignmentExpression':
      return evaluate(deeper, node.right, path);
    case 'SequenceExpression':
      return evaluate(deeper, node.expressions.at(-1) as Node, path);
    case 'SpreadElement':
      return evaluate(deeper, node.argument, path);
    case 'ArrayExpression':
      return valueOfArray(deeper, node, path);
    case 'ObjectExpression':
      return valueOfObject(deeper, node, path);
    case 'Identifier':
      return checked(deeper, node, path, valueOfName(deeper, node, path));
    case 'MemberExpression':
      return valueOfMember(deeper, node, path);
    case 'CallExpression':
      return checked(deeper, node, path, valueOfCall(deeper, node, path));
    case 'NewExpression': {
      const name = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (name === 'URL') return addressOf(deeper, node.arguments, path);
      if (/^(?:String|Buffer|Set|Map|URLSearchParams|Array)$/.test(name))
        return worst(node.arguments.slice(0, 2).map((argument) => evaluate(deeper, argument)));
      return from(/^(?:Date|ObjectId|ObjectID)$/.test(name) ? 'safe' : 'unknown', `new ${name}`, node.loc.start.line);
    }
    case 'TaggedTemplateExpression': {
      const tag = inquiry.source.tree.text.slice(...node.tag.range);
      // Every other tag gets its holes apart from its text, and binds them.
      return tag === 'String.raw' ? evaluate(deeper, node.quasi, path) : safe;
    }
    case 'ClassExpression':
    case 'ThisExpression':
      return from('unknown', 'this', node.loc.start.line);
    default:
      return isFunction(node) ? constant : from('unknown', '', node.loc.start.line);
  }
}

/** A list may be joined: it begins as its first element does. */
function valueOfArray(inquiry: Inquiry, node: TSESTree.ArrayExpression, path: readonly string[]): Value {
  const values = node.elements.flatMap((element) => (element ? [evaluate(inquiry, element, path.slice(1))] : []));
  return { ...worst(values), start: values[0]?.start ?? '' };
}

/** Operators that compare with what they are given, and refuse another operator in its place. */
const literalOperators = /^\$(?:eq|in|nin|all)$/;

function valueOfObject(inquiry: Inquiry, node: TSESTree.ObjectExpression, path: readonly string[]): Value {
  const [first, ...rest] = path;
  const values: Value[] = [];
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(inquiry, property.argument, path);
      values.push(spread);
    } else if (inquiry.kind === 'nosql' && literalOperators.test(propertyName(property) ?? '')) values.push(safe);
    else if (first === undefined || first === '[]')
      values.push({ ...evaluate(inquiry, property.value, rest), whole: false });
    else if (propertyName(property) === first) return evaluate(inquiry, property.value, rest);
  }
  return worst(values);
}

function valueOfMember(inquiry: Inquiry, node: TSESTree.MemberExpression, path: readonly string[]): Value {
  const name = propertyName(node) ?? '[]';
  const text = inquiry.source.tree.text.slice(...node.range).replace(/\?\./g, '.');
  // `req.query.size` is a field, `list.size` a number.
  if (name === 'length' || (name === 'size' && !/\.(?:query|params|body)\??\.size$/.test(text)))
    return isAmount(inquiry.kind) ? lengthOf(inquiry, node.object, path) : safe;
  if (name === 'pid') return safe;
  if (/^(?:(?:import\.meta|process)\.(?:env|platform|pid|cwd|version|arch)|import\.meta\.|require\.main\b)/.test(text))
    return from('safe', text, node.loc.start.line);
  // Whoever starts the program may open its files anyway.
  if (/^process\.argv\b/.test(text))
    return from(inquiry.kind === 'path' ? 'safe' : 'unknown', text, node.loc.start.line);
  if (inquiry.kind === 'path' && isSegment(inquiry.source, node)) return safe;
  if (inquiry.kind === 'path' && isEntryName(inquiry.source, node))
    return checked(inquiry, node, path, from('request', text, node.loc.start.line));
  const value = evaluate(inquiry, node.object, [name, ...path]);
  const isNamed = value.source === '' || value.source.startsWith('process.argv');
  const found = path.length === 0 && !isNamed && text.length < 80 ? { ...value, source: text } : value;
  return checked(inquiry, node, path, found);
}

/** A text is as long as what was sent; only in a parsed body may a length be whatever the client wrote. */
function lengthOf(inquiry: Inquiry, object: Node, path: readonly string[]): Value {
  const value = evaluate(inquiry, object, path);
  return value.trust === 'request' && !/\bbody\b|json\(\)|\binput\b|\bargs\b|^\w+(?:\.\w+)?$/.test(value.source)
    ? safe
    : value;
}

/** The value after the checks that stand before the use, and before the sink. */
function checked(inquiry: Inquiry, node: Node, path: readonly string[], value: Value): Value {
  if (path.length > 0 || value.trust === 'constant' || value.trust === 'safe') return value;
  const text = inquiry.source.tree.text.slice(...node.range).replace(/\?\./g, '.');
  const { source, kind, sink } = inquiry;
  const found = kind === 'link' ? onlyHost(value, text) : value;
  if (text.length > 120) return found;
  return isGuarded(source, text, node, kind) || isGuarded(source, text, sink, kind)
    ? { ...safe, start: found.start }
    : found;
}
