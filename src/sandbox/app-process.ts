import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from './sandbox.ts';

/** The app as its users run it: a process of its own, reached over HTTP, that may be killed at any time. */
export interface AppProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Has it ended, by itself or by a signal? */
  ended(): boolean;
  /** What it wrote on standard output and standard error, the newest 200,000 characters. */
  output(): string;
  /** SIGTERM, and SIGKILL when that is not enough. Gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
}

export interface AppProcessOptions {
  /** The program: a file that Node runs. */
  readonly entry: string;
  /** Where it runs; a `.env` file there would be read. */
  readonly cwd: string;
  /** Added to what the sandbox says (`APP_ID`, `GHE_HOST`…), `PORT` and `HOST`. Nothing of this process is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly signal?: AbortSignal;
}

const readyWithin = 120_000;
const stopWithin = 30_000;
const keptOutput = 200_000;
/** Free ports tried where none is asked for. */
const maxPorts = 3;

/** Starts the app against a sandbox, waits until `/readyz` answers, and has webhooks delivered to it. */
export async function startAppProcess(sandbox: Sandbox, options: AppProcessOptions): Promise<AppProcess> {
  for (let attempt = 1; ; attempt++) {
    const app = launch(sandbox, options, options.port ?? (await freePort()));
    try {
      await ready(app, options.signal);
      sandbox.deliverTo(`${app.url}/api/github/webhooks`);
      return app;
    } catch (error) {
      await app.kill();
      // Between looking for a free port and listening on it, somebody else may have taken it.
      const taken = options.port === undefined && app.output().includes('port is already in use');
      if (!taken || attempt === maxPorts) throw error;
    }
  }
}

function launch(sandbox: Sandbox, options: AppProcessOptions, port: number): AppProcess {
  const child = spawn(process.execPath, [options.entry], {
    cwd: options.cwd,
    env: { ...sandbox.environment, PORT: String(port), HOST: '127.0.0.1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-keptOutput);
    });
  }
  const exited = once(child, 'exit');
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    ended,
    output: () => output,
    async stop() {
      if (ended()) return child.exitCode;
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), stopWithin);
      await exited;
      clearTimeout(patience);
      return child.exitCode;
    },
    async kill() {
      if (ended()) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function ready(app: AppProcess, signal?: AbortSignal): Promise<void> {
  for (const end = Date.now() + readyWithin; Date.now() < end; ) {
    signal?.throwIfAborted();
    if (app.ended()) throw new Error(`The app ended while starting:\n${app.output()}`);
    const ok = await fetch(`${app.url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await sleep(50);
  }
  throw new Error(`The app was not ready after ${readyWithin / 1000} s:\n${app.output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
