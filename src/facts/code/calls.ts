import type { Fix } from '../../review/types.ts';
import type { Fate, Place } from './place.ts';

export interface Loop extends Place {
  /** `resolver`: a field's resolver, which runs for every object of its type; `walk`: up a chain of parents, by turns or by recursion. */
  readonly form: 'for' | 'for-of' | 'for-in' | 'while' | 'map' | 'forEach' | 'promise-all' | 'resolver' | 'walk';
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
  /** The parameter of the function around it that the limit is, or is a field of. */
  readonly limitFrom?: { readonly parameter: number; readonly field?: string };
  readonly where: 'given' | 'unique' | 'none' | 'unknown';
  /** The one table it asks, where that can be told. */
  readonly table?: string;
  /** Columns by which its rows are chosen, all of them at once; empty where that cannot be told. `selective`: an index on the column finds the rows. */
  readonly conditions: readonly { readonly column: string; readonly selective: boolean }[];
  /** First column of its order. */
  readonly sort?: string;
  readonly fate: Fate;
  /** The enclosing loop's variable, or a value made from it, flows into the arguments. */
  readonly usesLoopVariable: boolean;
  /** An update that stores other values in each turn, with a library whose updates of many rows store the same in all. */
  readonly ownValues: boolean;
  /** Somebody reads the result. */
  readonly resultUsed: boolean;
  /** Of the rows it reads, nothing but their number is used. */
  readonly onlyCounted: boolean;
  /** Of the rows it reads some are picked, or a value is made of all, when they are here. */
  readonly sifted: boolean;
  /** Asked only when a cache has no answer. */
  readonly memoised: boolean;
  /** Which table it asks is said by the `turn` of the loop around it, or by the `caller` of the function it stands in. */
  readonly tableBy?: 'turn' | 'caller';
  /** Asks for a list of keys at once. */
  readonly listed: boolean;
  /** Redis: a range from the first to the last member. */
  readonly wholeRange: boolean;
  /** Redis: the key as far as it is constant, `?` where values are put in. */
  readonly key?: string;
  /** Lists that are brought along whole, by their relation's name. */
  readonly includes: readonly { readonly name: string; readonly line: number }[];
  /** Line on which its options begin, where they stand above the call under a name. */
  readonly optionsLine?: number;
  /** Line on which the star of `SELECT *` stands. */
  readonly sqlLine?: number;
  readonly sql?: string;
  /** Its lines with a most for the number of rows. */
  readonly repair?: Fix;
}

/** A call, in a handler, of a function of another file that reads rows for it. */
export interface ServedRead extends Place {
  /** As it reads in the code. */
  readonly call: string;
  readonly read: DataCall;
  /** Name of the function that the read stands in, and the path of its file. */
  readonly within: string;
  readonly path: string;
  /** The client says how many rows, and nothing in sight bounds it. */
  readonly askedByClient: boolean;
}

/** A call, in a loop, of a function that reaches a database. */
export interface HelperCall extends Place {
  /** As it reads in the code. */
  readonly call: string;
  /** The function's body in this file, in an imported one, or its name alone. */
  readonly evidence: 'file' | 'import' | 'name';
  readonly does: 'reads' | 'writes';
  /** The query is all that the function waits for; unknown where only the name is. */
  readonly alone: boolean | 'unknown';
  /** What it reaches, and through whom; empty where only the name is known. */
  readonly reaches: string;
  readonly fate: Fate;
  readonly usesLoopVariable: boolean;
}

export interface NetworkCall extends Place {
  readonly client: string;
  readonly timeout: 'given' | 'default' | 'none' | 'unknown';
  readonly target: 'absolute' | 'configured' | 'relative' | 'unknown';
  readonly fate: Fate;
  /** Seconds after which the library gives up by itself, where it does. */
  readonly waits?: number;
  /** Where another file makes the instance that the call goes through. */
  readonly madeAt?: { readonly path: string; readonly line: number };
  /** The lines with a timeout put in. */
  readonly repair?: Fix;
}

/** A call of another service, in a loop, for each of its elements. */
export interface PerItemCall extends Place {
  /** As it reads in the code. */
  readonly call: string;
  /** What the service has for many at once, where that is known. */
  readonly instead?: string;
}

/** An answer whose status nobody looks at. */
export interface UncheckedResponse extends Place {
  /** How its body is read; undefined where nobody looks at the answer at all. */
  readonly method?: string;
  /** The lines with a check of the status before them. */
  readonly repair?: Fix;
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
    | 'video'
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
  /** Done on the one thread when the call returns, so that nobody could wait for it. */
  readonly occupies?: boolean;
  /** It hashes what somebody proves to be who they are with. */
  readonly ofPassword?: boolean;
  /** The lines with its asynchronous form awaited. */
  readonly repair?: Fix;
}

/** A call of a service that only tells, counts, or copies what is stored elsewhere, on the way of a request that fails with it. */
export interface SecondaryCall extends Place {
  readonly service: 'chat' | 'mail' | 'analytics' | 'search' | 'cache';
  /** As it reads in the code. */
  readonly of: string;
}

/** One call started for every element of a list at once. */
export interface FanOut extends Place {
  /** Name of the list. */
  readonly over: string;
  /** The list is all the rows of a table that meet a condition, however many there are. */
  readonly ofRows: boolean;
  readonly calls: string;
}

/** A delivery for each element of a list that somebody waits for. */
export interface Delivery extends Place {
  readonly call: string;
  readonly over: string;
}

/** Work on as many things as there are, all of it before an answer. */
export interface Transfer extends Place {
  /** Rows of a file, pages of another service, elements each of which another service is asked for. */
  readonly form: 'rows' | 'pages' | 'elements';
  /** The list, or the call that is made again. */
  readonly of: string;
}

/** An argument of an API that asks for a number of rows, without a default. */
export interface PageArgument extends Place {
  readonly of: string;
}
