import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Loop } from '../code.ts';
import type { Node } from './parse.ts';

/** A loop in the tree: what its turns run, and the names that change from turn to turn. */
export interface FoundLoop {
  readonly node: Node;
  readonly body: Node;
  readonly form: Loop['form'];
  readonly over?: Node;
  readonly variables: readonly TSESTree.Identifier[];
  readonly bounded?: Loop['bounded'];
}
