/**
 * The model of a programming language's facts. Lines are 1-based lines of the head's text. Every type is plain data.
 */

export type Scope =
  /** Runs once, when the module is loaded. */
  | 'module'
  /** Runs while somebody waits for an answer: in a handler, or in a function of this file that a handler calls. */
  | 'request'
  /** Runs in a worker, a queue's consumer or on a schedule. */
  | 'job'
  /** Runs at start or stop: bootstrap, main, onModuleInit. */
  | 'startup'
  /** In a function of which nobody in sight says when it runs. */
  | 'unknown';

/** What happens to the promise (or value) of a call. */
export type Fate = 'awaited' | 'returned' | 'chained' | 'stored' | 'argument' | 'void' | 'floating';

/** Where a thing stands. Every fact about code extends it. */
export interface Place {
  readonly line: number;
  readonly endLine: number;
  readonly scope: Scope;
  /** Index into `CodeFacts.functions` of the innermost enclosing function; -1 at module level. */
  readonly fn: number;
  /** Index into `CodeFacts.handlers` of the handler that runs it, when `scope` is `request`. */
  readonly handler?: number;
  /** Index into `CodeFacts.loops` of the innermost enclosing loop that runs it more than once. */
  readonly loop?: number;
  /** Inside the block of a `try` that has a `catch`, within the same function. */
  readonly inTry: boolean;
  /** Inside a catch clause, or the callback of `.catch(…)`. */
  readonly inCatch: boolean;
  /** A comment directly above or on the line that gives a reason ("best effort", "intentionally sequential"). */
  readonly explained: boolean;
}

export interface FunctionFact {
  /** `Class.method`, `name`, or the name of the variable or property it is assigned to; `` when it has none. */
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly async: boolean;
  readonly exported: boolean;
  readonly parent: number;
  /** What a call of it does, itself or through what it calls. */
  readonly summary: FunctionSummary;
}

/** Does a function, through what it calls, do one of these? `via` names the first helper on the way. */
export interface FunctionSummary {
  readonly reads?: Reach;
  readonly writes?: Reach;
  readonly callsOut?: Reach;
  readonly slow?: Reach;
  readonly throws?: boolean;
}
export interface Reach {
  /** What is reached: `prisma.user.findMany`, `fetch`, `transporter.sendMail`. */
  readonly what: string;
  readonly line: number;
  readonly via?: string;
  /** Parameters (by position) that flow into it. */
  readonly params?: readonly number[];
}

export interface CodeFacts {
  readonly language: 'javascript' | 'typescript';
  /** 'use client' at its head, or a file that only a browser loads. */
  readonly browser: boolean;
  readonly functions: readonly FunctionFact[];
  readonly imports: readonly ImportFact[];
  readonly handlers: readonly Handler[];
  readonly loops: readonly Loop[];
  readonly dataCalls: readonly DataCall[];
  /** Calls in loops of functions that reach a database. */
  readonly helperCalls: readonly HelperCall[];
  readonly networkCalls: readonly NetworkCall[];
  readonly slowCalls: readonly SlowCall[];
  readonly logCalls: readonly LogCall[];
  readonly catches: readonly Catch[];
  readonly flows: readonly Flow[];
  readonly literals: readonly Literal[];
  readonly clients: readonly Client[];
  readonly omissions: readonly Omission[];
  readonly disclosures: readonly Disclosure[];
  readonly describedFields: readonly DescribedField[];
  readonly fieldChanges: readonly FieldChange[];
  readonly observability: Observability;
  /** The file has a logger at hand, or nothing at all (`none`) that says what kind of program it is part of. */
  readonly hasLogger: 'yes' | 'no' | 'none';
  readonly unbounded: readonly Unbounded[];
  /** The file makes the application itself, so that what holds for all its routes is in sight. */
  readonly makesApp: boolean;
  /** The file limits, or speaks of limiting, how often clients may ask. */
  readonly limitsRate: boolean;
  readonly uncheckedResponses: readonly UncheckedResponse[];
  readonly deliveries: readonly Delivery[];
  readonly growth: readonly Growth[];
  readonly pageArguments: readonly PageArgument[];
  readonly fanOuts: readonly FanOut[];
  readonly throwingParses: readonly ThrowingParse[];
  readonly handlerRejections: readonly HandlerRejection[];
  readonly leases: readonly Lease[];
  readonly poolTransactions: readonly PoolTransaction[];
  readonly exits: readonly Exit[];
  readonly unhandledPromises: readonly UnhandledPromise[];
  readonly misusedPromises: readonly MisusedPromise[];
}

export interface ImportFact {
  readonly module: string;
  /** Imported name: `default`, `*`, or the export's name. */
  readonly name: string;
  readonly local: string;
  readonly line: number;
}

/** A function that serves a request. */
export interface Handler extends Place {
  readonly framework: string;
  readonly method: string;
  /** As written; `unknown` where it is computed. */
  readonly path: string;
  /** Index into `functions`. */
  readonly serves: number;
  readonly mutating: boolean;
  /** What checks its input before the body runs: `zod`, `fastify schema`, `ValidationPipe`, `tRPC input`, …; absent when nothing in sight does. */
  readonly validatedBy?: string;
  readonly isWebhook: boolean;
  /** Whether its registration carries a schema or a description for the API's documentation; `unknown` where the options are not in sight. */
  readonly described: 'yes' | 'no' | 'unknown';
}

export interface Loop extends Place {
  readonly form: 'for' | 'for-of' | 'for-in' | 'while' | 'map' | 'forEach' | 'promise-all' | 'recursion';
  /** What bounds the turns: a constant list, batches or pages, retries; absent where nothing in sight does. */
  readonly bounded?: 'constant' | 'batches' | 'pages' | 'retry';
  /** Text of what is iterated when it is a plain name or member path. */
  readonly over?: string;
  /** A turn may end the loop: it looks for the first that fits. */
  readonly exits: boolean;
  /** A turn waits once at most. */
  readonly singleAwait: boolean;
}

/** A call to a database. */
export interface DataCall extends Place {
  /** `prisma`, `typeorm`, `sequelize`, `mongoose`, `knex`, `drizzle`, `kysely`, `mikro-orm`, `objection`, `pg`, `mysql2`, `mongodb`, `redis`, … */
  readonly client: string;
  readonly evidence: 'import' | 'construction' | 'type' | 'name';
  /** Model, table or collection when it is known. */
  readonly model?: string;
  readonly verb: string;
  readonly does: 'read-one' | 'read-many' | 'count' | 'insert' | 'update' | 'delete' | 'raw' | 'transaction';
  readonly limit: 'constant' | 'capped' | 'input' | 'none' | 'unknown';
  readonly where: 'given' | 'unique' | 'none' | 'unknown';
  readonly filters: readonly string[];
  readonly fate: Fate;
  /** The enclosing loop's variable, or a value made from it, flows into the arguments. */
  readonly usesLoopVariable: boolean;
  /** Somebody reads the result. */
  readonly resultUsed: boolean;
  /** Asked only when a cache has no answer. */
  readonly memoised: boolean;
  /** Asks for a list of keys at once. */
  readonly listed: boolean;
  /** Redis: a range from the first to the last member. */
  readonly wholeRange: boolean;
  /** Lists that are brought along whole, by their relation's name. */
  readonly includes: readonly { readonly name: string; readonly line: number }[];
  /** Line on which its options begin, where they stand above the call under a name. */
  readonly optionsLine?: number;
  /** Line on which the star of `SELECT *` stands. */
  readonly sqlLine?: number;
  readonly sql?: string;
}

export interface NetworkCall extends Place {
  readonly client: string;
  readonly timeout: 'given' | 'default' | 'none' | 'unknown';
  readonly target: 'absolute' | 'configured' | 'relative' | 'unknown';
  readonly fate: Fate;
}

/** Work nobody should wait for. */
export interface SlowCall extends Place {
  readonly what:
    | 'mail'
    | 'image'
    | 'pdf'
    | 'archive'
    | 'spreadsheet'
    | 'hash'
    | 'process'
    | 'file-sync'
    | 'crypto-sync'
    | 'compress-sync'
    | 'browser'
    | 'bulk'
    | 'message';
  readonly call: string;
  /** The library is in sight, or only a name says it. */
  readonly evidence: 'import' | 'name';
  readonly sync: boolean;
  readonly fate: Fate;
}

export interface LogCall extends Place {
  /** `format`: a function that fills a format, as loggers do. */
  readonly logger: 'console' | 'pino' | 'winston' | 'bunyan' | 'nest' | 'log4js' | 'debug' | 'format' | 'other';
  readonly level: string;
  readonly structured: boolean;
  /** The message is built from parts: a template or a concatenation. */
  readonly built: boolean;
  readonly values: readonly LoggedValue[];
  /** The client's own text is the format, or is put into the message. */
  readonly fromInput?: 'format' | 'message' | 'path';
}
export interface LoggedValue {
  readonly name: string;
  readonly kind: 'secret' | 'personal' | 'request' | 'error' | 'environment' | 'plain';
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
  readonly commented: boolean;
  /** What the guarded code does: `data`, `network`, `slow`, `parse`, `file`, `other`. */
  readonly guards: readonly string[];
  /** A check that answers yes when it fails to check. */
  readonly opens?: boolean;
}

/** Untrusted input on its way into something that trusts it. */
export interface Flow extends Place {
  readonly sink: string;
  /**
   * `sql`, `identifier` (a name in SQL), `nosql`, `command`, `code`, `path`, `template`, `url`, `redirect`, `header`, `regex`, `object`,
   * `deserialise`, `xml`, `html`, `write`, `size`, `graphql`, `type` (a string's method on what may be none)
   */
  readonly kind: string;
  readonly source: string;
  readonly certainty: 'request' | 'parameter' | 'unknown';
  /** The text was put together from parts on the way. */
  readonly built: boolean;
  readonly steps: readonly number[];
}

/** A string in its setting. Its text is not here when it may be a secret. */
export interface Literal extends Place {
  readonly name: string;
  readonly role: 'assigned' | 'property' | 'argument' | 'default' | 'fallback' | 'compared';
  readonly length: number;
}

/** Construction of a client, pool, server or queue. */
export interface Client extends Place {
  readonly of: string;
  readonly kind: 'database' | 'cache' | 'queue' | 'http' | 'mail' | 'server' | 'browser' | 'sdk';
  readonly memoised: boolean;
  /** How long it waits for an answer, where it takes a setting for that: `none` when it is not set. */
  readonly timeout: 'given' | 'none' | 'unknown';
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
}

/** An error on its way to the client. */
export interface Disclosure extends Place {
  readonly what: 'error' | 'stack' | 'cause';
}

/** A field of a class that is described for documentation or validation. */
export interface DescribedField extends Place {
  readonly name: string;
  readonly described?: 'required' | 'optional';
  readonly optional: boolean;
  readonly array: boolean;
  /** `@ValidateNested`: whether it says `each`. */
  readonly nestedEach?: boolean;
  readonly typed: boolean;
  /** Its type is a single thing by its form: a keyword or a class's name that is no list's. */
  readonly simple: boolean;
}

/** A field of a schema in code that this change alters for whoever sends it. Lines are of the head, or of the base for `removed`. */
export interface FieldChange {
  readonly line: number;
  readonly schema: string;
  readonly field: string;
  readonly change: 'new-required' | 'now-required' | 'removed' | 'value-removed';
  /** The enumeration's value that is gone. */
  readonly value?: string;
}

/** What a file does to be watched in production. */
export interface Observability {
  /** Calls that make a server listen. */
  readonly servers: readonly Place[];
  /** The file has, or mentions, an answer to health checks. */
  readonly answersHealth: boolean;
  /** Labels of metrics whose values have no bound. */
  readonly labels: readonly (Place & { readonly label: string; readonly value: string })[];
  /** Workers of queues, the events that are listened to, and whether they leave the file. */
  readonly workers: readonly (Place & { readonly events: readonly string[]; readonly leaves: boolean })[];
  /** What the change takes away. Lines are of the base. */
  readonly removed: readonly { readonly line: number; readonly what: 'health-route' | 'report'; readonly of: string }[];
}

/** A promise of which nobody sees the rejection. */
export interface UnhandledPromise extends Place {
  /** `returned`: from inside a `try`, past its `catch`; `forgotten`: kept in a name nobody reads; `void`: waived, although it answers the request. */
  readonly kind: 'floating' | 'returned' | 'forgotten' | 'void';
  /** As it reads in the code. */
  readonly of: string;
  /** Who says that it is a promise. */
  readonly by: string;
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
}

/** An end of the whole process. */
export interface Exit extends Place {
  /** The place is there to end it: a signal's listener, a shutdown, a start that failed. */
  readonly meant: boolean;
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

/** Memory or time without a bound. */
export interface Unbounded extends Place {
  readonly kind: 'decompression' | 'body' | 'allocation' | 'batch';
  readonly of: string;
}

/** A call, in a loop, of a function that reaches a database. */
export interface HelperCall extends Place {
  /** As it reads in the code. */
  readonly call: string;
  /** The function's body in this file, in an imported one, or its name alone. */
  readonly evidence: 'file' | 'import' | 'name';
  readonly does: 'reads' | 'writes';
  /** What it reaches, and through whom; empty where only the name is known. */
  readonly reaches: string;
  readonly fate: Fate;
  readonly usesLoopVariable: boolean;
}

/** A parse that throws, where nothing catches it. */
export interface ThrowingParse extends Place {
  readonly of: string;
  /** The parsed expression. */
  readonly text: string;
  /** `element`: of a list, whose other elements are lost with it; `schema`: inside a validation that should report it. */
  readonly reason: 'element' | 'schema' | 'request' | 'message';
}

/** The first wait of an async handler whose rejection its framework does not take. */
export type HandlerRejection = Place;

/** One call started for every element of a list at once. */
export interface FanOut extends Place {
  /** Name of the list. */
  readonly over: string;
  readonly calls: string;
}

/** Something that lives as long as the process and only grows. */
export interface Growth extends Place {
  readonly kind: 'container' | 'listener';
  readonly of: string;
  /** Line on which it grows. */
  readonly grownAt: number;
}

/** An argument of an API that asks for a number of rows, without a default. */
export interface PageArgument extends Place {
  readonly of: string;
}

/** A delivery for each element of a list that somebody waits for. */
export interface Delivery extends Place {
  readonly call: string;
  readonly over: string;
}

/** The read of an answer's body that no check of its status precedes. */
export interface UncheckedResponse extends Place {
  readonly method: string;
}
