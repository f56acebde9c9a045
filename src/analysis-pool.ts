import type { ChildProcess } from 'node:child_process';
import { end, exited, hold, send, startAnalysis } from './analysis-process.ts';
import type { AnalysisRequest } from './analysis-worker.ts';
import type { Policy } from './review/policy.ts';
import type { Review, Snapshot } from './review/types.ts';

/** A file that takes longer than this is left out, and the review says so. */
const defaultFileDeadlineMs = 20_000;
/** A process may take this long to start, on top of its first file: a busy machine is no reason to give a review up. */
const startMs = 20_000;
/** More files than this that hang are an attack, not bad luck. */
const maxHangingFiles = 3;

export interface AnalysisPool {
  /**
   * Analyses in a process of its own. A file on which the analysis hangs or dies is left out and named in the review's
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

/** Opens a pool of analysis processes; they start when first needed. `hashKey` names secrets across restarts. */
export function openAnalysisPool({ size = 1, hashKey }: { size?: number; hashKey?: Uint8Array } = {}): AnalysisPool {
  const idle: ChildProcess[] = [];
  const waiting: ((worker: ChildProcess) => void)[] = [];
  let living = 0;

  const take = (): Promise<ChildProcess> => {
    const ready = idle.pop();
    if (ready) return Promise.resolve(ready);
    if (living < size) return Promise.resolve(start());
    return new Promise((resolve) => waiting.push(resolve));
  };
  const start = (): ChildProcess => {
    living++;
    return startAnalysis(hashKey);
  };
  const giveBack = (worker: ChildProcess) => {
    hold(worker, false);
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  const discard = async (worker: ChildProcess) => {
    living--;
    await end(worker);
    waiting.shift()?.(start());
  };

  const run = async (request: AnalysisRequest, deadlineMs: number, signal?: AbortSignal): Promise<Outcome> => {
    const worker = await take();
    hold(worker, true);
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
      await Promise.all(idle.splice(0).map(end));
    },
  };
}

/** Processes that have said something, and so have started. */
const started = new WeakSet<ChildProcess>();

function ask(
  worker: ChildProcess,
  request: AnalysisRequest,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let file: string | undefined;
    const stop = (outcome: Outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('disconnect', onEnd);
      resolve(outcome);
    };
    const onAbort = () => stop({ stuck: undefined, why: 'cancelled' });
    const onDeadline = () =>
      stop({ stuck: file, why: `the analysis took longer than ${Math.round(deadlineMs / 1000)} seconds` });
    const onError = (error: Error) => stop({ stuck: file, why: `the analysis failed (${error.name})` });
    // Comes when all that it said has been heard.
    const onEnd = async () => {
      await exited(worker);
      // Ctrl-C in a terminal reaches every process: no file is to blame.
      const isAsked = /^SIG(?:INT|TERM|HUP)$/.test(worker.signalCode ?? '');
      stop({
        stuck: isAsked ? undefined : file,
        why: isAsked ? 'it was stopped from outside' : 'the analysis stopped',
      });
    };
    const onMessage = (message: unknown) => {
      const answer = message as Answer;
      started.add(worker);
      if ('review' in answer) return stop({ review: answer.review });
      if ('failed' in answer) return stop({ stuck: file, why: `the analysis failed (${answer.failed})` });
      file = answer.file;
      clearTimeout(timer);
      timer = setTimeout(onDeadline, deadlineMs);
    };
    let timer = setTimeout(onDeadline, started.has(worker) ? deadlineMs : deadlineMs + startMs);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('disconnect', onEnd);
    signal?.addEventListener('abort', onAbort);
    if (worker.connected) send(worker, request);
    else void onEnd();
  });
}
