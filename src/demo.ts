import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { type AppProcess, startAppProcess } from './sandbox/app-process.ts';
import { openSamplePull } from './sandbox/sample.ts';
import { type Sandbox, startSandbox } from './sandbox/sandbox.ts';
import { describeReview, describeVerdict } from './sandbox/terminal.ts';
import type { CheckRun, Pull } from './sandbox/types.ts';

/*
 * `npm run demo`: the real server in a process of its own, next to a GitHub on localhost. It learns of the sandbox by the
 * same variables that point it at GitHub Enterprise Server, and nothing else.
 */

const usage = `npm run demo [-- --once] [-- --port N]

  --once    end after the review of the sample pull request
  --port N  port of the page (default: 4747, or any free one when it is taken)
`;
const pagePort = 4747;
const reviewWithin = 60_000;
const logLines = 40;
/** The real server, as `npm start` runs it. */
const entry = fileURLToPath(new URL('./main.ts', import.meta.url));

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { once: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const dir = await mkdtemp(join(tmpdir(), 'hindsight-demo-'));
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const sandbox = await openSandbox(join(dir, 'git'), values.port === undefined ? undefined : Number(values.port));
  say('A GitHub on this machine', sandbox.url);
  let server: AppProcess | undefined;
  try {
    // Its own folder and environment: what is set up on this machine for a real GitHub stays out of the demo.
    const env = { DATA_DIR: join(dir, 'data') };
    server = await startAppProcess(sandbox, { entry, cwd: dir, env, signal: stopping.signal });
    say('Hindsight is ready', server.url);
    await showSample(sandbox, server, stopping.signal);
    if (!values.once) await watch(sandbox, server, stopping.signal);
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    const log = server?.output().split('\n').slice(-logLines).join('\n');
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    if (log) process.stderr.write(`\nThe end of its log:\n${log}\n`);
    return 1;
  } finally {
    await server?.stop();
    await sandbox.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function openSandbox(dir: string, port: number | undefined): Promise<Sandbox> {
  try {
    return await startSandbox({ dir, port: port ?? pagePort });
  } catch (error) {
    if (port !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startSandbox({ dir });
  }
}

async function showSample(sandbox: Sandbox, server: AppProcess, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  const pull = await openSamplePull(sandbox);
  say('A pull request is opened', `acme/ticket-office#${pull.number} “${pull.title}”`);
  await sandbox.deliveries.idle();
  const delivery = sandbox.deliveries.log.find(({ event }) => event === 'pull_request');
  say('Its webhook is delivered', `signed, answered ${delivery?.statusCode} in ${delivery?.durationMs} ms`);
  let announced = false;
  const run = await until(signal, reviewWithin, 'The review did not end.', () => {
    if (server.ended()) throw new Error('Hindsight ended during the review.');
    const latest = runOf(pull);
    if (latest && !announced) say('The check is in progress', latest.name);
    announced ||= latest !== undefined;
    return latest?.status === 'completed' ? latest : undefined;
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say('The review is there', `after ${seconds} s`);
  process.stdout.write(`\n${describeReview(pull)}\n\n`);
  say('The same on a page', `${sandbox.url}/acme/ticket-office/pull/${pull.number}`);
  process.stdout.write(`${describeVerdict(pull, run)}\n`);
}

/** Stays, and tells of every check that ends: pull requests from the page, re-runs, replies. */
async function watch(sandbox: Sandbox, server: AppProcess, signal: AbortSignal): Promise<void> {
  say('Review a repository of yours', `on ${sandbox.url}  (Ctrl-C ends)`);
  const told = new Set(allRuns(sandbox));
  while (!signal.aborted) {
    if (server.ended()) throw new Error('Hindsight ended.');
    for (const run of allRuns(sandbox)) {
      const pull = [...run.suite.repository.pulls.values()].find(({ headSha }) => headSha === run.suite.headSha);
      if (told.has(run) || run.status !== 'completed' || !pull) continue;
      told.add(run);
      process.stdout.write(`${describeVerdict(pull, run)}\n`);
    }
    // Stopping ends the sleep: the loop's own condition ends the rest.
    await sleep(300, undefined, { signal }).catch(() => {
      // Aborted: the loop's condition says so.
    });
  }
}

const runOf = (pull: Pull): CheckRun | undefined =>
  pull.repository.runs.findLast((run) => run.suite.headSha === pull.headSha);

const allRuns = (sandbox: Sandbox): CheckRun[] => [...sandbox.world.repositories.values()].flatMap(({ runs }) => runs);

async function until<T>(
  signal: AbortSignal,
  within: number,
  otherwise: string,
  check: () => T | Promise<T>,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + within; Date.now() < end; ) {
    signal.throwIfAborted();
    const value = await check();
    if (value) return value;
    await sleep(50, undefined, { signal });
  }
  throw new Error(`${otherwise} Waited ${within / 1000} s.`);
}

function say(what: string, detail: string): void {
  process.stdout.write(`${styleText('green', '●')} ${what.padEnd(30)} ${styleText('gray', detail)}\n`);
}

process.exitCode = await main();
