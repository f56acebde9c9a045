import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf } from '../javascript/nodes.ts';
import type { Node } from '../javascript/parse.ts';
import { stringOf } from './literal.ts';
import type { Draft } from './postgres-node.ts';

/** What a call of a migration builder says of one column, index or constraint; where it stands is the call's affair. */
export type Part = Partial<Draft> & Pick<Draft, 'op'>;
export type Arguments = readonly Node[];

/** The options of `{ … }`, or those that `new TableColumn({ … })` is given. */
export function optionsOf(node: Node | undefined): TSESTree.ObjectExpression | undefined {
  if (node?.type === 'NewExpression') return optionsOf(node.arguments[0]);
  return node?.type === 'ObjectExpression' ? node : undefined;
}

/** The value of an option; undefined where it is not given. */
export function option(node: Node | undefined, name: string): Node | undefined {
  const options = optionsOf(node);
  return options && propertyOf(options, name);
}

/** The name of a property. */
export function keyOf(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : stringOf(node);
}

/** Whether a value is `true`. */
export const isTrue = (node: Node | undefined): boolean => node?.type === 'Literal' && node.value === true;
/** Whether a value is `false`. */
export const isFalse = (node: Node | undefined): boolean => node?.type === 'Literal' && node.value === false;
/** Whether a condition names no rows in particular: `null` or `{}`. */
export const isEmpty = (node: Node | undefined): boolean =>
  (node?.type === 'Literal' && node.value === null) ||
  (node?.type === 'ObjectExpression' && node.properties.length === 0);
