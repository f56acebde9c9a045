import type { Config } from './config.ts';
import type { GitHub } from './github/octokit.ts';
import type { Log, Queue } from './jobs/job.ts';
import type { Policy } from './review/policy.ts';
import type { Review, Snapshot } from './review/types.ts';
import type { Store } from './store/store.ts';
import type { Metrics } from './web/metrics.ts';

/** What every job of the application works with. */
export interface Parts {
  readonly config: Config;
  readonly github: GitHub;
  readonly store: Store;
  readonly queue: Queue;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Analyses in a worker thread. */
  readonly analyse: (snapshot: Snapshot, policy: Policy, signal: AbortSignal) => Promise<Review>;
  readonly wants: (snapshot: Snapshot) => readonly string[];
}

/** Address of the web pages of the GitHub this app belongs to. */
export function webUrl(config: Config): string {
  return config.gheHost ? `${config.gheProtocol}://${config.gheHost}` : 'https://github.com';
}
