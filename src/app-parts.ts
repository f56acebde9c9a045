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
function webUrl(config: Pick<Config, 'gheHost' | 'gheProtocol'>): string {
  return config.gheHost ? `${config.gheProtocol}://${config.gheHost}` : 'https://github.com';
}

/** Addresses of the lines of files at a commit, safe inside a Markdown link whatever a path holds. */
export function lineUrls(
  config: Pick<Config, 'gheHost' | 'gheProtocol'>,
  at: { readonly owner: string; readonly repo: string; readonly head: string },
): (path: string, line: number) => string {
  return (path, line) => {
    const parts = path.split('/').map((part) => encodeURIComponent(part).replace(/[()'*!]/g, percentEncoded));
    return `${webUrl(config)}/${at.owner}/${at.repo}/blob/${at.head}/${parts.join('/')}#L${line}`;
  };
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
