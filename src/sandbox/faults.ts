/** What the sandbox does instead of answering well. */
export type FaultAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      /** The request has its effect all the same: a 502 over a review that exists (R1). */
      readonly afterEffect?: boolean;
    }
  /** The request, or its answer alone, waits until then: what happens meanwhile depends on no clock. */
  | { readonly until: Promise<unknown>; readonly afterEffect?: boolean }
  /** The connection is cut before the request has had any effect. */
  | 'drop'
  /** The request has its effect, and the connection is cut before the answer. */
  | 'lost-answer';

interface Fault {
  readonly method?: string;
  /** Matched against the path below `/api/v3`; GraphQL is `/graphql`. */
  readonly path: RegExp;
  /** Matched against the request's body as text: tells one GraphQL query from another. */
  readonly body?: RegExp;
  /** How many requests it strikes (default 1), after letting `skip` pass. */
  readonly times?: number;
  readonly skip?: number;
  readonly respond: FaultAnswer;
}

export interface Faults {
  /** Returns a count of the requests struck so far. */
  add(fault: Fault): { readonly struck: number };
  clear(): void;
  /** The fault for this request, if any; counts it. */
  take(method: string, path: string, body: string): FaultAnswer | undefined;
}

/** Faults in the order they were added; the first that matches and is not used up strikes. */
export function createFaults(): Faults {
  let active: { fault: Fault; seen: number; struck: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, seen: 0, struck: 0 };
      active.push(entry);
      return entry;
    },
    clear() {
      active = [];
    },
    take(method, path, body) {
      for (const entry of active) {
        const { fault } = entry;
        if (fault.method !== undefined && fault.method !== method) continue;
        if (!fault.path.test(path) || (fault.body && !fault.body.test(body))) continue;
        entry.seen += 1;
        if (entry.seen <= (fault.skip ?? 0) || entry.struck >= (fault.times ?? 1)) continue;
        entry.struck += 1;
        return fault.respond;
      }
      return undefined;
    },
  };
}
