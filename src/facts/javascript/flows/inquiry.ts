import type { Binding } from '../declarations.ts';
import type { Node } from '../parse.ts';
import type { Running } from '../scope.ts';
import type { Source } from '../source.ts';
import type { FlowKind, Value } from './value.ts';

/** The value that a parameter was given, or of what a path reads from it. */
export type Given = (path: readonly string[]) => Value;

/** A question about one sink: how far may the value of an expression be trusted there? */
export interface Inquiry {
  readonly source: Source;
  readonly running: Running;
  readonly kind: FlowKind;
  /** The sink: checks between source and sink count, whichever name they check. */
  readonly sink: Node;
  /** Arguments of the calls that were stepped into, by the parameter they fill. */
  readonly given: ReadonlyMap<Binding, Given>;
  /** Spent by every step: an expression may be hostile in size. */
  readonly budget: { steps: number };
  readonly depth: number;
  /** Evaluates an expression: held here because names, calls and expressions are made of each other. */
  readonly evaluator: (inquiry: Inquiry, expression: Node, path: readonly string[]) => Value;
}

/** The value of an expression, seen from the sink. `path` is what is read from it further on: `['query', 'id']`. */
export function evaluate(inquiry: Inquiry, expression: Node, path: readonly string[] = []): Value {
  return inquiry.evaluator(inquiry, expression, path);
}
