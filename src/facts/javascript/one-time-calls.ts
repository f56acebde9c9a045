import { enclosingFunction, isFunction } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

const developing =
  /\bNODE_ENV\b[^&|]{0,20}!==?|\b(?:is|in)?_?(?:Dev|Debug|Development)(?:Mode|Env)?\b|['"]development['"]/i;

/**
 * Whether a call in a function that runs often is itself rare: what it gives is kept where the next turn looks first, or it
 * is made on a developer's machine only.
 */
export function isOneTime(source: Source, call: Node): boolean {
  for (let at: Node = call; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AssignmentExpression' && parent.right === at && isLookedUp(source, parent)) return true;
    if (parent.type === 'IfStatement' && parent.consequent === at && isDeveloping(source, parent.test)) return true;
  }
  return isAnsweredFromCache(source, call);
}

/** `if (this.cache && …) return this.cache.page;` stands before it in the function. */
function isAnsweredFromCache(source: Source, call: Node): boolean {
  const fn = enclosingFunction(call);
  if (!fn) return false;
  return within(source.tree, 'IfStatement', fn.body).some(
    ({ consequent }) =>
      consequent.range[1] < call.range[0] &&
      within(source.tree, 'ReturnStatement', consequent).some(
        ({ argument }) => argument !== null && /cache/i.test(source.tree.text.slice(...argument.range).slice(0, 80)),
      ),
  );
}

function isDeveloping(source: Source, test: Node): boolean {
  return test.type !== 'UnaryExpression' && developing.test(source.tree.text.slice(...test.range).slice(0, 200));
}

/** `this.page ||= …`, `if (!page) page = …`, and a name of an outer function that this one asks for. */
function isLookedUp(source: Source, assignment: Extract<Node, { type: 'AssignmentExpression' }>): boolean {
  const { left, operator } = assignment;
  if (operator === '||=' || operator === '??=') return true;
  if (operator !== '=') return false;
  if (left.type === 'Identifier') {
    const binding = source.tree.bindingOf(left);
    if (!binding || enclosingFunction(binding.node) === enclosingFunction(assignment)) return false;
    return source.tree.referencesOf(binding).some(isAsked);
  }
  const text = source.tree.text.slice(...left.range);
  for (let at: Node = assignment; at.parent && !isFunction(at); at = at.parent)
    if (at.parent.type === 'IfStatement' && at.parent.consequent === at)
      if (source.tree.text.slice(...at.parent.test.range).includes(text)) return true;
  return false;
}

/** `if (name)`, `if (!name)`, `name ?? …`. */
function isAsked(reference: Node): boolean {
  const asking = reference.parent?.type === 'UnaryExpression' ? reference.parent : reference;
  const { parent } = asking;
  if (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') return parent.test === asking;
  return parent?.type === 'LogicalExpression';
}
