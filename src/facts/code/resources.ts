import type { Fix } from '../../review/types.ts';
import type { Place } from './place.ts';

/** Construction of a client, pool, server or queue. */
export interface Client extends Place {
  readonly of: string;
  readonly kind: 'database' | 'cache' | 'queue' | 'http' | 'mail' | 'server' | 'browser' | 'sdk';
  readonly memoised: boolean;
  /** How long it waits for an answer, where it takes a setting for that: `none` when it is not set. */
  readonly timeout: 'given' | 'none' | 'unknown';
  /** Name of that setting. */
  readonly setting?: string;
  /** Requests of this file go through it and set no timeout of their own. */
  readonly asked?: boolean;
  /** The lines with the setting put in. */
  readonly repair?: Fix;
}

/** A server that the file makes listen. */
export interface Server extends Place {
  readonly framework: string;
  /** Something in the file hears the signal to stop, or the file leaves that to the platform. */
  readonly ends: boolean;
  /** Line on which the app is made whose errors nobody takes. */
  readonly bareApp?: number;
}

/** Something taken out of a pool, and how it goes back. */
export interface Lease extends Place {
  readonly kind: 'pool' | 'runner' | 'session' | 'browser';
  /** As it reads in the code: `pool.connect`. */
  readonly of: string;
  /** Given back on every path, on some, or never. */
  readonly back: 'always' | 'sometimes' | 'never';
  /** Handed to somebody else, who may give it back. */
  readonly escapes: boolean;
  /** Something is awaited before it is given back. */
  readonly mayThrowBetween: boolean;
  /** Lines on which it is given back and given back again. */
  readonly twice?: { readonly first: number; readonly second: number };
  /** Beginning of the one statement it is taken for, when a pool could run that itself. */
  readonly singleQuery?: string;
  readonly lastLine?: number;
  /** Known by construction or import. */
  readonly sure: boolean;
  /** Handed to a callback instead of awaited. */
  readonly callback: boolean;
}

/** Statements of a transaction that are given to a pool. */
export interface PoolTransaction extends Place {
  readonly statement: string;
}

/** Something that emits `error` some day, and nobody in the file hears it: that ends the process. */
export interface Emitter extends Place {
  readonly kind: 'pool' | 'client' | 'socket' | 'process' | 'thread' | 'request' | 'broker';
  /** As it reads in the code. */
  readonly of: string;
}

/** Something that lives as long as the process and only grows. */
export interface Growth extends Place {
  readonly kind: 'container' | 'listener' | 'timer';
  readonly of: string;
  /** Line on which it grows. */
  readonly grownAt: number;
  /** What it grows by comes from a request, or is named like what has no end: an id, an address, a text. */
  readonly endless: boolean;
}

/** Memory or time without a bound. */
export interface Unbounded extends Place {
  /** `collected`: a request's body, put together piece by piece. */
  readonly kind: 'decompression' | 'body' | 'collected' | 'allocation' | 'batch';
  readonly of: string;
}

/** A construction without what would protect it. */
export interface Omission extends Place {
  readonly kind:
    | 'upload-limits'
    | 'upload-names'
    | 'archive-limits'
    | 'pipe-whitelist'
    /** A request body of which no type says what it holds. */
    | 'body-type'
    /** Input of a Lambda event in a function that checks nothing. */
    | 'event-check'
    /** An escape that replaces the first special character only. */
    | 'global-replace'
    /** A stream whose errors nobody hears. */
    | 'error-listener'
    /** A callback that never reads the error it is told of. */
    | 'callback-error';
  readonly of: string;
  /** The callback asks whether there is a result: a failure looks to it as if there were none. */
  readonly asked?: boolean;
  /** The lines with what is missing put in. */
  readonly repair?: Fix;
}

/** Work of a function that gives the same at each call, and is not kept. */
export interface RepeatedWork extends Place {
  readonly what: 'file' | 'template' | 'validator' | 'schema';
  /** As it reads in the code. */
  readonly of: string;
}
