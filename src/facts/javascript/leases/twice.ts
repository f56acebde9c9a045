import type { LoopsOf } from '../loops.ts';
import { isFunction, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { isWithin } from '../within.ts';
import type { FoundLease } from './find.ts';
import type { Use } from './uses.ts';

/** Lines of a first and a second return that runs after it; undefined where no path is sure to take both. */
export function isCertainlyTwice(
  lease: FoundLease,
  returns: readonly Use[],
  loops: LoopsOf,
): { readonly first: number; readonly second: number } | undefined {
  // In a loop that began after it was taken each turn gives it back again.
  for (const { node, deferred } of returns)
    if (
      !deferred &&
      loops.indexOf(node) !== undefined &&
      loops.indexOf(node) !== loops.indexOf(lease.node) &&
      !leaves(node)
    )
      return { first: node.loc.start.line, second: node.loc.start.line };
  for (const [i, first] of returns.entries())
    for (const second of returns.slice(i + 1))
      if (follows(first.node, second.node))
        return { first: first.node.loc.start.line, second: second.node.loc.start.line };
  return undefined;
}

function follows(first: Node, second: Node): boolean {
  const block = sharedBlock(first, second);
  if (!block) return false;
  const one = childOf(block, first);
  const two = childOf(block, second);
  if (!one || !two) return false;
  if (block.type === 'TryStatement')
    return block.finalizer === two && (block.block === one || block.handler === one) && !isDeferred(first, block);
  // Both in branches of their own: one may exclude the other.
  if (isBranch(one) && isBranch(two)) return false;
  if (isDeferred(first, block)) return false;
  return !leavesBefore(first, block);
}

function sharedBlock(first: Node, second: Node): Node | undefined {
  for (let at = first.parent; at; at = at.parent) {
    if ((at.type === 'BlockStatement' || at.type === 'Program' || at.type === 'TryStatement') && isWithin(second, at))
      return at;
  }
  return undefined;
}

function childOf(block: Node, node: Node): Node | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) if (at.parent === block) return at;
  return undefined;
}

function isBranch(statement: Node): boolean {
  return /^(?:If|Switch|Try|For|While|DoWhile)/.test(statement.type);
}

function isDeferred(node: Node, block: Node): boolean {
  for (let at: Node | undefined = node; at && at !== block; at = at.parent) if (isFunction(at)) return true;
  return false;
}

/** A `return`, `throw`, `break` or `continue` after the node, in a block around it but inside the shared one. */
function leavesBefore(node: Node, block: Node): boolean {
  for (let at = node; at !== block && at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'ReturnStatement' || parent.type === 'ThrowStatement') return true;
    if (parent === block || parent.type !== 'BlockStatement') continue;
    const after = parent.body.slice(parent.body.indexOf(at as never) + 1);
    if (after.some((next) => /^(?:Return|Throw|Break|Continue)/.test(next.type) || isThrowingCall(next))) return true;
  }
  return false;
}

/** `signal.throwIfAborted()` where the signal was just seen to be aborted, `process.exit()`. */
function isThrowingCall(statement: Node): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const call = unwrap(statement.expression);
  return call.type === 'CallExpression' && /^(?:throwIfAborted|exit|fail)$/.test(simpleName(unwrap(call.callee)));
}

function leaves(node: Node): boolean {
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'ReturnStatement') return true;
    if (parent.type !== 'BlockStatement') continue;
    const after = parent.body.slice(parent.body.indexOf(at as never) + 1);
    if (after.some(({ type }) => /^(?:Return|Throw|Break)/.test(type))) return true;
    if (/^(?:For|While|DoWhile)/.test(parent.parent?.type ?? '')) return false;
  }
  return false;
}
