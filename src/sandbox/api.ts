import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenOf, verifyAppJwt } from './auth.ts';
import type { Faults } from './faults.ts';
import { type Route, requirePermission } from './http.ts';
import { createMatcher, type Matcher } from './matcher.ts';
import { bodyFault } from './openapi.ts';
import type { Rates } from './rates.ts';
import { type Answer, notFound, Refusal, tooFast } from './refusal.ts';
import type { RequestLog } from './request-log.ts';
import type { Token } from './types.ts';
import type { World } from './world.ts';

export interface Api {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly rates: Rates;
  readonly requests: RequestLog;
  /** Executes a GraphQL request for a token. */
  graphql(token: Token, request: { query: string; variables?: Record<string, unknown> }): Promise<unknown>;
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

const bodyBytes = 25 * 1024 * 1024;
const noAnswer = Symbol('the connection is cut');

/** Serves everything below `/api/`: log, faults, authentication, limits, validation, then the handler. */
export function createApi(api: Api): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const match = createMatcher(api.routes);
  let concurrent = 0;

  async function respond(incoming: Incoming, kind: (name: string) => void): Promise<Answer | typeof noAnswer> {
    const { method, path, text } = incoming;
    const fault = api.faults.take(method, path, text);
    if (fault === 'drop') return noAnswer;
    if (fault === 'lost-answer') {
      await handle(incoming, kind);
      return noAnswer;
    }
    if (fault && 'until' in fault) {
      const early = fault.afterEffect ? await handle(incoming, kind) : undefined;
      await fault.until;
      return early ?? handle(incoming, kind);
    }
    if (fault) {
      if (fault.afterEffect) await handle(incoming, kind);
      return { status: fault.status, body: fault.body ?? { message: 'Server Error' }, headers: fault.headers ?? {} };
    }
    return handle(incoming, kind);
  }

  async function handle(incoming: Incoming, kind: (name: string) => void): Promise<Answer> {
    try {
      if (concurrent > api.world.limits.concurrentRequests) throw tooFast();
      if (!incoming.headers['user-agent']) {
        throw new Refusal(403, {
          message: 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
        });
      }
      return incoming.path === '/graphql'
        ? await answerGraphql(api, incoming, kind)
        : await answerRest(api, match, incoming, kind);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      return {
        status: 500,
        body: { message: `Sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` },
      };
    }
  }

  return async (request, response) => {
    const url = new URL(request.url ?? '/', api.world.url);
    const incoming: Incoming = {
      method: request.method ?? 'GET',
      path: url.pathname.replace(/^\/api(?:\/v3)?/, ''),
      query: url.searchParams,
      text: await readBody(request),
      headers: request.headers,
    };
    let kind = `${incoming.method} ${incoming.path}`;
    concurrent += 1;
    const answer = await respond(incoming, (name) => {
      kind = name;
    });
    concurrent -= 1;
    const status = answer === noAnswer ? 0 : answer.status;
    api.requests.record({
      at: Date.now(),
      method: incoming.method,
      path: incoming.path,
      kind,
      body: incoming.text,
      status,
    });
    if (answer === noAnswer) request.socket.destroy();
    else write(response, answer);
  };
}

async function answerRest(
  api: Api,
  match: Matcher,
  { method, path, query, text, headers }: Incoming,
  kind: (name: string) => void,
): Promise<Answer> {
  const { world } = api;
  if (path === '/rate_limit') {
    const state = api.rates.state(tokenOf(world, headers.authorization).installation.id);
    return { status: 200, body: { resources: state, rate: state.core } };
  }
  const found = match(method, path);
  if (!found) throw notFound();
  const { route, params } = found;
  kind(`${route.method} ${route.path}`);
  const token = route.as === 'app' ? verifyAppJwt(world, headers.authorization) : tokenOf(world, headers.authorization);
  const rate = token
    ? api.rates.count(token.installation.id, {
        resource: 'core',
        points: method === 'GET' ? 1 : 5,
        creates: route.creates === true,
      })
    : {};
  // A repository outside of the installation is not found before it is forbidden.
  if (params.repo !== undefined && token) world.repository(params, token);
  if (token) requirePermission(token, route.needs);
  const body = parseBody(method, text);
  const fault = method === 'GET' ? undefined : bodyFault(route.method, route.path, body);
  if (fault !== undefined) throw new Refusal(422, { message: `Invalid request.\n\n${fault}` }, rate);
  const answer = await route.answer({
    method,
    path,
    params,
    query,
    body,
    accept: headers.accept ?? '',
    token: token ?? undefined,
    world,
  });
  return { ...answer, headers: { ...rate, ...answer.headers } };
}

async function answerGraphql(api: Api, { text, headers }: Incoming, kind: (name: string) => void): Promise<Answer> {
  kind('GraphQL query');
  const token = tokenOf(api.world, headers.authorization);
  const request = parseBody('POST', text) as { query?: string; variables?: Record<string, unknown> };
  const query = request.query ?? '';
  const mutates = /^\s*(?:#.*\n\s*)*mutation\b/.test(query);
  if (mutates) kind('GraphQL mutation');
  try {
    const rate = api.rates.count(token.installation.id, {
      resource: 'graphql',
      points: mutates ? 5 : 1,
      creates: /\badd\w*(?:Comment|Reply)\b/.test(query),
    });
    return {
      status: 200,
      body: await api.graphql(token, { query, variables: request.variables ?? {} }),
      headers: rate,
    };
  } catch (error) {
    // The primary limit arrives as a 200 with an error inside (W7); the secondary one as a 403.
    if (!(error instanceof Refusal) || !error.message.startsWith('API rate limit')) throw error;
    const message = error.message;
    return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] }, headers: error.answer.headers ?? {} };
  }
}

function parseBody(method: string, text: string): unknown {
  if (method === 'GET' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, { message: 'Problems parsing JSON' });
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > bodyBytes) break;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, { status, body, headers }: Answer): void {
  response.statusCode = status;
  response.setHeader('x-github-enterprise-version', '3.19.0');
  response.setHeader('x-github-request-id', Math.random().toString(16).slice(2, 10).toUpperCase());
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body === undefined) response.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(body));
  }
}
