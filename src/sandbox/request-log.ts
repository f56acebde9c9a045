interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The operation: `GET /repos/{owner}/{repo}/pulls/{pull_number}/files`, `GraphQL query`, `GraphQL mutation`. */
  readonly kind: string;
  /** Of GraphQL the document, of REST the body, as it came. */
  readonly body: string;
  readonly status: number;
}

export interface RequestLog {
  readonly all: readonly LoggedRequest[];
  /** Number of requests by operation, since the last `clear`. */
  counts(): Readonly<Record<string, number>>;
  clear(): void;
  record(request: LoggedRequest): void;
}

const kept = 20_000;

/** What was asked of the sandbox, in order: the newest 20,000. */
export function createRequestLog(): RequestLog {
  let all: LoggedRequest[] = [];
  return {
    get all() {
      return all;
    },
    counts() {
      const counts: Record<string, number> = {};
      for (const { kind } of all) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
    clear() {
      all = [];
    },
    record(request) {
      if (all.length >= kept) all.shift();
      all.push(request);
    },
  };
}
