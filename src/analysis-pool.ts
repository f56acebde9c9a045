import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { AnalysisRequest } from './analysis-worker.ts';
import type { Policy } from './review/policy.ts';
import type { Review, Snapshot } from './review/types.ts';

/** A file that takes longer than this is left out, and the review says so. */
const defaultFileDeadlineMs = 20_000;
/** A thread may take this long to start, on top of its first file: a busy machine is no reason to give a review up. */
const threadStartMs = 20_000;
/** More files than this that hang are an attack, not bad luck. */
const maxHangingFiles = 3;

export interface AnalysisPool {
  /**
   * Analyses in a worker thread. A file on which the analysis hangs or dies is left out and named in the review's
   * coverage; the others are analysed.
   *
   * @throws Error when the analysis fails as a whole, AbortError by `signal`
   */
  analyse(
    snapshot: Snapshot,
    policy: Policy,
    options?: { fileDeadlineMs?: number; signal?: AbortSignal },
  ): Promise<Review>;
  close(): Promise<void>;
}

type Answer = { file: string } | { review: Review } | { failed: string };
type Outcome = { review: Review } | { stuck: string | undefined; why: string };

/** Opens a pool of analysis threads; they start when first needed and hold at most 1 GiB each. `hashKey` names secrets across restarts. */
export function openAnalysisPool({ size = 1, hashKey }: { size?: number; hashKey?: Uint8Array } = {}): AnalysisPool {
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  let living = 0;

  const take = (): Promise<Worker> => {
    const ready = idle.pop();
    if (ready) return Promise.resolve(ready);
    if (living < size) return Promise.resolve(start());
    return new Promise((resolve) => waiting.push(resolve));
  };
  const start = (): Worker => {
    living++;
    const worker = new Worker(workerUrl(), {
      workerData: { hashKey },
      resourceLimits: { maxOldGenerationSizeMb: 1_024, stackSizeMb: 8 },
    });
    worker.unref();
    return worker;
  };
  const giveBack = (worker: Worker) => {
    worker.unref();
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  const discard = async (worker: Worker) => {
    living--;
    await worker.terminate();
    waiting.shift()?.(start());
  };

  const run = async (request: AnalysisRequest, deadlineMs: number, signal?: AbortSignal): Promise<Outcome> => {
    const worker = await take();
    worker.ref();
    const outcome = await ask(worker, request, deadlineMs, signal);
    if ('review' in outcome) giveBack(worker);
    else await discard(worker);
    return outcome;
  };

  return {
    async analyse(snapshot, policy, { fileDeadlineMs = defaultFileDeadlineMs, signal } = {}) {
      let asked = snapshot;
      for (let hanging = 0; ; hanging++) {
        const outcome = await run({ snapshot: asked, policy }, fileDeadlineMs, signal);
        signal?.throwIfAborted();
        if ('review' in outcome) return outcome.review;
        const { stuck, why } = outcome;
        if (stuck === undefined || hanging >= maxHangingFiles) throw new Error(`the analysis failed: ${why}`);
        asked = {
          ...asked,
          files: asked.files.filter((file) => file.path !== stuck),
          unread: [...asked.unread, { path: stuck, reason: why }],
        };
      }
    },
    async close() {
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
    },
  };
}

/** Threads that have said something, and so have started. */
const started = new WeakSet<Worker>();

function ask(worker: Worker, request: AnalysisRequest, deadlineMs: number, signal?: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    let file: string | undefined;
    const stop = (outcome: Outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      // By name: without one, Node's own listeners go too, and the worker never answers again.
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      resolve(outcome);
    };
    const onAbort = () => stop({ stuck: undefined, why: 'cancelled' });
    const onDeadline = () =>
      stop({ stuck: file, why: `the analysis took longer than ${Math.round(deadlineMs / 1000)} seconds` });
    let timer = setTimeout(onDeadline, started.has(worker) ? deadlineMs : deadlineMs + threadStartMs);
    worker.on('message', (answer: Answer) => {
      started.add(worker);
      if ('review' in answer) return stop({ review: answer.review });
      if ('failed' in answer) return stop({ stuck: file, why: `the analysis failed (${answer.failed})` });
      file = answer.file;
      clearTimeout(timer);
      timer = setTimeout(onDeadline, deadlineMs);
    });
    worker.on('error', (error) => stop({ stuck: file, why: `the analysis failed (${error.name})` }));
    worker.on('exit', () => stop({ stuck: file, why: 'the analysis stopped' }));
    signal?.addEventListener('abort', onAbort);
    worker.postMessage(request);
  });
}

function workerUrl(): URL {
  const source = new URL('./analysis-worker.ts', import.meta.url);
  return existsSync(source) ? source : new URL('./analysis-worker.js', import.meta.url);
}
