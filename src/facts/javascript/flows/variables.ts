import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Binding } from '../declarations.ts';
import { enclosingFunction, isFunction, propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { isEntryName } from './archives.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { pathTo } from './patterns.ts';
import { from, type Value, worst } from './value.ts';

/** The value of a variable where it is used, or of what `path` reads from it. */
export function valueOfVariable(inquiry: Inquiry, use: Node, binding: Binding, path: readonly string[]): Value {
  const { node } = binding;
  if (node.type !== 'VariableDeclarator') return from('unknown', binding.name, use.loc.start.line);
  const loop = node.parent.parent;
  if (inquiry.kind === 'path' && path.length === 0 && isEntryName(inquiry.source, use))
    return from('request', binding.name, use.loc.start.line);
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
export function changesOf(
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
    if (inquiry.budget.steps <= 0) {
      values.push(from('unknown', '', use.loc.start.line));
      break;
    }
    if (parent.type === 'AssignmentExpression' && parent.left === reference) {
      const earlier = parent.range[1] <= use.range[0];
      if (!earlier && enclosingFunction(parent) === inner) continue;
      if (parent.operator === '=' && earlier && dominates(parent, use)) {
        values.length = 0;
        replaced = true;
      }
      const value = evaluate(inquiry, parent.right, parent.operator === '=' ? path : []);
      values.push(
        parent.operator === '+=' && value.trust !== 'constant'
          ? { ...value, built: true, whole: false, start: '' }
          : value,
      );
    } else {
      const filled = fillOf(reference, path);
      if (filled && filled.node.range[0] < use.range[0])
        values.push({ ...evaluate(inquiry, filled.node, filled.path), whole: false });
    }
  }
  return { values, replaced };
}

/**
 * `list.push(x)`, `query.name = x`, `args[1] = x`: what is put in, and what is read from it; one field tells nothing of another.
 */
function fillOf(
  reference: TSESTree.Identifier,
  path: readonly string[],
): { node: Node; path: readonly string[] } | undefined {
  const member = reference.parent;
  if (member.type !== 'MemberExpression' || member.object !== reference) return undefined;
  const { parent } = member;
  const name = propertyName(member);
  const [first, ...rest] = path;
  if (parent.type === 'AssignmentExpression' && parent.left === member) {
    const named = name !== undefined && first === name;
    if (named) return { node: parent.right, path: rest };
    return path.length === 0 || (path.length === 1 && (name === undefined || first === '[]'))
      ? { node: parent.right, path: [] }
      : undefined;
  }
  if (path.length > 1 || parent.type !== 'CallExpression' || parent.callee !== member) return undefined;
  const [put] = parent.arguments;
  return put && /^(?:push|unshift|add)$/.test(name ?? '') ? { node: put, path: [] } : undefined;
}

/** Whether a statement has always run when the use is reached: it stands in a block around the use, in the same function. */
function dominates(assignment: Node, use: Node): boolean {
  const statement = assignment.parent;
  if (statement?.type !== 'ExpressionStatement') return false;
  const block = statement.parent;
  for (let at: Node | undefined = use; at; at = at.parent) {
    if (at === block || at === blockOf(block)) return true;
    if (isFunction(at)) return false;
  }
  return false;
}

/** Of a `try` that is left when it fails, the block around it: what was assigned inside holds from there on. */
function blockOf(block: Node): Node | undefined {
  const { parent } = block;
  if (parent?.type !== 'TryStatement' || parent.block !== block || !parent.handler) return undefined;
  const last = parent.handler.body.body.at(-1);
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement' ? parent.parent : undefined;
}
