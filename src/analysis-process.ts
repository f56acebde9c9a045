import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import type { AnalysisMessage } from './analysis-worker.ts';

/**
 * At most 1 GiB of heap, and half of the stack that systems give a process by custom (8 MiB; Windows 1 MiB): code that is
 * nested deeper than that is named as not analysed, whatever the parser does on it.
 */
const limits = ['--max-old-space-size=1024', ...(process.platform === 'win32' ? [] : ['--stack-size=3900'])];
/** None of them outlives this process, not even one that hangs. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const worker of running) worker.kill('SIGKILL');
});

/** Starts a process that analyses what it is sent. `hashKey` names secrets across restarts. */
export function startAnalysis(hashKey: Uint8Array | undefined): ChildProcess {
  const cache = getCompileCacheDir();
  const worker = fork(workerUrl(), {
    serialization: 'advanced',
    execArgv: [...limits, '--disable-warning=ExperimentalWarning'],
    // Nothing of this process's settings, keys among them, is there to be read beside hostile code. The cache's own folder
    // is named after the version inside the one that is set.
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // What goes wrong with it is told to whoever waits for it.
  worker.on('error', () => {});
  running.add(worker);
  worker.once('exit', () => running.delete(worker));
  hold(worker, false);
  send(worker, { hashKey });
  return worker;
}

/** What cannot be sent is no error here: a process that is gone is heard of by its 'disconnect'. */
export function send(worker: ChildProcess, message: AnalysisMessage): void {
  worker.send(message, () => {});
}

/** Whether this process waits for that one, as long as both live. */
export function hold(worker: ChildProcess, held: boolean): void {
  const by = held ? 'ref' : 'unref';
  worker[by]();
  worker.channel?.[by]();
}

/** Ends it, whatever it is at; comes back when it is gone. */
export async function end(worker: ChildProcess): Promise<void> {
  worker.ref();
  worker.kill('SIGKILL');
  await exited(worker);
}

/** Comes back when it is gone. */
export async function exited(worker: ChildProcess): Promise<void> {
  const isGone = worker.pid === undefined || worker.exitCode !== null || worker.signalCode !== null;
  if (!isGone) await once(worker, 'exit');
}

function workerUrl(): URL {
  const source = new URL('./analysis-worker.ts', import.meta.url);
  return existsSync(source) ? source : new URL('./analysis-worker.js', import.meta.url);
}
