import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { isHostOf, isNegativeClass, isOpenPrefix, isRelativeOf, mentions, textOf } from './guard-texts.ts';
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

function assignmentOf(branch: Node): TSESTree.AssignmentExpression | undefined {
  const statement = branch.type === 'BlockStatement' ? branch.body[0] : branch;
  const expression = statement?.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  return expression?.type === 'AssignmentExpression' ? expression : undefined;
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

/** Whether a test, being `outcome`, says that the value is one we allow. */
function passes(source: Source, test: Node, text: string, kind: FlowKind, outcome: boolean): boolean {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!')
    return passes(source, node.argument, text, kind, !outcome);
  if (node.type === 'LogicalExpression') {
    const either = (node.operator === '&&') === outcome;
    const left = passes(source, node.left, text, kind, outcome);
    return either
      ? left || passes(source, node.right, text, kind, outcome)
      : left && passes(source, node.right, text, kind, outcome);
  }
  if (node.type === 'BinaryExpression') return comparisonPasses(source, node, text, kind, outcome);
  if (node.type === 'CallExpression') return callPasses(source, node, text, kind, outcome);
  // `if (!isLocal) return` where the check was stored, and `if (!TABLE[x]) return`.
  if (node.type === 'MemberExpression' && node.computed) return outcome && textOf(source, node.property) === text;
  if (node.type === 'Identifier' && /^(?:is|has)[A-Z]\w*(?:Valid|Safe|Allowed|Local)/.test(node.name)) return outcome;
  return false;
}

function comparisonPasses(
  source: Source,
  node: TSESTree.BinaryExpression,
  text: string,
  kind: FlowKind,
  outcome: boolean,
): boolean {
  const { operator } = node;
  const left = textOf(source, node.left);
  const right = textOf(source, node.right);
  if (operator === 'instanceof') return outcome && left === text;
  if (operator === 'in') return outcome && left === text;
  const equal = operator === '===' || operator === '==';
  const unequal = operator === '!==' || operator === '!=';
  if (equal || unequal) {
    const holds = equal === outcome;
    if (left === `typeof ${text}` || right === `typeof ${text}`) return holds && isTypeKind(kind);
    if ((left === text && isConstant(node.right)) || (right === text && isConstant(node.left))) return holds;
    // `new URL(x).host === 'example.com'`; `list.indexOf(x) !== -1`.
    if (isAddress(kind) && (isHostOf(source, node.left, text) || isHostOf(source, node.right, text))) return holds;
    if (left.includes('.indexOf(') && left.includes(text)) {
      const found = equal !== outcome;
      return left.startsWith(`${text}.`) ? !found && isDenial(left) : found;
    }
    return false;
  }
  if (/^[<>]=?$/.test(operator)) {
    if (left.includes('.indexOf(') && left.endsWith(`(${text})`)) return (operator === '<') !== outcome;
    if (isAmount(kind)) return left.startsWith(text) || right.startsWith(text);
  }
  return false;
}

function callPasses(
  source: Source,
  node: TSESTree.CallExpression,
  text: string,
  kind: FlowKind,
  outcome: boolean,
): boolean {
  const name = simpleName(node.callee);
  const on = node.callee.type === 'MemberExpression' ? node.callee.object : undefined;
  const onText = on ? textOf(source, on) : '';
  const [first] = node.arguments;
  const given = node.arguments.some(
    (argument) => textOf(source, argument) === text || (isAddress(kind) && isHostOf(source, argument, text)),
  );
  if (given) {
    if (/^(?:includes|has|hasOwnProperty|hasOwn|contains|some|call)$/.test(name)) return outcome;
    if (name === 'test') return outcome !== isNegativeClass(on);
    if (/^(?:isAbsolute)$/.test(name)) return !outcome;
    if (name === 'isArray' && (kind === 'input' || kind === 'list')) return outcome;
    // A validator of the project or of a library: `isUUID(x)`, `isAllowedHost(x)`; `isNaN` is none but for numbers.
    if (
      /^is(?!Array$|Null|Undefined|Nil|Empty|NaN)[A-Z]\w*|^(?:validate|allowed|allow|valid|safe|check|verify)\w*$/i.test(
        name,
      )
    )
      return outcome;
    return false;
  }
  if (kind === 'path' && name === 'startsWith' && on && isRelativeOf(source, on, text)) return !outcome;
  if (onText === text || (on && mentions(source, [on], text))) {
    // `if (!name?.trim?.())`: what has such a method is text.
    if (kind === 'input' && /^(?:trim\w*|match|startsWith|endsWith|charAt|to\w+Case)$/.test(name)) return outcome;
    if (name === 'startsWith')
      return outcome && (kind === 'path' || isAddress(kind)) && !isOpenPrefix(source, first, kind);
    if (name === 'includes' || name === 'match' || name === 'test') {
      if (name === 'match') return outcome !== isNegativeClass(first);
      return !outcome && kind === 'path';
    }
    if (name === 'endsWith') return false;
  }
  return false;
}

function isConstant(node: Node): boolean {
  const plain = unwrap(node);
  return (
    plain.type === 'Literal' ||
    (plain.type === 'Identifier' && /^[A-Z][A-Z0-9_]*$/.test(plain.name)) ||
    plain.type === 'TemplateLiteral'
  );
}

function isTypeKind(kind: FlowKind): boolean {
  return kind === 'nosql' || kind === 'object' || kind === 'write' || kind === 'type' || kind === 'input';
}

function isAddress(kind: FlowKind): boolean {
  return kind === 'url' || kind === 'redirect';
}

function isDenial(text: string): boolean {
  return text.includes('..');
}
