import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actions, createActions } from './actions.ts';
import { createApi } from './api.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createEmit } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { executeGraphql } from './graphql/execute.ts';
import { githubLimits, type Limits } from './limits.ts';
import { readManifest } from './manifest.ts';
import { createPages } from './page/pages.ts';
import { createRates } from './rates.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { appRoutes } from './rest/app.ts';
import { checkRoutes } from './rest/checks.ts';
import { pullRoutes } from './rest/pulls.ts';
import { reactionRoutes } from './rest/reactions.ts';
import { repositoryRoutes } from './rest/repository.ts';
import { talkRoutes } from './rest/talk.ts';
import type { Permissions } from './types.ts';
import { createWorld, type World } from './world.ts';

export interface SandboxOptions {
  /** Where the git repositories go; a temporary directory, removed on close, when absent. */
  readonly dir?: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Instead of what app.yml asks for. */
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Where webhooks go; may be set later and changed at any time by `deliverTo`. */
  readonly webhookUrl?: string;
}

export interface Sandbox extends Actions {
  readonly url: string;
  readonly world: World;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly deliveries: Deliveries;
  /** What the app needs to know to run against this sandbox as against GitHub Enterprise Server. */
  readonly environment: Readonly<
    Record<'APP_ID' | 'PRIVATE_KEY' | 'WEBHOOK_SECRET' | 'GHE_HOST' | 'GHE_PROTOCOL', string>
  >;
  /** Where webhooks go from now on: nowhere, or to several processes in turn. */
  deliverTo(...urls: readonly string[]): void;
  /** Lets time pass: tokens expire, rate limits reset. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

/** Starts a GitHub on localhost: REST, GraphQL, webhooks and a page to look at, over real git repositories. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'hindsight-sandbox-')));
  await mkdir(dir, { recursive: true });
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const app = {
    id: 4242,
    slug: 'hindsight',
    name: 'Hindsight',
    privateKey,
    webhookSecret: randomBytes(24).toString('hex'),
    ...(await readManifest()),
    ...(options.permissions && { permissions: options.permissions }),
    ...(options.events && { events: options.events }),
  };
  const world = createWorld(dir, app, { ...githubLimits, ...options.limits });
  let webhookUrls: readonly string[] = options.webhookUrl === undefined ? [] : [options.webhookUrl];
  const deliveries = createDeliveries(world, () => webhookUrls);
  world.emit = createEmit(world, deliveries.send);
  const faults = createFaults();
  const requests = createRequestLog();
  const actions = createActions(world, deliveries.send);
  const api = createApi({
    world,
    faults,
    requests,
    rates: createRates(world),
    routes: [
      ...appRoutes(deliveries),
      ...repositoryRoutes,
      ...pullRoutes,
      ...talkRoutes,
      ...reactionRoutes,
      ...checkRoutes,
    ],
    graphql: (token, request) => executeGraphql(world, token, request),
  });
  const pages = createPages(world, actions);
  const server = createServer((request, response) => {
    const handle = request.url?.startsWith('/api/') ? api : pages;
    handle(request, response).catch((error: unknown) => fail(request, response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  world.url = `http://127.0.0.1:${port}`;
  world.apiUrl = `${world.url}/api/v3`;
  return {
    ...actions,
    url: world.url,
    world,
    faults,
    requests,
    deliveries,
    environment: {
      APP_ID: String(app.id),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: `127.0.0.1:${port}`,
      GHE_PROTOCOL: 'http',
    },
    deliverTo(...urls) {
      webhookUrls = urls;
    },
    advance(milliseconds) {
      world.clockOffset += milliseconds;
    },
    async close() {
      webhookUrls = [];
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await deliveries.idle();
      world.close();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) request.socket.destroy();
  else {
    response.statusCode = 500;
    response.end(error instanceof Error ? error.message : 'error');
  }
}
