import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { isFunction, propertyName, simpleName, unwrap } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Tree } from '../tree.ts';
import { fieldOf, instanceOfClass } from './classes.ts';
import { extend, moduleOrigin, type Origin, type Tracer, unknown } from './origin.ts';
import { memberOf, traceBinding } from './variables.ts';

/** Steps from variable to variable: enough for real code, an end for `a = b; b = a`. */
const maxSteps = 16;

/** Functions of TypeScript, Babel, esbuild and swc that give a module as an import would see it. */
const interop =
  /^(?:__importDefault|__importStar|__toESM|_?_interop(?:Require(?:Default|Wildcard)|_require_(?:default|wildcard)|Namespace\w*|Default\w*))$/;

export type OriginOf = (node: Node) => Origin;

/** Gives the function that tells where a value of this tree comes from; answers are remembered. */
export function originsOf(tree: Tree): OriginOf {
  const known = new Map<Node, Origin>();
  const trace = (expression: Node, steps: number): Origin => {
    const node = unwrap(expression);
    const before = known.get(node);
    if (before) return before;
    if (steps > maxSteps) return unknown;
    // Until it is known: `let a: B; class B extends a {}` leads back here.
    known.set(node, unknown);
    const origin = traceNode(tracer, node, steps + 1);
    known.set(node, origin);
    return origin;
  };
  const bound = new Map<Binding, Origin>();
  const originOfName = (binding: Binding, steps: number): Origin => {
    const before = bound.get(binding);
    if (before) return before;
    bound.set(binding, unknown);
    const origin = traceBinding(tracer, binding, steps);
    bound.set(binding, origin);
    return origin;
  };
  const tracer: Tracer = { tree, trace, originOfName, fields: new Map() };
  return (node) => trace(node, 0);
}

function traceNode(tracer: Tracer, node: Node, steps: number): Origin {
  switch (node.type) {
    case 'Identifier': {
      const binding = tracer.tree.bindingOf(node);
      return binding ? tracer.originOfName(binding, steps) : { from: 'global', text: node.name };
    }
    case 'ThisExpression':
      return { from: 'local', text: 'this' };
    case 'MemberExpression':
      return traceMember(tracer, node, steps);
    case 'CallExpression':
      return traceCall(tracer, node, steps);
    case 'NewExpression': {
      const callee = tracer.trace(node.callee, steps);
      if (callee.from === 'local' && callee.declaration) return instanceOfClass(tracer, callee, steps);
      return extend(callee, `new ${callee.text}`);
    }
    case 'Literal':
    case 'TemplateLiteral':
      return { from: 'literal', text: 'literal' };
    case 'AssignmentExpression':
      return tracer.trace(node.right, steps);
    case 'LogicalExpression': {
      // `globalThis.prisma ?? new PrismaClient()`: whichever side is known.
      const right = tracer.trace(node.right, steps);
      return right.from === 'import' || right.from === 'type' ? right : tracer.trace(node.left, steps);
    }
    case 'ConditionalExpression': {
      const one = tracer.trace(node.consequent, steps);
      return one.from === 'import' || one.from === 'type' ? one : tracer.trace(node.alternate, steps);
    }
    case 'SequenceExpression':
      return tracer.trace(node.expressions.at(-1) as Node, steps);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
      return { from: 'local', text: 'function', declaration: node };
    case 'ImportExpression':
      return node.source.type === 'Literal' ? moduleOrigin(String(node.source.value)) : unknown;
    case 'TaggedTemplateExpression': {
      const tag = tracer.trace(node.tag, steps);
      return extend(tag, `${tag.text}()`);
    }
    default:
      return unknown;
  }
}

function traceCall(tracer: Tracer, node: TSESTree.CallExpression, steps: number): Origin {
  const [first] = node.arguments;
  if (
    node.callee.type === 'Identifier' &&
    node.callee.name === 'require' &&
    first?.type === 'Literal' &&
    !tracer.tree.bindingOf(node.callee)
  ) {
    return moduleOrigin(String(first.value));
  }
  // `__importDefault(require('axios'))`: what a compiler writes for an import.
  if (first && interop.test(simpleName(unwrap(node.callee)))) return tracer.trace(first, steps);
  const callee = tracer.trace(node.callee, steps);
  if (callee.from === 'local' && isFunction(callee.declaration)) {
    const result = resultOf(tracer, callee.declaration, steps);
    if (result.from !== 'unknown') return result;
  }
  return extend(callee, `${callee.text}()`);
}

/** What a local function gives back, when all it does is give back one thing: `const db = () => pool`. */
function resultOf(tracer: Tracer, fn: FunctionNode, steps: number): Origin {
  if (fn.body.type !== 'BlockStatement') return tracer.trace(fn.body, steps);
  const last = fn.body.body.at(-1);
  return last?.type === 'ReturnStatement' && last.argument ? tracer.trace(last.argument, steps) : unknown;
}

function traceMember(tracer: Tracer, node: TSESTree.MemberExpression, steps: number): Origin {
  const name = propertyName(node);
  if (node.object.type === 'ThisExpression' && name !== undefined) {
    const field = fieldOf(tracer, node, name, steps);
    if (field) return field;
  }
  const object = tracer.trace(node.object, steps);
  if (name === undefined) return extend(object, `${object.text}[]`);
  return memberOf(tracer, object, name, steps);
}
