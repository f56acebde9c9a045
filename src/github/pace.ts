import { RateLimited } from './errors.ts';

/**
 * GitHub's limits for content-creating requests, per installation: 80 a minute, 500 an hour. We stay below, because other
 * processes of ours and a person's own use count too.
 */
const perMinute = 70;
const perHour = 450;
/** Past so many installations, those that have been quiet for an hour are forgotten. */
const rememberedInstallations = 500;
/** A job waits this long for its turn in the process; longer waits go back to the queue. */
const longestWaitMs = 5_000;

export interface Pace {
  /**
   * Waits for the turn of a creating request of this installation.
   *
   * @throws RateLimited when the wait would be long
   */
  turn(installationId: number): Promise<void>;
}

/** Keeps the creating requests of each installation within GitHub's limits. */
export function createPace(now: () => number = Date.now): Pace {
  const spent = new Map<number, number[]>();
  return {
    async turn(installationId) {
      const started = now();
      for (;;) {
        const at = now();
        const times = (spent.get(installationId) ?? []).filter((time) => time > at - 3_600_000);
        const waitMs = Math.max(waitFor(times, perMinute, 60_000, at), waitFor(times, perHour, 3_600_000, at));
        if (waitMs === 0) {
          if (spent.size > rememberedInstallations) forgetQuiet(spent, at);
          spent.set(installationId, [...times, at]);
          return;
        }
        if (at - started + waitMs > longestWaitMs) throw new RateLimited(waitMs / 1000 + Math.random() * 5, 'own');
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    },
  };
}

function forgetQuiet(spent: Map<number, readonly number[]>, at: number): void {
  for (const [id, times] of spent) if ((times.at(-1) ?? 0) <= at - 3_600_000) spent.delete(id);
}

function waitFor(times: readonly number[], most: number, windowMs: number, at: number): number {
  const oldest = times.at(-most);
  return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - at);
}
