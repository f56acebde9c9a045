import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { isFormOf, isHostOf, isNegativeClass, isOpenPrefix, isRelativeOf, mentions, textOf } from './guard-texts.ts';
import { type FlowKind, isAmount } from './value.ts';

/** Whether a test, being `outcome`, says that the value (source text of a name or member) is one we allow. */
export function passes(source: Source, test: Node, text: string, kind: FlowKind, outcome: boolean): boolean {
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
      return left.startsWith(`${text}.`) ? !found && isDenial(left, kind) : found;
    }
    return false;
  }
  if (/^[<>]=?$/.test(operator)) {
    if (left.includes('.indexOf(') && left.endsWith(`(${text})`)) return (operator === '<') !== outcome;
    if (isAmount(kind)) return left.startsWith(text) || right.startsWith(text);
  }
  return false;
}

const denials =
  /^(?:is|has|contains|includes|looks)_?\w{0,40}(?:pollut|prototype|unsafe|invalid|forbidden|blocked|malicious|dangerous|reserved|denied|illegal|disallowed|blacklist|denylist|traversal|private|internal|external|suspicious)\w{0,40}$/i;

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
    (argument) => isFormOf(source, argument, text) || (isAddress(kind) && isHostOf(source, argument, text)),
  );
  if (given) {
    if (/^(?:includes|has|hasOwnProperty|hasOwn|contains|some|call)$/.test(name)) return outcome;
    // `isPrototypePath(x)`, `isInternalAddress(x)`: what it finds is what must not be there.
    if (denials.test(name)) return !outcome;
    if (name === 'test') return outcome !== isNegativeClass(on);
    if (/^(?:isAbsolute)$/.test(name)) return !outcome;
    if (name === 'isArray' && (kind === 'input' || kind === 'list')) return outcome;
    // A validator of the project or of a library: `isUUID(x)`, `isAllowedHost(x)`; `isNaN` is none but for numbers.
    if (
      /^is(?!_?(?:Array$|Null|Undefined|Nil|Empty|NaN))_?[A-Z]\w*|^(?:validate|allowed|allow|valid|safe|check|verify)\w*$/i.test(
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

/** Without `..`, or without any slash, a name climbs nowhere. */
function isDenial(text: string, kind: FlowKind): boolean {
  return text.includes('..') || (kind === 'path' && /indexOf\(['"`][/\\]/.test(text));
}
