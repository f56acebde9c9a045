import type { MisusedPromise } from '../../code.ts';
import { functionsOf } from '../handlers/resolve.ts';
import { isFunction } from '../nodes.ts';
import type { FunctionNode, Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { EvidenceOf } from './evidence.ts';

/** What is known where misused promises are looked for, and where they are told. */
export interface Ask {
  readonly source: Source;
  readonly evidenceOf: EvidenceOf;
  readonly add: (at: Node, kind: MisusedPromise['kind'], of: Node, by: string) => void;
}

/** The function that an expression is, or names. */
export function functionOf(source: Source, node: Node): FunctionNode | undefined {
  if (isFunction(node)) return node;
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
  const [fn] = functionsOf(source, node);
  return fn;
}
