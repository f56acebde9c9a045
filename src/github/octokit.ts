import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { AnswerLost, InstallationGone, QueryTooHeavy, statusOf } from './errors.ts';
import { createPace, type Ledger } from './pace.ts';
import { rateLimitOf } from './rate-limit.ts';
import { requestKind } from './request-kind.ts';

/** Every call ends after this long, its body included. */
const timeoutMs = 30_000;
/** GitHub's installation tokens live an hour; ours are forgotten before, so that none expires under way. */
const tokenLifeMs = 50 * 60_000;
const maxTokens = 5_000;
/** Pauses before a reading request is sent again. Writing requests are never repeated here: look first, then write. */
const readRetryPausesMs = [400, 1_600];

/** One request as it ended, for metrics. `status` 0: no answer. */
interface RequestEnded {
  readonly kind: string;
  readonly status: number;
  readonly seconds: number;
}

export interface GitHubOptions {
  readonly appId: number | string;
  readonly privateKey: string;
  /** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** Counts what is created. Whoever only reads needs none. */
  readonly ledger?: Ledger;
  readonly onRequest?: (request: RequestEnded) => void;
  /** Told when GitHub, or our own pace, makes us wait. */
  readonly onRateLimit?: (limit: 'primary' | 'secondary' | 'own', seconds: number) => void;
}

export interface GitHub {
  /** Client that speaks as the app itself: installations, deliveries. */
  readonly app: Octokit;
  /**
   * A client for one job. Made anew for each, its token is renewed as it ages.
   *
   * @param signal aborts every request of this client
   */
  forInstallation(installationId: number, signal?: AbortSignal): Octokit;
}

/** Makes the clients of an app, with one token cache, one pace and one way to read errors. */
export function createGitHub(options: GitHubOptions): GitHub {
  const tokens = createTokenCache();
  const pace = options.ledger && createPace(options.ledger);
  const shared = { baseUrl: options.apiUrl, authStrategy: createAppAuth, log: silent, userAgent: 'hindsight' };
  const auth = { appId: options.appId, privateKey: options.privateKey, cache: tokens };

  function client(installationId: number | undefined, signal: AbortSignal | undefined): Octokit {
    const octokit = new Octokit({
      ...shared,
      auth: installationId === undefined ? auth : { ...auth, installationId },
      request: { fetch: measured(options, signal) },
    });
    octokit.hook.wrap('request', async (request, parameters) => {
      const reads = isReading(parameters.method, parameters.url, (parameters as { query?: unknown }).query);
      if (!reads && installationId !== undefined && parameters.method === 'POST' && !isGraphql(parameters.url)) {
        await pace?.turn(installationId);
      }
      let renewed = false;
      for (let attempt = 0; ; ) {
        try {
          const response = await request(parameters);
          const failed = isGraphql(parameters.url) ? graphqlFailure(response) : undefined;
          if (failed) throw failed;
          return response;
        } catch (error) {
          const told = tellError(error, signal);
          // Refused for its token, a request had no effect. Whether there is an installation still, the next token tells.
          if (statusOf(error) === 401 && installationId !== undefined && !isTokenRequest(parameters.url)) {
            tokens.forget(installationId);
            if (!renewed) {
              renewed = true;
              continue;
            }
          }
          const pause = readRetryPausesMs[attempt++];
          const mayHelp = told instanceof AnswerLost && !(told instanceof QueryTooHeavy);
          if (!mayHelp || !reads || pause === undefined) throw told;
          await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
        }
      }
    });
    octokit.hook.error('request', (error) => {
      const limited = rateLimitOf(error);
      if (limited) options.onRateLimit?.(limited.limit, limited.seconds);
      throw limited ?? error;
    });
    return octokit;
  }

  return { app: client(undefined, undefined), forInstallation: client };
}

/** What an error of a request means for the job. Anything that is neither stays as it is. */
function tellError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof AnswerLost) return error;
  const limited = rateLimitOf(error);
  if (limited) return limited;
  const status = statusOf(error);
  const url = (error as { request?: { url?: string } }).request?.url ?? '';
  const suspended = status === 403 && /installation has been suspended/i.test((error as Error).message);
  if (suspended || (isTokenRequest(url) && (status === 403 || status === 404))) {
    return new InstallationGone('the installation is suspended or removed', { cause: error });
  }
  // Octokit gives a broken connection the status 500.
  if (status !== undefined && status >= 500) {
    return new AnswerLost(`GitHub answered ${status} or not at all`, { cause: error });
  }
  return error;
}

/**
 * What a GraphQL answer of status 200 means for the job when its errors are not about what was asked: a rate limit, or a
 * query too heavy to be answered whole. Octokit looks at them only after its hooks, which would miss both.
 */
function graphqlFailure(response: { readonly headers: object; readonly data: unknown }): Error | undefined {
  const { errors } = (response.data ?? {}) as {
    readonly errors?: readonly { readonly type?: string; readonly message: string }[];
  };
  if (!errors) return undefined;
  const limited = rateLimitOf({ errors, headers: response.headers });
  if (limited) return limited;
  if (errors.some(({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED')) {
    return new QueryTooHeavy('GitHub answered only a part of the query');
  }
  // What GitHub says when the ten seconds of a query are over and it still answers 200.
  const gaveUp = errors.some(({ message }) => message.startsWith('Something went wrong while executing your query'));
  return gaveUp ? new AnswerLost('GitHub gave the query up') : undefined;
}

function isTokenRequest(url: string): boolean {
  return url.endsWith('/access_tokens');
}

function isGraphql(url: string): boolean {
  return url.endsWith('/graphql');
}

/** Whether a request may be sent twice and creates nothing that people see. */
function isReading(method: string, url: string, query: unknown): boolean {
  if (isTokenRequest(url)) return true;
  if (isGraphql(url)) return typeof query === 'string' && !/^\s*mutation\b/.test(query);
  return method === 'GET' || method === 'HEAD';
}

/** A fetch that has a deadline and is counted. */
function measured(options: GitHubOptions, signal: AbortSignal | undefined): typeof fetch {
  return async (input, init) => {
    const started = performance.now();
    const url = input instanceof Request ? input.url : String(input);
    const kind = requestKind(init?.method ?? 'GET', url);
    const signals = [
      AbortSignal.timeout(timeoutMs),
      ...(signal ? [signal] : []),
      ...(init?.signal ? [init.signal] : []),
    ];
    let status = 0;
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      status = response.status;
      return response;
    } finally {
      options.onRequest?.({ kind, status, seconds: (performance.now() - started) / 1000 });
    }
  };
}

function createTokenCache() {
  const kept = new Map<string, { value: string; until: number }>();
  return {
    get(key: string): string {
      const entry = kept.get(key);
      if (entry && entry.until > Date.now()) return entry.value;
      kept.delete(key);
      return '';
    },
    set(key: string, value: string): void {
      const [oldest] = kept.keys();
      if (kept.size >= maxTokens && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { value, until: Date.now() + tokenLifeMs });
    },
    forget(installationId: number): void {
      for (const key of kept.keys()) if (key.split('|')[0] === String(installationId)) kept.delete(key);
    },
  };
}

/** Octokit's own log lines hold request parameters: nothing of them goes to a log. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };
