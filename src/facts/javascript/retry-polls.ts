import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { NetworkCall } from '../code.ts';
import { enclosingFunction } from './nodes.ts';
import type { Node } from './parse.ts';
import { asksSomebody, maxLength, pausing, type Stated } from './retry-recursion.ts';
import type { Source } from './source.ts';
import { isWithin, quoted, within } from './within.ts';

type AskingLoop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

/** What tells a good answer, or a finished job, from one to ask again for. */
const answered = /\.ok\b|\bok\b|status|state\b|ready|done|complete|finished|succe(?:ss|eded)|pending|running/i;
/** Calls that wait by themselves until there is something, and readers that take one part after the other. */
const waitsItself =
  /receive|poll|subscribe|WaitTimeSeconds|consume|\.read\(|getReader|next\(|stream|cursor|offset|page/i;

/** States loops that ask another service again and again until the answer is a good one, without a pause between. */
export function readPolls(
  source: Source,
  networkCalls: readonly NetworkCall[],
  changes: (call: Node, loop: AskingLoop) => boolean,
): readonly (Stated & { readonly loop: AskingLoop })[] {
  const { tree } = source;
  const loops = [...tree.of('WhileStatement'), ...tree.of('DoWhileStatement'), ...tree.of('ForStatement')];
  return loops.flatMap((loop) => {
    const text = tree.text.slice(...loop.range).slice(0, maxLength);
    if (pausing.test(text) || waitsItself.test(text) || asksSomebody.test(text)) return [];
    const fn = enclosingFunction(loop);
    const awaits = within(tree, 'AwaitExpression', loop.body).filter((one) => enclosingFunction(one) === fn);
    const asking = awaits.find(({ loc }) => networkCalls.some(({ line }) => line === loc.start.line));
    if (!asking || awaits.some((one) => isCaught(one, loop)) || isWithinInnerLoop(asking, loop)) return [];
    if (changes(asking, loop) || usesCount(source, asking, loop) || !untilAnswered(source, loop, asking)) return [];
    return [{ loop, of: quoted(tree, asking.argument, 40), limited: isCounted(loop), paced: false }];
  });
}

/** The loop's test, or an `if` that leaves it, looks at what the call answered. */
function untilAnswered(source: Source, loop: AskingLoop, asking: TSESTree.AwaitExpression): boolean {
  const { tree } = source;
  const endless = loop.test == null || (loop.test.type === 'Literal' && Boolean(loop.test.value));
  const asked = [...leaving(source, loop), ...(endless || isCounted(loop) || !loop.test ? [] : [loop.test])];
  const given = namesGiven(source, asking, loop);
  return asked.some(
    (test) =>
      answered.test(tree.text.slice(...test.range)) &&
      within(tree, 'Identifier', test)
        .concat(test.type === 'Identifier' ? [test] : [])
        .some((id) => given.has(id.name)),
  );
}

/** Tests of the `if` statements that leave the loop, or set the flag that it runs by. */
function leaving({ tree }: Source, loop: AskingLoop): readonly Node[] {
  const flags = loop.test
    ? within(tree, 'Identifier', loop.test).concat(loop.test.type === 'Identifier' ? [loop.test] : [])
    : [];
  const leaves = (text: string) =>
    /^\{?\s*(?:return|break)\b/.test(text) || flags.some(({ name }) => text.includes(`${name} = `));
  return within(tree, 'IfStatement', loop.body).flatMap(({ test, consequent }) =>
    leaves(tree.text.slice(...consequent.range).slice(0, maxLength)) ? [test] : [],
  );
}

/** `for (let i = 0; …)` and `i` in the call: each turn asks for something else. */
function usesCount({ tree }: Source, asking: Node, loop: AskingLoop): boolean {
  const init = loop.type === 'ForStatement' ? loop.init : null;
  return (
    init !== null &&
    within(tree, 'Identifier', asking).some((id) => {
      const declared = tree.bindingOf(id)?.at;
      return declared !== undefined && isWithin(declared, init);
    })
  );
}

/** Names that hold the answer, or are set from it within the loop. */
function namesGiven(source: Source, asking: TSESTree.AwaitExpression, loop: AskingLoop): ReadonlySet<string> {
  const { tree } = source;
  const names = new Set<string>();
  const holder = asking.parent;
  const target =
    holder.type === 'VariableDeclarator' ? holder.id : holder.type === 'AssignmentExpression' ? holder.left : undefined;
  for (const id of target
    ? [...within(tree, 'Identifier', target), ...(target.type === 'Identifier' ? [target] : [])]
    : [])
    names.add(id.name);
  for (const { id, init } of within(tree, 'VariableDeclarator', loop.body))
    if (init && id.type === 'Identifier' && mentions(source, init, names)) names.add(id.name);
  for (const { left, right } of within(tree, 'AssignmentExpression', loop.body))
    if (left.type === 'Identifier' && mentions(source, right, names)) names.add(left.name);
  return names;
}

function mentions(source: Source, node: Node, names: ReadonlySet<string>): boolean {
  return within(source.tree, 'Identifier', node).some(({ name }) => names.has(name));
}

function isCounted(loop: AskingLoop): boolean {
  return loop.type === 'ForStatement' && loop.test != null && loop.update !== null;
}

/** Inside a `try` with a `catch` of the loop: the rule for those asks what the `catch` does. */
function isCaught(node: Node, loop: AskingLoop): boolean {
  for (let at: Node | undefined = node; at && at !== loop; at = at.parent)
    if (at.parent?.type === 'TryStatement' && at.parent.handler && at.parent.block === at) return true;
  return false;
}

/** An inner loop over a list asks for something else in each turn. */
function isWithinInnerLoop(node: Node, loop: AskingLoop): boolean {
  for (let at = node.parent; at && at !== loop; at = at.parent)
    if (/^(?:For|While|Do)\w*Statement$/.test(at.type) && isWithin(at, loop)) return true;
  return false;
}
