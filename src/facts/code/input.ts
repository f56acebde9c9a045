import type { Fix } from '../../review/types.ts';
import type { Place } from './place.ts';

/** Untrusted input on its way into something that trusts it. */
export interface Flow extends Place {
  readonly sink: string;
  /**
   * `sql`, `identifier` (a name in SQL), `nosql`, `command`, `code`, `path`, `template`, `url`, `redirect`, `header`, `origin`, `regex`, `object`,
   * `deserialise`, `xml`, `html`, `write`, `size`, `rows` (how many are read), `graphql`, `ldap`, `link` (the host of a link in a mail), `token` (read without its
   * signature), `list` (whatever has a length), `errors` (of which a schema lists every mistake), `type` (a string's method on what may be none),
   * `input` (a field that is stored, or looked up by, as it came)
   */
  readonly kind: string;
  readonly source: string;
  readonly certainty: 'request' | 'parameter' | 'unknown';
  /** The text was put together from parts on the way. */
  readonly built: boolean;
  readonly steps: readonly number[];
  /** The sink stands in an imported file; the flow's own lines are those of the call that leads there. */
  readonly via?: { readonly path: string; readonly line: number };
  /** Lines that hand the input over apart from the text, in the form of the library. */
  readonly repair?: Fix;
}

/** An error on its way to the client. */
export interface Disclosure extends Place {
  readonly what: 'error' | 'stack' | 'cause' | 'message';
}

/** A check that lets through what it is there to stop. */
export interface LaxCheck extends Place {
  /**
   * `algorithm`: a token needs no signature; `expiry`: it may be as old as it likes; `origin`: every site is let in with the
   * visitor's cookies; `digest`: a signature is compared as text is, which takes longer the more of it is right.
   */
  readonly what: 'algorithm' | 'expiry' | 'origin' | 'digest';
}

/** A field of a class that is described for documentation or validation. */
export interface DescribedField extends Place {
  readonly name: string;
  readonly described?: 'required' | 'optional';
  /** `required: true` is written out, though it is what `@ApiProperty` says by itself. */
  readonly restated: boolean;
  readonly optional: boolean;
  /** The check of what clients send lets it be missing, whatever the type says. */
  readonly mayBeLeftOut?: boolean;
  readonly array: boolean;
  /** Whether the description says that it is a list, and of what; absent where its options are not in sight. */
  readonly describedList?: boolean;
  /** `@ValidateNested`: whether it says `each`. */
  readonly nestedEach?: boolean;
  readonly typed: boolean;
  /** Its type is a single thing by its form: a keyword or a class's name that is no list's. */
  readonly simple: boolean;
}

/** A field of a class that is checked, of which only the presence is. */
export interface UncheckedField extends Place {
  /** Empty where it is computed. */
  readonly name: string;
  /** Its type as it is written. */
  readonly type: string;
}

/** A model that a description refers to by name and that nothing in the file adds to the document. */
export interface UnlistedModel extends Place {
  readonly name: string;
}

/** A field of a schema in code that this change alters for whoever sends it. Lines are of the head, or of the base for `removed`. */
export interface FieldChange {
  readonly line: number;
  readonly endLine: number;
  readonly schema: string;
  readonly field: string;
  /** `unanswered`: gone from a schema that says what clients are answered. */
  readonly change: 'new-required' | 'now-required' | 'removed' | 'unanswered' | 'value-removed' | 'narrowed';
  /** The enumeration's value that is gone; how the bounds moved: `at most 500 → 100`. */
  readonly value?: string;
}

/** What a handler answers beyond the response schema of its route. */
export interface UndocumentedAnswer extends Place {
  /** Method and path: `POST /orders`. */
  readonly route: string;
  readonly what: 'status' | 'field';
  /** The status, or the field's name. */
  readonly name: string;
}

/** A field for a number of rows, in what clients ask with, that nothing bounds from above. */
export interface PageSize extends Place {
  readonly of: string;
}

/** A status that a handler sets before it is done, without sending anything. */
export interface UnsentAnswer extends Place {
  /** As it reads in the code. */
  readonly of: string;
  /** Its lines with the answer ended. */
  readonly repair?: Fix;
}

/** What a handler answers otherwise than before the change, where the same conditions hold. Lines are of the head, or of the base for `field`. */
export interface AnswerChange {
  readonly line: number;
  readonly endLine: number;
  /** Method and path, or the handler's name. */
  readonly route: string;
  /** `failed`: it was a success; `field`: it had the field; `unchecked`: it was held against a schema; `wrapped`: it stood alone, and in a field now, or the other way round; `status`: it succeeded with another status. */
  readonly change: 'failed' | 'field' | 'unchecked' | 'wrapped' | 'status';
  /** Condition, field, what checked it, what is wrapped, or the status it was; empty for no condition. */
  readonly name: string;
  readonly status: number;
}

/** A handler whose answer nobody gave a shape: a row as the database has it, or `any`. */
export interface RawAnswer extends Place {
  readonly method: string;
  readonly path: string;
  /** The call that gave the row; `any` for a type. */
  readonly verb: string;
  /** The model that the route's description names. */
  readonly documentedAs?: string;
}

/** A parameter of the path that a handler asks for and its path does not have. */
export interface UnmatchedParameter extends Place {
  readonly name: string;
  readonly path: string;
}
