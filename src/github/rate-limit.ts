import { RateLimited, statusOf } from './errors.ts';

/** A secondary limit without `Retry-After` asks for a minute at least (GitHub, "Rate limits for the REST API"). */
const secondaryFallbackSeconds = 60;
/** Measured blocks last up to 72 s: the wait is stretched by a fifth at most so that many jobs do not come back at once. */
const jitter = 0.2;

interface Answer {
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  readonly data?: unknown;
}

/**
 * Reads from an error whether GitHub asks us to wait: 403 and 429 of REST, and the `RATE_LIMITED` error that GraphQL
 * sends with status 200.
 *
 * @returns undefined when it is another error
 */
export function rateLimitOf(error: unknown, now = Date.now()): RateLimited | undefined {
  if (error instanceof RateLimited) return error;
  const {
    response,
    errors,
    headers: ownHeaders,
  } = (error ?? {}) as {
    response?: Answer;
    errors?: readonly { type?: string }[];
    headers?: Answer['headers'];
  };
  const headers = response?.headers ?? ownHeaders ?? {};
  const ofGraphql = errors?.some((one) => one.type === 'RATE_LIMITED') ?? false;
  const status = statusOf(error);
  if (!ofGraphql && status !== 403 && status !== 429) return undefined;
  const retryAfter = Number(headers['retry-after']);
  if (retryAfter > 0) return new RateLimited(withJitter(retryAfter), 'secondary');
  if (ofGraphql || headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset']);
    const seconds = reset > 0 ? Math.max(1, reset - now / 1000 + 1) : secondaryFallbackSeconds;
    return new RateLimited(withJitter(Math.min(seconds, 3_700)), 'primary');
  }
  const message = (error as Error).message ?? '';
  if (status === 429 || /secondary rate|abuse detection/i.test(message)) {
    return new RateLimited(withJitter(secondaryFallbackSeconds), 'secondary');
  }
  return undefined;
}

function withJitter(seconds: number): number {
  return seconds * (1 + Math.random() * jitter);
}
