import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction, propertyName } from '../nodes.ts';
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
    if (!written && !called && !taken) return [];
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

/** An object that the same function makes: `__proto__` changes nothing but this one. */
function isFresh(source: Source, object: Node): boolean {
  const declared = object.type === 'Identifier' ? source.tree.bindingOf(object)?.node : undefined;
  if (declared?.type !== 'VariableDeclarator' || declared.init?.type !== 'ObjectExpression') return false;
  const fn = enclosingFunction(declared);
  return fn !== undefined && fn === enclosingFunction(object);
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
