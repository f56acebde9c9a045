import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { Policy } from '../../src/review/policy.ts';
import { review } from '../../src/review/review.ts';
import type { Rule } from '../../src/review/rule.ts';
import type { Review, Snapshot, SourceFile } from '../../src/review/types.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { CheckRun, Pull, ReviewComment } from '../../src/sandbox/types.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { eventually } from './harness.ts';

/** The real server on a real embedded database, in this process, with rules that a test can read. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly server: () => RunningServer;
  /** SIGTERM without the process: stops and starts on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

interface LineFacts {
  readonly kind: 'production';
  readonly file: SourceFile;
}

const flags = (id: string, word: string, severity: Rule<LineFacts>['severity']): Rule<LineFacts> => ({
  id,
  lesson: 1,
  severity,
  summary: `Do not call ${id}.`,
  why: 'A test says so.',
  fix: 'Leave it out.',
  examples: { bad: [], good: [] },
  *check({ file }) {
    for (const [i, line] of (file.after ?? '').split('\n').entries()) {
      if (line.includes(word)) yield { line: i + 1, because: `\`${word}\` stands here.` };
    }
  },
});

/** `bad(` is an error, `poor(` a warning, `odd(` a notice. */
const testRules = [
  flags('no-bad', 'bad(', 'error'),
  flags('no-poor', 'poor(', 'warning'),
  flags('no-odd', 'odd(', 'notice'),
];

export function analyseWithTestRules(snapshot: Snapshot, policy: Policy): Review {
  return review({
    snapshot,
    policy,
    rules: testRules,
    factsOf: (file) => ({ facts: { kind: 'production' as const, file }, faults: [], analysed: true }),
  });
}

export interface StageOptions {
  readonly sandbox?: SandboxOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly analyse?: (snapshot: Snapshot, policy: Policy, signal: AbortSignal) => Promise<Review>;
}

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hindsight-stage-'));
  const sandbox = await startSandbox(options.sandbox);
  const config = readConfig({
    ...sandbox.environment,
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DRAIN_SECONDS: '1',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...options.env,
  });
  const analyse = options.analyse ?? (async (snapshot, policy) => analyseWithTestRules(snapshot, policy));
  let server: RunningServer | undefined;
  const start = async () => {
    server = await startServer(config, createLog(config.logLevel), (parts) =>
      startApp(parts, { analyse, wants: () => [] }),
    );
    sandbox.deliverTo(`http://127.0.0.1:${server.port}/api/github/webhooks`);
  };
  const stop = async () => {
    sandbox.deliverTo(undefined);
    await server?.stop();
    server = undefined;
  };
  await start();
  return {
    sandbox,
    server: () => {
      if (!server) throw new Error('the server is stopped');
      return server;
    },
    async restart() {
      await stop();
      await start();
    },
    stop,
    async close() {
      await stop();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export const runsAt = (pull: Pull, sha = pull.headSha): readonly CheckRun[] =>
  pull.repository.runs.filter((run) => run.suite.headSha === sha && run.name === 'Hindsight');

/** Waits until the newest check on a commit is completed and at least so many are. */
export function checkOn(pull: Pull, count = 1, sha = pull.headSha, within = 20_000): Promise<CheckRun> {
  return eventually(
    () => {
      const runs = runsAt(pull, sha);
      const done = runs.length >= count && runs.every((run) => run.status === 'completed');
      return done ? runs.at(-1) : undefined;
    },
    {
      within,
      what: () => `${count} completed checks, not ${JSON.stringify(runsAt(pull, sha).map((r) => [r.status, r.title]))}`,
    },
  );
}

export const openings = (pull: Pull): readonly ReviewComment[] =>
  pull.threads.flatMap(({ comments }) => comments.slice(0, 1)).filter(({ author }) => author.type === 'Bot');

export const reviewsBy = (pull: Pull) =>
  pull.reviews.filter(({ author, body }) => author.type === 'Bot' && body !== '');

/** Waits until the sandbox has been left alone for a while. */
export async function settled(stage: Stage, still = 400): Promise<void> {
  let seen = -1;
  while (seen !== stage.sandbox.requests.all.length) {
    seen = stage.sandbox.requests.all.length;
    await stage.sandbox.deliveries.idle();
    await sleep(still);
  }
}
