import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { namesIn } from './declarations.ts';
import { propertyName, unwrap } from './nodes.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** The names of what each turn takes off the list that the loop empties: `while (open.length) { const id = open.pop(); … }`. */
export function takenOff(
  source: Source,
  { test, body }: TSESTree.WhileStatement | TSESTree.DoWhileStatement,
): readonly TSESTree.Identifier[] {
  const [, list] = /^(\w+)\.length\b/.exec(source.tree.text.slice(...test.range)) ?? [];
  if (list === undefined) return [];
  return within(source.tree, 'VariableDeclarator', body).flatMap(({ id, init }) => {
    const value = init && unwrap(init);
    if (value?.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return [];
    const { object } = value.callee;
    const takes = /^(?:pop|shift)$/.test(propertyName(value.callee) ?? '');
    return takes && object.type === 'Identifier' && object.name === list ? namesIn(id) : [];
  });
}
