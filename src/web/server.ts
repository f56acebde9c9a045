import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Metrics } from './metrics.ts';
import { json, type Reply, text } from './reply.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** An exact path, or a template with one last `{parameter}`. Also the label in the metrics. */
  readonly path: string;
  handle(request: IncomingMessage, parameter: string): Reply | Promise<Reply>;
}

interface Log {
  debug(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WebServerOptions {
  readonly routes: readonly Route[];
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * An HTTP server over routes. A slow client cannot hold it: headers within 10 s, the whole request within 30 s, idle
 * connections closed after 65 s (longer than the usual load balancer's 60, so that it, not we, ends the connection).
 */
export function createWebServer({ routes, metrics, log }: WebServerOptions): Server {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 });
  server.maxRequestsPerSocket = 1000;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const path = pathOf(request);
    const found = routes.filter((route) => matches(route.path, path));
    const route = found.find((candidate) => candidate.method === method);
    const reply = await answer(request, route, found, path).catch((error: unknown) => {
      log.error({ err: error, route: route?.path }, 'request failed');
      return json(500, { error: 'internal error' });
    });
    respond(request, response, reply, server.listening);
    const seconds = (performance.now() - started) / 1000;
    metrics.httpRequest(route?.path ?? 'other', route?.method ?? 'other', reply.status, seconds);
    log.debug({ route: route?.path ?? 'other', method: request.method, status: reply.status, seconds }, 'request');
  };
  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'answer failed');
      response.destroy();
    });
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  route: Route | undefined,
  found: readonly Route[],
  path: string,
): Promise<Reply> {
  if (route) return route.handle(request, parameterOf(route.path, path));
  if (found.length === 0) return text(404, 'Not found.\n');
  return text(405, 'Method not allowed.\n', { allow: found.map(({ method }) => method).join(', ') });
}

function respond(request: IncomingMessage, response: ServerResponse, reply: Reply, listening: boolean): void {
  // An unread body would be taken for the next request; while stopping, no further request is wanted.
  const close = !request.complete || !listening;
  const headers: Record<string, string> = { ...reply.headers, ...(close ? { connection: 'close' } : {}) };
  if (reply.status !== 304) headers['content-length'] = String(Buffer.byteLength(reply.body));
  response.writeHead(reply.status, headers);
  response.end(request.method === 'HEAD' ? '' : reply.body);
}

/** The path of the request's target, without query; a trailing slash does not matter. */
function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function matches(template: string, path: string): boolean {
  const brace = template.indexOf('{');
  if (brace < 0) return template === path;
  const rest = path.slice(brace);
  return path.startsWith(template.slice(0, brace)) && rest !== '' && !rest.includes('/');
}

function parameterOf(template: string, path: string): string {
  const brace = template.indexOf('{');
  return brace < 0 ? '' : path.slice(brace);
}
