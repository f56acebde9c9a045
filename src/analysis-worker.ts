import { parentPort, workerData } from 'node:worker_threads';
import { analyse } from './analysis.ts';
import { setHashKey } from './facts/secrets/mask.ts';
import type { Policy } from './review/policy.ts';
import type { Snapshot } from './review/types.ts';

/** What the pool sends: one snapshot at a time. */
export interface AnalysisRequest {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
}

const port = parentPort;
if (!port) throw new Error('analysis-worker runs as a worker thread only');

if (workerData?.hashKey) setHashKey(workerData.hashKey);

port.on('message', ({ snapshot, policy }: AnalysisRequest) => {
  try {
    const review = analyse(snapshot, policy, { onFile: (path) => port.postMessage({ file: path }) });
    port.postMessage({ review });
  } catch (error) {
    // The message may quote the change: only the error's class leaves the thread.
    port.postMessage({ failed: error instanceof Error ? error.name : 'error' });
  }
});
