import type { UnhandledPromise } from '../../code.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import type { EvidenceOf } from './evidence.ts';

/** A promise that nobody handles, by the node that makes it. */
export type Unhandled = Pick<UnhandledPromise, 'kind' | 'by'> & { readonly node: Node };

/** What is known where promises are looked for. */
export interface Ask {
  readonly source: Source;
  readonly evidenceOf: EvidenceOf;
}
