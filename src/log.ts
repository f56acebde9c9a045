import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly causes?: readonly LoggedError[] | undefined;
}

/**
 * What a log line says of an error: never the properties that libraries hang on it. Octokit's carry the whole request and
 * response, its webhooks' the whole event.
 */
export function loggedError(error: unknown, depth = 0): LoggedError | string {
  if (!(error instanceof Error)) return typeof error === 'object' ? 'not an error' : String(error).slice(0, 2000);
  const { code, status } = error as { code?: unknown; status?: unknown };
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  const causes = depth < 3 ? inner.slice(0, 5).map((one) => loggedError(one, depth + 1)) : [];
  return {
    type: error.name,
    message: error.message.slice(0, 2000),
    // The place where it came to light; of its causes the message is enough.
    stack: depth === 0 ? error.stack?.slice(0, 8000) : undefined,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
    causes: causes.length > 0 ? causes.filter((cause) => typeof cause === 'object') : undefined,
  };
}

/**
 * JSON lines: level as a word, time as ISO 8601, no host name, no process id.
 *
 * @param destination where they go; standard output when absent
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // `event` is what Octokit calls a whole delivery.
    serializers: {
      err: (error: unknown) => loggedError(error),
      event: (event: unknown) => (typeof event === 'string' ? event : undefined),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
