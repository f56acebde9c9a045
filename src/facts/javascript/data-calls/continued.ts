import type { Chain } from '../chain.ts';
import { propertyName } from '../nodes.ts';
import type { Source } from '../source.ts';

/** Links of builders that narrow or bound a statement; none that an array has, too. */
const narrowing = /^(?:where|andWhere|orWhere)\w*$|^(?:eq|neq|match|gte?|lte?|innerJoin)$/;
const bounding = /^(?:limit|take|range|forPage|paginate)$/;

/**
 * What further statements do to a builder that is kept under a name: `const query = …; if (shop) query.andWhere(…)`. Whether they
 * run is not known.
 */
export function continuedBy(source: Source, { top }: Chain): { readonly narrowed: boolean; readonly bounded: boolean } {
  const { parent } = top;
  const name = parent?.type === 'VariableDeclarator' && parent.init === top ? parent.id : undefined;
  const binding = name?.type === 'Identifier' ? source.tree.bindingOf(name) : undefined;
  const names = binding
    ? source.tree.referencesOf(binding).flatMap((use) => {
        const member = use.parent;
        return member.type === 'MemberExpression' && member.object === use ? [propertyName(member) ?? ''] : [];
      })
    : [];
  return {
    narrowed: names.some((method) => narrowing.test(method)),
    bounded: names.some((method) => bounding.test(method)),
  };
}
