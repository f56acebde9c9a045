import { enclosingFunction, propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { FoundLease } from './find.ts';

/** One use of what was taken. */
export interface Use {
  readonly does: 'query' | 'return' | 'escape' | 'other';
  /** The call, or the name itself. */
  readonly node: Node;
  /** In a function of its own, that runs later or never. */
  readonly deferred: boolean;
  readonly inFinally: boolean;
}

const giving = /^(?:release|end|close|destroy|endSession|releaseConnection|disconnect)$/;
const asking = /^(?:query|execute|manager|batch|prepare|run)$/;

/** All uses of a lease in document order. */
export function usesOf(source: Source, lease: FoundLease): readonly Use[] {
  const uses: Use[] = [];
  for (const id of [lease.handle, lease.back]) {
    const binding = id && source.tree.bindingOf(id);
    if (!binding) continue;
    for (const reference of source.tree.referencesOf(binding)) {
      const { does, node } = id === lease.back ? asBack(reference) : asHandle(reference);
      uses.push({
        does,
        node,
        deferred: enclosingFunction(reference) !== lease.within,
        inFinally: isInFinally(reference),
      });
    }
  }
  return uses.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function asBack(id: Node): Pick<Use, 'does' | 'node'> {
  const { parent } = id;
  return parent?.type === 'CallExpression' && parent.callee === id
    ? { does: 'return', node: parent }
    : { does: 'escape', node: id };
}

function asHandle(id: Node): Pick<Use, 'does' | 'node'> {
  const { parent } = id;
  if (parent?.type === 'MemberExpression' && parent.object === id) {
    const name = propertyName(parent) ?? '';
    const call = parent.parent.type === 'ChainExpression' ? parent.parent.parent : parent.parent;
    if (call?.type === 'CallExpression' && call.callee === parent) {
      if (giving.test(name)) return { does: 'return', node: call };
      // Whoever listens to the database keeps the connection on purpose.
      const [event] = call.arguments;
      if (name === 'on' && event?.type === 'Literal' && event.value === 'notification')
        return { does: 'escape', node: call };
      return { does: asking.test(name) ? 'query' : 'other', node: call };
    }
    return { does: 'other', node: parent };
  }
  if (parent?.type === 'IfStatement' || parent?.type === 'LogicalExpression' || parent?.type === 'UnaryExpression')
    return { does: 'other', node: id };
  return { does: 'escape', node: id };
}

function isInFinally(node: Node): boolean {
  for (let at: Node = node; at.parent; at = at.parent)
    if (at.parent.type === 'TryStatement' && at.parent.finalizer === at) return true;
  return false;
}
