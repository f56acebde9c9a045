import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction, isFunction, propertyName, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { textOf } from './guard-texts.ts';
import type { Sink } from './sink.ts';
import type { Value } from './value.ts';

/** `object[key] = value` and `handlers[name](…)` with a name from the request. */
export function propertySinks(source: Source): readonly Sink[] {
  return source.tree.of('MemberExpression').flatMap((member) => {
    if (!member.computed || propertyName(member) !== undefined) return [];
    const { parent } = member;
    const written = parent.type === 'AssignmentExpression' && parent.left === member && !isFresh(source, member.object);
    const called = parent.type === 'CallExpression' && parent.callee === member;
    const taken = parent.type === 'VariableDeclarator' && isCalledLater(source, parent);
    if ((!written && !called && !taken) || (written && isOwnKey(source, member))) return [];
    return [
      {
        kind: 'object' as const,
        label: `${textOf(source, member.object).slice(0, 60) || '…'}[…]${written ? '' : '()'}`,
        at: parent as Node,
        target: member.property,
        accepts: (value: Value) => value.trust === 'request' && !value.built && !value.validated,
      },
    ];
  });
}

/** An object that the same function makes, or the one whose loop this is: `__proto__` changes nothing but this one. */
function isFresh(source: Source, object: Node): boolean {
  const declared = object.type === 'Identifier' ? source.tree.bindingOf(object)?.node : undefined;
  if (declared?.type !== 'VariableDeclarator' || declared.init?.type !== 'ObjectExpression') return false;
  const fn = enclosingFunction(declared);
  let around = enclosingFunction(object);
  while (around && around !== fn && isTurn(around)) around = enclosingFunction(around);
  return fn !== undefined && fn === around;
}

/** The callback of `list.forEach(…)`. */
function isTurn(fn: Node): boolean {
  const call = fn.parent;
  return call?.type === 'CallExpression' && /^(?:forEach|map|filter|reduce|each)$/.test(simpleName(call.callee));
}

/** `for (const key in query) query[key] = …`, `Object.entries(query).forEach(([key]) => …)`: the object has the key already. */
function isOwnKey(source: Source, member: TSESTree.MemberExpression): boolean {
  const binding = member.property.type === 'Identifier' ? source.tree.bindingOf(member.property) : undefined;
  const list = binding && listOf(binding.node);
  if (!list) return false;
  const call = unwrap(list);
  const from = call.type === 'CallExpression' ? call.arguments[0] : call;
  if (!from || (call.type === 'CallExpression' && !/^(?:keys|entries)$/.test(simpleName(call.callee)))) return false;
  const plain = unwrap(from);
  return textOf(source, plain.type === 'LogicalExpression' ? plain.left : plain) === textOf(source, member.object);
}

/** What a loop or a callback's call goes through, of the name that it gives to each. */
function listOf(declared: Node): Node | undefined {
  if (declared.type === 'VariableDeclarator') {
    const loop = declared.parent.parent;
    return loop?.type === 'ForInStatement' || loop?.type === 'ForOfStatement' ? loop.right : undefined;
  }
  const fn = declared.parent;
  const call = fn && isFunction(fn) && isTurn(fn) ? fn.parent : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
}

function isCalledLater(source: Source, declarator: TSESTree.VariableDeclarator): boolean {
  if (declarator.id.type !== 'Identifier') return false;
  const binding = source.tree.bindingOf(declarator.id);
  return (
    binding !== undefined &&
    source.tree
      .referencesOf(binding)
      .some(
        ({ parent }) =>
          parent.type === 'CallExpression' &&
          parent.callee.type === 'Identifier' &&
          parent.callee.name === binding.name,
      )
  );
}
