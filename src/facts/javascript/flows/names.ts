import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { named } from './conventions.ts';
import type { Inquiry } from './inquiry.ts';
import { valueOfParameter } from './parameters.ts';
import { requestInput, roleOfName } from './request-input.ts';
import { constant, from, type Value, worst } from './value.ts';
import { changesOf, valueOfVariable } from './variables.ts';

/** The value of a name, or of what `path` reads from it. */
export function valueOfName(inquiry: Inquiry, node: TSESTree.Identifier, path: readonly string[]): Value {
  const { line } = node.loc.start;
  const binding = inquiry.source.tree.bindingOf(node);
  if (!binding) {
    if (/^(?:undefined|NaN|Infinity|__dirname|__filename)$/.test(node.name)) return constant;
    return (
      requestInput(roleOfName(node.name, path), node.name, path, line) ??
      named(inquiry, 'free', [node.name, ...path].join('.'), line)
    );
  }
  const given = inquiry.given.get(binding);
  if (given) {
    const { values, replaced } = changesOf(inquiry, node, binding, path);
    return replaced ? worst(values) : worst([given(path), ...values]);
  }
  switch (binding.kind) {
    case 'param':
      return valueOfParameter(inquiry, node, binding, path);
    case 'function':
    case 'class':
    case 'type':
      return constant;
    case 'import':
      return named(inquiry, 'unknown', [node.name, ...path].join('.'), line);
    case 'catch':
      return from('unknown', node.name, line);
    default:
      return valueOfVariable(inquiry, node, binding, path);
  }
}
