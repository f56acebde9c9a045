import type { SlowCall } from './calls.ts';
import type { Place } from './place.ts';

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
  /** Kind of slow work. */
  readonly work?: SlowCall['what'];
  /** It is all that the function waits for. */
  readonly alone?: boolean;
  /** The caller says which table is asked, or gives the whole statement. */
  readonly anyTable?: boolean;
  /** Parameters (by position) that flow into it. */
  readonly params?: readonly number[];
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

/** A route whose handler is a function of another file. */
export interface RemoteRoute extends Place {
  readonly framework: string;
  readonly method: string;
  readonly path: string;
}
