import { flushCompileCache } from 'node:module';
import { analyse } from './analysis.ts';
import { setHashKey } from './facts/secrets/mask.ts';
import type { Policy } from './review/policy.ts';
import type { Snapshot } from './review/types.ts';

/** What the pool sends: one snapshot at a time. */
export interface AnalysisRequest {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
}

/** The first message brings the key for hashes of secrets, where there is one. */
export type AnalysisMessage = AnalysisRequest | { readonly hashKey: Uint8Array | undefined };

if (!process.send) throw new Error('analysis-worker runs as a process of the analysis pool only');
const send = process.send.bind(process);
let isStored = false;

process.on('message', (message: AnalysisMessage) => {
  if ('snapshot' in message) answer(message);
  else if (message.hashKey) setHashKey(message.hashKey);
});

function answer({ snapshot, policy }: AnalysisRequest): void {
  try {
    const review = analyse(snapshot, policy, { onFile: (path) => send({ file: path }) });
    send({ review });
    // It is ended by a signal, which leaves no time to store what was compiled.
    if (!isStored) flushCompileCache();
    isStored = true;
  } catch (error) {
    // The message may quote the change: only the error's class leaves the process.
    send({ failed: error instanceof Error ? error.name : 'error' });
  }
}
