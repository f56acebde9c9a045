import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { isFunction } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';

const looks = /\binstanceof\b|\.(?:name|code|expose|status|statusCode|type)\b|\bis[A-Z]\w*\(|\.message\s*===?/;

/** Inside an `if` that looked at the error: what kind it is, the author knows, and what it says. */
export function isNarrowed({ tree }: Source, id: TSESTree.Identifier): boolean {
  for (let at: Node = id; at.parent && !isFunction(at); at = at.parent) {
    const parent: Node = at.parent;
    if (parent.type === 'ConditionalExpression' && parent.alternate === at && isNext(parent.test)) return true;
    if ((parent.type !== 'IfStatement' && parent.type !== 'ConditionalExpression') || parent.consequent !== at)
      continue;
    const test = tree.text.slice(...parent.test.range);
    if (test.includes(id.name) && looks.test(test)) return true;
  }
  return false;
}

/** `next ? next(err) : res.json(err)`: a middleware is always given one. */
function isNext(test: Node): boolean {
  return test.type === 'Identifier' && test.name === 'next';
}
