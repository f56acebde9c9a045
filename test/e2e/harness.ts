import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { CheckRun, Pull, ReviewComment } from '../../src/sandbox/types.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const startWithin = 25_000;

/** A Hindsight server, the real one: a process of its own, reached over HTTP, that may be killed at any time. */
export interface Hindsight {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it wrote on standard output and standard error so far. */
  output(): string;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
}

export interface HindsightOptions {
  /** Embedded database folder; a restart on the same folder finds what the killed process left. */
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `src/main.ts` against a sandbox and waits until it is ready; throws with its output when it ends before. */
export async function startHindsight(sandbox: Sandbox, options: HindsightOptions): Promise<Hindsight> {
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      ...sandbox.environment,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: options.dataDir,
      LOG_LEVEL: 'info',
      ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
      ...options.env,
    },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  const exited = once(child, 'exit');
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!ended()) child.kill(signal);
    if (!ended()) await exited;
  };
  await eventually(
    async () => {
      if (ended()) throw new Error(`Hindsight ended while starting:\n${text}`);
      return (await fetch(`${url}/readyz`)).ok;
    },
    { within: startWithin, what: () => `Hindsight to be ready:\n${text}`, passOn: /ended while starting/ },
  ).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  sandbox.deliverTo(`${url}/api/github/webhooks`);
  return {
    url,
    process: child,
    output: () => text,
    async stop() {
      await end('SIGTERM');
      return child.exitCode;
    },
    kill: () => end('SIGKILL'),
  };
}

/** A sandbox and a Hindsight that knows it. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly dataDir: string;
  hindsight: Hindsight;
  /** A new process on the same data, after `kill` or `stop`. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

export async function startScene(
  options: { sandbox?: SandboxOptions; env?: Readonly<Record<string, string>>; databaseUrl?: string } = {},
): Promise<Scene> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hindsight-e2e-'));
  const sandbox = await startSandbox(options.sandbox);
  const start = (env: Readonly<Record<string, string>> = {}) =>
    startHindsight(sandbox, {
      dataDir,
      ...(options.databaseUrl !== undefined && { databaseUrl: options.databaseUrl }),
      env: { ...options.env, ...env },
    });
  const scene: Scene = {
    sandbox,
    dataDir,
    hindsight: await start().catch(async (error: unknown) => {
      await sandbox.close();
      throw error;
    }),
    async restart(env) {
      scene.hindsight = await start(env);
    },
    async close() {
      await scene.hindsight.kill();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return scene;
}

export interface Patience {
  readonly within?: number;
  readonly what?: string | (() => string);
  /** An error with these words ends the waiting at once. */
  readonly passOn?: RegExp;
}

/** Waits until `check` gives something true, and gives that; throws naming what it waited for. */
export async function eventually<T>(check: () => T | Promise<T>, patience: Patience = {}): Promise<NonNullable<T>> {
  const { within = 15_000, what = 'something', passOn } = patience;
  const until = Date.now() + within;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const value = await check();
      if (value) return value;
    } catch (error) {
      if (error instanceof Error && passOn?.test(error.message)) throw error;
      last = error;
    }
    await sleep(25);
  }
  const words = typeof what === 'function' ? what() : what;
  throw new Error(`waited ${within} ms for ${words}${last instanceof Error ? ` (last: ${last.message})` : ''}`);
}

/** Check runs on a commit (the pull request's head by default), oldest first. */
export const runsOf = (pull: Pull, sha = pull.headSha): readonly CheckRun[] =>
  pull.repository.runs.filter((run) => run.suite.headSha === sha);

/** Waits for the completed check of the pull request's head. */
export function completedCheck(scene: Scene, pull: Pull, within = 20_000): Promise<CheckRun> {
  return eventually(() => runsOf(pull).find((run) => run.status === 'completed'), {
    within,
    what: () => `a completed check on #${pull.number}:\n${scene.hindsight.output().slice(-4000)}`,
  });
}

/** What the app's bot wrote on lines, in order. */
export const botComments = (scene: Scene, pull: Pull): readonly ReviewComment[] =>
  pull.threads.flatMap((thread) => thread.comments).filter((one) => one.author === scene.sandbox.world.app.bot);

/** Waits until nothing was asked of the sandbox for a while: what was going to happen has happened. */
export async function quiet(scene: Scene, still = 700): Promise<void> {
  await scene.sandbox.deliveries.idle();
  let seen = -1;
  while (seen !== scene.sandbox.requests.all.length) {
    seen = scene.sandbox.requests.all.length;
    await sleep(still);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
