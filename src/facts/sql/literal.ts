import type { Node } from '../javascript/parse.ts';

/** A string, or the strings of a list, as column names. */
export function columnsOf(node: Node | undefined): string[] {
  const one = stringOf(node);
  if (one !== undefined) return [one.toLowerCase()];
  if (node?.type !== 'ArrayExpression') return [];
  return node.elements.flatMap((element) => (element ? (stringOf(element)?.toLowerCase() ?? []) : []));
}

/** The value of a string literal. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** Names of a member path (`a.b.c`), `?` for what has none. */
export function pathOf(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'MemberExpression' && node.property.type === 'Identifier')
    return `${pathOf(node.object)}.${node.property.name}`;
  return '?';
}
