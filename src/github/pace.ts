import { RateLimited } from './errors.ts';

/**
 * GitHub's limits for content-creating requests, per installation: 80 a minute, 500 an hour. We stay below, because a
 * person's own use counts too.
 */
const allowed: Allowed = { perMinute: 70, perHour: 450 };
/** A job waits this long for its turn in the process; longer waits go back to the queue. */
const longestWaitMs = 5_000;

interface Allowed {
  readonly perMinute: number;
  readonly perHour: number;
}

/** Where creating requests are counted: all processes that share one count share the budget. */
export interface Ledger {
  /**
   * Enters a request of this installation when it is within what is allowed.
   *
   * @returns 0 when it was entered; else the milliseconds until one may be, and nothing was entered
   */
  take(installationId: number, allowed: Allowed): Promise<number>;
}

export interface Pace {
  /**
   * Waits for the turn of a creating request of this installation.
   *
   * @throws RateLimited when the wait would be long
   */
  turn(installationId: number): Promise<void>;
}

/** Keeps the creating requests of each installation within GitHub's limits. */
export function createPace(ledger: Ledger): Pace {
  return {
    async turn(installationId) {
      const until = performance.now() + longestWaitMs;
      for (;;) {
        const waitMs = await ledger.take(installationId, allowed);
        if (waitMs <= 0) return;
        if (performance.now() + waitMs > until) throw new RateLimited(waitMs / 1000 + Math.random() * 5, 'own');
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    },
  };
}
