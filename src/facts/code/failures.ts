import type { Fix } from '../../review/types.ts';
import type { Place } from './place.ts';

/** A promise of which nobody sees the rejection. */
export interface UnhandledPromise extends Place {
  /** `returned`: from inside a `try`, past its `catch`; `forgotten`: kept in a name nobody reads; `void`: waived, although it answers the request. */
  readonly kind: 'floating' | 'returned' | 'forgotten' | 'void';
  /** As it reads in the code. */
  readonly of: string;
  /** Who says that it is a promise. */
  readonly by: string;
  /** The lines with the promise awaited, where the function is async. */
  readonly repair?: Fix;
}

/** A promise, or an async function, where nobody waits for it. */
export interface MisusedPromise extends Place {
  readonly kind:
    | 'condition'
    | 'predicate'
    | 'iteration'
    | 'timer'
    | 'listener'
    | 'callback'
    | 'executor'
    | 'member'
    | 'spread';
  readonly of: string;
  readonly by: string;
  /** The line with the promise awaited, where the function is async. */
  readonly repair?: Fix;
}

/** The first wait of an async handler whose rejection its framework does not take. */
export type HandlerRejection = Place;

/** A listener for what nobody caught, after which the process runs on. */
export interface LastResort extends Place {
  readonly event: string;
  /** It does nothing at all. */
  readonly silent: boolean;
}

/** A failed call that is made again without an end, or without a pause. */
export interface Retry extends Place {
  /** `answer`: until the answer is a good one; `options`: as a library is told; `jobs`: as a queue is. */
  readonly form: 'loop' | 'answer' | 'recursion' | 'options' | 'jobs';
  /** What is tried again, or the library that tries. */
  readonly of: string;
  readonly limited: boolean;
  readonly paced: boolean;
}

/** A parse that throws, where nothing catches it. */
export interface ThrowingParse extends Place {
  readonly of: string;
  /** The parsed expression. */
  readonly text: string;
  /** `element`: of a list, whose other elements are lost with it; `schema`: inside a validation that should report it. */
  readonly reason: 'element' | 'schema' | 'request' | 'message' | 'queued';
  /** Its lines with an answer for text that does not parse. */
  readonly repair?: Fix;
}

export interface Catch extends Place {
  readonly form: 'clause' | 'callback';
  readonly does: readonly (
    | 'rethrows'
    | 'logs'
    | 'reports'
    | 'answers'
    | 'returns'
    | 'passes-on'
    | 'nothing'
    | 'other'
  )[];
  readonly usesError: boolean;
  /** It reads the error's message, and nothing else of it. */
  readonly messageOnly?: boolean;
  readonly commented: boolean;
  /** `probe`: asks a question by failing, or tidies up. `attempt`: the lines behind it know what to do without. `held`: a promise that others wait for as well. `payment`: moves money. Else `other`. */
  readonly guards: readonly string[];
  /** A check that answers yes when it fails to check. */
  readonly opens?: boolean;
  /** It answers that the server failed. */
  readonly admits?: boolean;
}

/** An error that is answered on a response which a stream may have begun. */
export interface LateAnswer extends Place {
  /** What streams, as it reads in the code. */
  readonly of: string;
  /** Line of the stream. */
  readonly at: number;
}

/** A write among those that are gathered, and of which nobody looks at the outcome. */
export interface UnreadOutcome extends Place {
  /** As it reads in the code, without its arguments. */
  readonly of: string;
  /** Line of the write. */
  readonly at: number;
}

/** An end of the whole process. */
export interface Exit extends Place {
  /** The place is there to end it: a signal's listener, a shutdown, a start that failed. */
  readonly meant: boolean;
}

export interface LogCall extends Place {
  /** `format`: a function that fills a format, as loggers do. */
  readonly logger: 'console' | 'pino' | 'winston' | 'bunyan' | 'nest' | 'log4js' | 'debug' | 'format' | 'other';
  readonly level: string;
  readonly structured: boolean;
  /** The message is built from parts: a template or a concatenation. */
  readonly built: boolean;
  readonly values: readonly LoggedValue[];
  /** Name of a caught error that is given after the message to a logger that takes its fields first, and so is dropped. */
  readonly drops?: string;
  /** Within the loop or function around it, something decides whether it is logged. */
  readonly conditional: boolean;
  /** The client's own text is the format, or is put into the message. */
  readonly fromInput?: 'format' | 'message' | 'path';
}

export interface LoggedValue {
  readonly name: string;
  readonly kind: 'secret' | 'personal' | 'request' | 'error' | 'environment' | 'plain';
}
