import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { isWithin } from '../within.ts';

/** Names from the whole of a pattern down to one of its identifiers: `{ a: { b } }` to `b` gives `['a', 'b']`. */
export function pathTo(pattern: Node, id: TSESTree.Identifier): readonly string[] {
  const path: string[] = [];
  let at: Node = pattern;
  for (;;) {
    if (at.type === 'AssignmentPattern') at = at.left;
    else if (at.type === 'TSParameterProperty') at = at.parameter;
    else if (at.type === 'RestElement') at = at.argument;
    else if (at.type === 'ObjectPattern') {
      const property: TSESTree.Property | TSESTree.RestElement | undefined = at.properties.find((one) =>
        isWithin(id, one),
      );
      if (!property) return path;
      if (property.type === 'Property') path.push(propertyName(property) ?? '[]');
      at = property.type === 'Property' ? property.value : property.argument;
    } else if (at.type === 'ArrayPattern') {
      const element: Node | null | undefined = at.elements.find((one) => one && isWithin(id, one));
      if (!element) return path;
      path.push('[]');
      at = element;
    } else return path;
  }
}
