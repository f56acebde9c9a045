import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName, simpleName, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';

/** `limit ?? 20`, `Number(limit)`, `+limit`: without what changes its type or stands in for it. */
export function withoutDefault(value: Node): Node {
  let at = unwrap(value);
  for (;;) {
    if (at.type === 'LogicalExpression' && at.operator !== '&&') at = unwrap(at.left);
    else if (at.type === 'UnaryExpression' && at.operator === '+') at = unwrap(at.argument);
    else if (at.type === 'CallExpression' && /^(?:Number|parseInt)$/.test(simpleName(at.callee)) && at.arguments[0])
      at = unwrap(at.arguments[0]);
    else return at;
  }
}

/** What a name is declared as, where nothing compares it, sets it anew or is given it; else the value itself. */
export function takenFrom(source: Source, value: Node): Node {
  const asked = withoutDefault(value);
  if (asked.type !== 'Identifier' || isCompared(source, asked)) return value;
  const declared = source.tree.bindingOf(asked)?.node;
  const init = declared?.type === 'VariableDeclarator' && declared.init ? declared.init : undefined;
  const plain = init && withoutDefault(init);
  // What a function makes of the request, a schema above all, may be bounded in there.
  return init && (plain?.type !== 'CallExpression' || /^(?:query|get|param)$/.test(simpleName(plain.callee)))
    ? init
    : value;
}

/** The property that a pattern takes a name from: `limit` of `{ limit: rows }` for `rows`. */
export function keyOf(pattern: TSESTree.ObjectPattern, name: string): string | undefined {
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const { value } = property;
    const bound = value.type === 'AssignmentPattern' ? value.left : value;
    if (bound.type === 'Identifier' && bound.name === name) return propertyName(property);
  }
  return undefined;
}

/** Compared with anything, set anew, or given to another function: it may be bounded there. */
export function isCompared(source: Source, name: TSESTree.Identifier, field?: string): boolean {
  const binding = source.tree.bindingOf(name);
  return (binding ? source.tree.referencesOf(binding) : []).some((use) => {
    if (use === name) return false;
    const { parent } = use;
    const whole = parent.type === 'MemberExpression' && parent.object === use ? parent : use;
    if (field !== undefined && whole.type === 'MemberExpression' && propertyName(whole) !== field) return false;
    const around = whole.parent;
    if (around?.type === 'CallExpression') return simpleName(around.callee) !== 'Number';
    return (
      around?.type === 'AssignmentExpression' ||
      around?.type === 'IfStatement' ||
      (around?.type === 'BinaryExpression' && /^[<>=!]/.test(around.operator))
    );
  });
}
