import type { Announced } from './words.ts';

/** A line with its setting. */
export interface Line extends Announced {
  readonly path: string;
  /** The whole text, and this line of it. */
  readonly text: string;
  readonly line: string;
  /** Values need no quotes in this format. */
  readonly bare: boolean;
  /** Lines are prose, logs or markup: a secret's word and random text need no operator between them. */
  readonly loose: boolean;
}

/** A candidate that still holds its value: it never leaves this folder. */
export interface Candidate {
  readonly rule: 'provider-token' | 'private-key' | 'credentials-in-url' | 'assigned-secret';
  readonly what: string;
  readonly value: string;
  readonly confidence: number;
  readonly lines?: number;
  readonly provider?: string;
  readonly docs?: string;
  readonly prefix?: string;
  /** Offset in the text at which it is written down, when that is another line than the one that proves it. */
  readonly declaredAt?: number;
}
