import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { namesIn } from './declarations.ts';
import type { FoundLoop } from './found-loop.ts';
import type { FoundHandler } from './handlers/found.ts';
import { enclosingFunction, propertyName } from './nodes.ts';
import type { FunctionNode, Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const upwards = /^(?:parent|manager|superior|boss|supervisor|ancestor|replyTo|inReplyTo|reportsTo)(?:_?Id|_?Key)?$/i;

/** Field resolvers: the library runs one for every object of its type that stands in the answer. */
export function resolverLoops(source: Source, handlers: readonly FoundHandler[]): readonly FoundLoop[] {
  return handlers.flatMap(({ fn, method }) => {
    const parent = method === 'FIELD' ? parentOf(fn) : undefined;
    return parent && !isForOneOnly(source, fn, parent)
      ? [{ node: fn, body: fn, form: 'resolver' as const, variables: namesIn(parent) }]
      : [];
  });
}

/** `if (viewer.id !== user.id) return []` at its beginning: of a list it answers for one's own object alone. */
function isForOneOnly(source: Source, fn: FunctionNode, parent: Node): boolean {
  if (fn.body.type !== 'BlockStatement') return false;
  const names = new Set(namesIn(parent).map(({ name }) => name));
  return fn.body.body.some((statement) => {
    if (statement.type !== 'IfStatement' || statement.test.type !== 'BinaryExpression') return false;
    const { consequent, test } = statement;
    const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
    const throws = last?.type === 'ExpressionStatement' && /^throw/i.test(source.tree.text.slice(...last.range));
    if (!throws && last?.type !== 'ReturnStatement' && last?.type !== 'ThrowStatement') return false;
    const sides = [test.left, test.right];
    return (
      /^[!=]==?$/.test(test.operator) &&
      sides.every((side) => side.type !== 'Literal') &&
      sides.some((side) => within(source.tree, 'Identifier', side).some(({ name }) => names.has(name)))
    );
  });
}

/** The parameter that carries the object: marked as such, else the first of a resolver that has no decorators. */
function parentOf(fn: FunctionNode): Node | undefined {
  const marked = fn.params.find(({ decorators = [] }) =>
    decorators.some(({ expression }) => {
      const name = expression.type === 'CallExpression' ? expression.callee : expression;
      return name.type === 'Identifier' && /^(?:Parent|Root)$/.test(name.name);
    }),
  );
  if (marked || fn.parent.type === 'MethodDefinition') return marked;
  const [first] = fn.params;
  return first?.type === 'Identifier' && first.name.startsWith('_') ? undefined : first;
}

/** Ways up a chain of parents, one step a turn: `while (id) { …; id = node.parentId; }`, `return root(node.parentId)`. */
export function walkLoops(source: Source): readonly FoundLoop[] {
  const { tree } = source;
  const found: FoundLoop[] = [];
  for (const type of ['WhileStatement', 'DoWhileStatement'] as const)
    for (const node of tree.of(type)) {
      const step = within(tree, 'AssignmentExpression', node.body).find(
        ({ left, right }) => left.type === 'Identifier' && goesUp(source, right),
      );
      const binding = step?.left.type === 'Identifier' ? tree.bindingOf(step.left) : undefined;
      if (binding) found.push({ node, body: node.body, form: 'walk', variables: [binding.at] });
    }
  for (const { call, to } of source.calls.edges) {
    if (enclosingFunction(call) !== to || !call.arguments.some((argument) => goesUp(source, argument))) continue;
    if (found.some(({ body }) => body === to)) continue;
    found.push({ node: to, body: to, form: 'walk', variables: to.params.flatMap((param) => namesIn(param)) });
  }
  return found;
}

/** Reads the link to a parent: `node.parentId`. */
function goesUp(source: Source, value: Node): boolean {
  const members: readonly TSESTree.MemberExpression[] =
    value.type === 'MemberExpression' ? [value] : within(source.tree, 'MemberExpression', value);
  return members.some((member) => upwards.test(propertyName(member) ?? ''));
}
