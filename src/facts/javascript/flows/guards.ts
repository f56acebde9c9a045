import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { passes } from './guard-tests.ts';
import { mentions, textOf } from './guard-texts.ts';
import { type FlowKind, isAmount } from './value.ts';

/**
 * Whether a check of `text` (source text of a name or member) stands between it and a use: an enclosing branch, an earlier
 * statement that leaves when the check fails, or a switch over it.
 */
export function isGuarded(source: Source, text: string, use: Node, kind: FlowKind): boolean {
  let crossed = 0;
  for (let at: Node = use; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunction(at) && ++crossed > 1) return false;
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') {
      if (parent.consequent === at && passes(source, parent.test, text, kind, true)) return true;
      if (parent.alternate === at && passes(source, parent.test, text, kind, false)) return true;
    } else if (parent.type === 'LogicalExpression' && parent.right === at) {
      if (parent.operator === '&&' && passes(source, parent.left, text, kind, true)) return true;
      if (parent.operator === '||' && passes(source, parent.left, text, kind, false)) return true;
    } else if (parent.type === 'SwitchCase' && parent.parent.type === 'SwitchStatement') {
      if (parent.test && textOf(source, parent.parent.discriminant) === text) return true;
    } else if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      for (const statement of checkingStatements(parent)) {
        if (statement.range[0] >= at.range[0]) break;
        if (checksAndLeaves(source, statement, text, kind)) return true;
        if (isAmount(kind) && lowers(source, statement, text)) return true;
        if (replacesWhatFails(source, statement, text, kind)) return true;
      }
    }
  }
  return false;
}

const checking = new WeakMap<Node, readonly Node[]>();

/** The statements of a block that may check something for those below them: sought once, asked for by every value. */
function checkingStatements(block: TSESTree.BlockStatement | TSESTree.Program): readonly Node[] {
  const known = checking.get(block);
  if (known) return known;
  const found = block.body.filter((statement) =>
    statement.type === 'IfStatement'
      ? leaves(statement.consequent) || assignmentOf(statement.consequent) !== undefined
      : assertion(statement) !== undefined,
  );
  checking.set(block, found);
  return found;
}

function assertion(statement: Node): TSESTree.CallExpression | undefined {
  const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  return call?.type === 'CallExpression' &&
    /^(?:assert|ensure|validate|verify|check|require)[A-Z_]?\w*$/.test(simpleName(call.callee))
    ? call
    : undefined;
}

function checksAndLeaves(source: Source, statement: Node, text: string, kind: FlowKind): boolean {
  if (statement.type === 'IfStatement')
    return leaves(statement.consequent) && passes(source, statement.test, text, kind, false);
  return mentions(source, assertion(statement)?.arguments ?? [], text);
}

/** `if (limit > 100) limit = 100;` */
function lowers(source: Source, statement: Node, text: string): boolean {
  if (statement.type !== 'IfStatement') return false;
  const assignment = assignmentOf(statement.consequent);
  return (
    assignment !== undefined &&
    textOf(source, assignment.left) === text &&
    /[<>]/.test(textOf(source, statement.test)) &&
    mentions(source, [statement.test], text)
  );
}

/** `if (!NAME.test(name)) name = 'default';` */
function replacesWhatFails(source: Source, statement: Node, text: string, kind: FlowKind): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate) return false;
  const branch = statement.consequent;
  const inside = branch.type === 'BlockStatement' ? branch.body : [branch];
  return (
    inside.some((one) => {
      const assignment = assignmentOf(one);
      return assignment?.operator === '=' && textOf(source, assignment.left) === text;
    }) && passes(source, statement.test, text, kind, false)
  );
}

function assignmentOf(branch: Node): TSESTree.AssignmentExpression | undefined {
  const statement = branch.type === 'BlockStatement' ? branch.body[0] : branch;
  const expression = statement?.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  return expression?.type === 'AssignmentExpression' ? expression : undefined;
}

/** Whether an earlier statement leaves unless somebody is an administrator: what only those can do is theirs to do. */
export function isForAdministrators(source: Source, use: Node): boolean {
  for (let at: Node = use; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'BlockStatement')
      for (const statement of checkingStatements(parent)) {
        if (statement.range[0] >= at.range[0]) break;
        if (statement.type === 'IfStatement' && administrators.test(textOf(source, statement.test))) return true;
      }
    if (isFunction(parent) && isRegisteredForAdministrators(source, parent)) return true;
  }
  return false;
}

const administrators = /admin|super_?user/i;

/** `router.patch('/users/:id', requireAdmin, handler)` */
function isRegisteredForAdministrators(source: Source, fn: Node): boolean {
  const call = fn.parent;
  return (
    call?.type === 'CallExpression' &&
    call.arguments.some(
      (one) =>
        one !== fn &&
        (one.type === 'Identifier' || one.type === 'CallExpression' || one.type === 'MemberExpression') &&
        administrators.test(textOf(source, one)),
    )
  );
}

/** Whether a branch always leaves what is around it. */
function leaves(statement: Node): boolean {
  if (statement.type === 'BlockStatement') {
    const last = statement.body.at(-1);
    return last !== undefined && leaves(last);
  }
  if (statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement') return true;
  if (statement.type === 'ContinueStatement' || statement.type === 'BreakStatement') return true;
  // `process.exit(1)`, `notFound()`, `redirect('/')` of Next throw.
  const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  return call?.type === 'CallExpression' && /^(?:exit|notFound|redirect|throw\w*|fail)$/.test(simpleName(call.callee));
}
