import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Metrics } from './metrics.ts';
import { json, text } from './reply.ts';
import type { Route } from './server.ts';

export interface OperationsOptions {
  readonly metrics: Metrics;
  /** Names of what is not ready, none when all is. Must settle within about a second. */
  notReady(): Promise<readonly string[]>;
  /** When given, `/metrics` asks for it as a bearer token. */
  readonly metricsToken?: string | undefined;
}

/** `/healthz`: the process lives. `/readyz`: it can take work. `/metrics`: what it tells Prometheus. */
export function operationsRoutes({ metrics, notReady, metricsToken }: OperationsOptions): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => json(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      async handle() {
        const missing = await notReady();
        return missing.length === 0 ? json(200, { status: 'ok' }) : json(503, { status: 'not ready', missing });
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(request) {
        if (metricsToken !== undefined && !bears(request, metricsToken)) {
          return text(401, 'A bearer token is needed.\n', { 'www-authenticate': 'Bearer' });
        }
        return text(200, await metrics.text(), { 'content-type': metrics.contentType });
      },
    },
  ];
}

/** Compares hashes, so that neither length nor content of the token shows in the time it takes. */
function bears(request: IncomingMessage, token: string): boolean {
  const hash = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${token}`));
}
