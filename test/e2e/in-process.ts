import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/jobs/database.ts';
import type { JobHandler, Queue } from '../../src/jobs/job.ts';
import { deadLetters, schema } from '../../src/jobs/job-table.ts';
import { createLog } from '../../src/log.ts';
import type { Policy } from '../../src/review/policy.ts';
import { review } from '../../src/review/review.ts';
import type { Rule } from '../../src/review/rule.ts';
import type { Review, Snapshot, SourceFile } from '../../src/review/types.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { CheckRun, Pull, ReviewComment } from '../../src/sandbox/types.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { emptyDataFolder } from '../empty-database.ts';
import { eventually } from './harness.ts';

/** The real server on a real embedded database, in this process, with rules that a test can read. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly server: () => RunningServer;
  readonly database: () => Database;
  /** Whether a job runs, could run, or will be tried again within seconds. */
  busy(): Promise<boolean>;
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
  /** Where log lines go, at the level of `env.LOG_LEVEL`. */
  readonly log?: DestinationStream;
  /** With the rules that users have, in a worker thread. */
  readonly realRules?: boolean;
  readonly analyse?: (snapshot: Snapshot, policy: Policy, signal: AbortSignal) => Promise<Review>;
}

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const dataDir = await emptyDataFolder();
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
  const replaced = options.realRules ? {} : { analyse, wants: () => [] };
  let server: RunningServer | undefined;
  let database: Database | undefined;
  const handlers = countRunning();
  const start = async () => {
    server = await startServer(
      config,
      createLog(config.logLevel, options.log),
      (parts) => {
        database = parts.database;
        return startApp({ ...parts, queue: handlers.watch(parts.queue) }, replaced);
      },
      { retryDelaySeconds: 1 },
    );
    sandbox.deliverTo(`http://127.0.0.1:${server.port}/api/github/webhooks`);
  };
  const stop = async () => {
    sandbox.deliverTo();
    await server?.stop();
    server = undefined;
    database = undefined;
  };
  await start();
  return {
    sandbox,
    server: () => {
      if (!server) throw new Error('the server is stopped');
      return server;
    },
    database: () => {
      if (!database) throw new Error('the server is stopped');
      return database;
    },
    // A cancelled job is over for the database while its handler still has its last words.
    busy: async () => handlers.running() > 0 || (database !== undefined && (await hasJobs(database))),
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

/** Knows how many handlers of jobs are at work in this process. Tests say themselves when a further sweep comes. */
function countRunning() {
  let running = 0;
  return {
    running: () => running,
    watch: (queue: Queue): Queue => ({
      ...queue,
      schedule: (name, everySeconds) => queue.schedule(name, everySeconds),
      work<T>(name: string, options: Parameters<Queue['work']>[1], handler: JobHandler<T>) {
        return queue.work<T>(name, options, async (job) => {
          running++;
          try {
            await handler(job);
          } finally {
            running--;
          }
        });
      },
    }),
  };
}

async function hasJobs(database: Database): Promise<boolean> {
  const rows = await database.query(
    `SELECT 1 FROM ${schema}.job WHERE name <> $1 AND (state = 'active' OR
       (state < 'active' AND start_after <= now() + CASE state WHEN 'retry' THEN interval '8 s' ELSE interval '0' END)) LIMIT 1`,
    [deadLetters],
  );
  return rows.length > 0;
}

export const runsAt = (pull: Pull, sha = pull.headSha): readonly CheckRun[] =>
  pull.repository.runs.filter((run) => run.suite.headSha === sha && run.name === 'Hindsight');

/** A run that says only that another one takes its place: deliveries that overtake each other leave one behind. */
const isSuperseded = (run: CheckRun) => run.conclusion === 'cancelled' && run.title === 'Superseded';

/** The checks on a commit that say something of it. */
export const checksAt = (pull: Pull, sha = pull.headSha): readonly CheckRun[] =>
  runsAt(pull, sha).filter((run) => !isSuperseded(run));

/** Waits until the checks on a commit are completed and at least so many of them say something of it; gives the newest. */
export function checkOn(pull: Pull, count = 1, sha = pull.headSha, within = 150_000): Promise<CheckRun> {
  return eventually(
    () => {
      const runs = checksAt(pull, sha);
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

/** Waits until nothing is under way: what was going to happen has happened. */
export async function settled(stage: Stage, within = 150_000): Promise<void> {
  const until = Date.now() + within;
  // Twice in a row: a delivery that ends stores a job, and a job that ends sends deliveries.
  for (let calm = 0; calm < 2; ) {
    await stage.sandbox.deliveries.idle();
    calm = (await stage.busy()) ? 0 : calm + 1;
    if (calm === 0) await sleep(20);
    if (Date.now() > until) throw new Error(`jobs were still under way after ${within} ms`);
  }
}
