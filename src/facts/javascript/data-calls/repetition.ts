import type { Chain } from '../chain.ts';
import type { LoopsOf } from '../loops.ts';
import { isFunction } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** Whether what a turn of the loop gives flows into the call. */
export function usesLoopVariable(chain: Chain, loops: LoopsOf): boolean {
  return (
    chain.links.some(({ args }) => (args ?? []).some((argument) => loops.flowsInto(argument))) ||
    isDerived(chain.root, loops)
  );
}

/** `row.getOwner()`: the receiver itself is what the loop gives. */
function isDerived(root: Node, loops: LoopsOf): boolean {
  return root.type === 'Identifier' && loops.flowsInto(root);
}

/** Whether the value goes anywhere but into an `await` that stands alone. */
export function isResultUsed(top: Node): boolean {
  let at = top;
  while (at.parent?.type === 'AwaitExpression' || at.parent?.type === 'ChainExpression') at = at.parent;
  const { parent } = at;
  return parent?.type !== 'ExpressionStatement' && parent?.type !== 'ArrowFunctionExpression';
}

const misses = /\.has\(|cache|memo|seen|known|loaded|existing\w{0,40}\.get|!\w[\w.]{0,80}\[|=== ?undefined|== ?null/i;

/** Inside an `if` that asks a cache first, or on the right of `??=`. */
export function isMemoised(source: Source, top: Node): boolean {
  for (let at: Node = top; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AssignmentExpression' && (parent.operator === '??=' || parent.operator === '||=')) return true;
    if (parent.type === 'LogicalExpression' && parent.operator === '??' && parent.right === at) return true;
    if (
      parent.type === 'IfStatement' &&
      parent.consequent === at &&
      misses.test(source.tree.text.slice(...parent.test.range))
    )
      return true;
    if (
      parent.type === 'BlockStatement' &&
      parent.body.some((one) => one.range[1] <= at.range[0] && isHit(source, one))
    )
      return true;
    if (/^(?:For|While|DoWhile)/.test(parent.type)) return false;
  }
  return false;
}

/** `if (cache.has(id)) continue;`: the turn is over where a cache has the answer. */
function isHit(source: Source, statement: Node): boolean {
  if (statement.type !== 'IfStatement') return false;
  const { consequent, test } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  if (last?.type !== 'ContinueStatement' && last?.type !== 'ReturnStatement') return false;
  return /\.has\(|cache|memo/i.test(source.tree.text.slice(...test.range));
}
