import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type AppProcess, startAppProcess } from '../../src/sandbox/app-process.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { CheckRun, Pull, ReviewComment } from '../../src/sandbox/types.ts';
import { emptyDataFolder } from '../empty-database.ts';

const entry = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

interface HindsightOptions {
  /** Embedded database folder; a restart on the same folder finds what the killed process left. */
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `src/main.ts` against a sandbox and waits until it is ready; throws with its output when it ends before. */
function startHindsight(sandbox: Sandbox, options: HindsightOptions): Promise<AppProcess> {
  const { dataDir, databaseUrl, port, env } = options;
  const compiled = process.env.NODE_COMPILE_CACHE;
  return startAppProcess(sandbox, {
    entry,
    cwd: dataDir,
    env: {
      DATA_DIR: dataDir,
      ...(compiled !== undefined && { NODE_COMPILE_CACHE: compiled }),
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      ...env,
    },
    ...(port !== undefined && { port }),
  });
}

/** A sandbox and a Hindsight that knows it. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly dataDir: string;
  hindsight: AppProcess;
  /** A new process on the same data, after `kill` or `stop`. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

export async function startScene(
  options: { sandbox?: SandboxOptions; env?: Readonly<Record<string, string>>; databaseUrl?: string } = {},
): Promise<Scene> {
  const dataDir = await emptyDataFolder();
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
}

/** Waits until `check` gives something true, and gives that; throws naming what it waited for. */
export async function eventually<T>(check: () => T | Promise<T>, patience: Patience = {}): Promise<NonNullable<T>> {
  const { within = 150_000, what = 'something' } = patience;
  const until = Date.now() + within;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const value = await check();
      if (value) return value;
    } catch (error) {
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
export function completedCheck(scene: Scene, pull: Pull, within = 150_000): Promise<CheckRun> {
  return eventually(() => runsOf(pull).find((run) => run.status === 'completed'), {
    within,
    what: () => `a completed check on #${pull.number}:\n${scene.hindsight.output().slice(-4000)}`,
  });
}

/** What the app's bot wrote on lines, in order. */
export const botComments = (scene: Scene, pull: Pull): readonly ReviewComment[] =>
  pull.threads.flatMap((thread) => thread.comments).filter((one) => one.author === scene.sandbox.world.app.bot);

/** Waits until no delivery is under way and no job runs or could run: what was going to happen has happened. */
export async function quiet(scene: Scene): Promise<void> {
  let calm = 0;
  await eventually(
    async () => {
      await scene.sandbox.deliveries.idle();
      // Twice in a row: a delivery that ends stores a job, and a job that ends sends deliveries.
      calm = (await hasJobs(scene.hindsight)) ? 0 : calm + 1;
      return calm === 2;
    },
    { what: 'all jobs to end' },
  );
}

/** Asks the process itself, as its operators do. */
async function hasJobs({ url }: AppProcess): Promise<boolean> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  if (!metrics.includes('hindsight_jobs_readable 1')) return true;
  const counts = metrics.matchAll(/^hindsight_jobs\{job="([^"]+)",state="(?:created|retry|active)"\} (\d+)$/gm);
  return [...counts].some(([, job, count]) => job !== 'dead-letter' && count !== '0');
}
