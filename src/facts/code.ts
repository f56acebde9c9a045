import type {
  DataCall,
  Delivery,
  FanOut,
  HelperCall,
  Loop,
  NetworkCall,
  PageArgument,
  PerItemCall,
  SecondaryCall,
  ServedRead,
  SlowCall,
  Transfer,
  UncheckedResponse,
} from './code/calls.ts';
import type {
  Catch,
  Exit,
  HandlerRejection,
  LastResort,
  LateAnswer,
  LogCall,
  MisusedPromise,
  Retry,
  ThrowingParse,
  UnhandledPromise,
  UnreadOutcome,
} from './code/failures.ts';
import type { FunctionFact, Handler, ImportFact, RemoteRoute } from './code/functions.ts';
import type {
  AnswerChange,
  DescribedField,
  Disclosure,
  FieldChange,
  Flow,
  LaxCheck,
  PageSize,
  RawAnswer,
  UncheckedField,
  UndocumentedAnswer,
  UnlistedModel,
  UnmatchedParameter,
  UnsentAnswer,
} from './code/input.ts';
import type { Observability } from './code/observability.ts';
import type {
  Client,
  Emitter,
  Growth,
  Lease,
  Omission,
  PoolTransaction,
  RepeatedWork,
  Server,
  Unbounded,
} from './code/resources.ts';

/**
 * The model of a programming language's facts. Lines are 1-based lines of the head's text. Every type is plain data.
 */
export interface CodeFacts {
  readonly language: 'javascript' | 'typescript';
  /** 'use client' at its head, or a file that only a browser loads. */
  readonly browser: boolean;
  readonly functions: readonly FunctionFact[];
  readonly imports: readonly ImportFact[];
  readonly handlers: readonly Handler[];
  /** Routes that change something and whose handlers stand in other files. */
  readonly remoteRoutes: readonly RemoteRoute[];
  readonly loops: readonly Loop[];
  readonly dataCalls: readonly DataCall[];
  /** Calls, in handlers, of functions of other files that read rows. */
  readonly servedReads: readonly ServedRead[];
  /** Calls in loops of functions that reach a database. */
  readonly helperCalls: readonly HelperCall[];
  /** Calls of other services in loops, one for each element. */
  readonly perItemCalls: readonly PerItemCall[];
  readonly networkCalls: readonly NetworkCall[];
  readonly slowCalls: readonly SlowCall[];
  readonly logCalls: readonly LogCall[];
  readonly catches: readonly Catch[];
  readonly flows: readonly Flow[];
  readonly clients: readonly Client[];
  readonly emitters: readonly Emitter[];
  readonly servers: readonly Server[];
  readonly omissions: readonly Omission[];
  readonly disclosures: readonly Disclosure[];
  readonly laxChecks: readonly LaxCheck[];
  readonly describedFields: readonly DescribedField[];
  readonly uncheckedFields: readonly UncheckedField[];
  readonly unlistedModels: readonly UnlistedModel[];
  readonly fieldChanges: readonly FieldChange[];
  readonly observability: Observability;
  /** The file has a logger at hand, only the project has one (`installed`), or nothing at all (`none`) says what kind of program it is part of. */
  readonly hasLogger: 'yes' | 'installed' | 'no' | 'none';
  /** A script, or a command that talks to whoever started it: what it prints is what it is for. */
  readonly terminal: boolean;
  readonly unbounded: readonly Unbounded[];
  /** The file makes the application itself, so that what holds for all its routes is in sight. */
  readonly makesApp: boolean;
  /** The file limits, or speaks of limiting, how often clients may ask. */
  readonly limitsRate: boolean;
  readonly unmatchedParameters: readonly UnmatchedParameter[];
  readonly rawAnswers: readonly RawAnswer[];
  readonly untypedAnswers: readonly RawAnswer[];
  readonly answerChanges: readonly AnswerChange[];
  readonly undocumentedAnswers: readonly UndocumentedAnswer[];
  readonly unsentAnswers: readonly UnsentAnswer[];
  readonly uncheckedResponses: readonly UncheckedResponse[];
  readonly secondaryCalls: readonly SecondaryCall[];
  readonly deliveries: readonly Delivery[];
  readonly transfers: readonly Transfer[];
  readonly growth: readonly Growth[];
  readonly repeatedWork: readonly RepeatedWork[];
  readonly pageArguments: readonly PageArgument[];
  readonly pageSizes: readonly PageSize[];
  readonly fanOuts: readonly FanOut[];
  readonly throwingParses: readonly ThrowingParse[];
  readonly handlerRejections: readonly HandlerRejection[];
  readonly lateAnswers: readonly LateAnswer[];
  readonly lastResorts: readonly LastResort[];
  readonly retries: readonly Retry[];
  readonly leases: readonly Lease[];
  readonly poolTransactions: readonly PoolTransaction[];
  readonly exits: readonly Exit[];
  readonly unreadOutcomes: readonly UnreadOutcome[];
  readonly unhandledPromises: readonly UnhandledPromise[];
  readonly misusedPromises: readonly MisusedPromise[];
}

/** Calls of databases, networks and slow work, and the loops that repeat them. */
export type * from './code/calls.ts';
/** What becomes of errors: promises, catches, logs, ends. */
export type * from './code/failures.ts';
/** Functions, what they reach, and who calls them from outside. */
export type * from './code/functions.ts';
/** What comes from outside, and what is described of it. */
export type * from './code/input.ts';
/** What is watched in production. */
export type * from './code/observability.ts';
/** When and where code runs, and what becomes of its values. */
export type * from './code/place.ts';
/** What lives longer than a call, and what bounds it. */
export type * from './code/resources.ts';
