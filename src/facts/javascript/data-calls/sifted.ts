import type { Chain } from '../chain.ts';
import { propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { rowsOf } from './counted.ts';

/** Methods of lists that pick some elements, or make one value of all. */
const sifting = /^(?:filter|find|findLast|some|every|reduce)$/;
const ordering = /^(?:sort|toSorted|reverse)$/;

/**
 * Whether rows are picked, or added up, when they are here already: `(await find()).filter(…)`, `rows.sort(…).slice(0, 10)`.
 * Not where a name of them is used for anything else.
 */
export function isSifted(source: Source, { top }: Chain): boolean {
  let at = top;
  while (/^(?:Await|Chain|TSAs|TSNonNull)Expression$/.test(at.parent?.type ?? '')) at = at.parent as Node;
  if (at === top) return false;
  const { parent } = at;
  if (parent?.type === 'MemberExpression' && parent.object === at) return sifts(parent);
  if (parent?.type !== 'VariableDeclarator' || parent.init !== at) return false;
  const name = rowsOf(parent.id);
  const binding = name && source.tree.bindingOf(name);
  const uses = binding ? source.tree.referencesOf(binding).filter((use) => use !== name) : [];
  return uses.length > 0 && uses.every((use) => sifts(use.parent));
}

function sifts(member: Node | undefined): boolean {
  if (member?.type !== 'MemberExpression' || member.parent.type !== 'CallExpression') return false;
  const method = propertyName(member) ?? '';
  if (sifting.test(method)) return true;
  const next = member.parent.parent;
  return ordering.test(method) && next?.type === 'MemberExpression' && propertyName(next) === 'slice';
}
